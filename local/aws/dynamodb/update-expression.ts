import { mapPath } from "dynalite/db";

import { validationError } from "./errors";
import type { AttributeMap } from "./operation-input";

/** One action of an update expression, as dynalite has parsed it. */
interface Section {
  type: "add" | "delete" | "remove" | "set";
  path: readonly (string | number)[];
  /** What is assigned, if something is. */
  val?: unknown;
  /** The type of what is added, or assigned as far as the expression tells. */
  attrType?: string;
}

/** An update expression as dynalite has parsed it. */
export interface Updates {
  sections: Section[];
  paths: readonly unknown[];
}

/** An operator or a function, with what it is applied to. */
interface Call {
  /** Of a function. */
  name?: string;
  args: readonly unknown[];
}

/** The operators and functions of what an update assigns, outer ones first. */
export function callsIn(operand: unknown): Call[] {
  return isCall(operand) ? [operand, ...operand.args.flatMap(callsIn)] : [];
}

/** Values are called `S`, `N` and so on. */
function isCall(operand: unknown): operand is Call {
  return typeof operand === "object" && operand !== null && "args" in operand;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number */
const maxDigits = 38;
const largestExponent = 125;
const smallestExponent = -130;

/**
 * The sections in an order in which each place in a list is that of the item before: dynalite
 * performs one after the other, so that what is removed comes last, and the last of a list first.
 */
export function inOrder({ sections, ...others }: Updates): Updates {
  const removals = sections.filter(({ type }) => type === "remove");
  const rest = sections.filter(({ type }) => type !== "remove");
  return { ...others, sections: [...rest, ...removals.toSorted(lastPlaceFirst)] };
}

function lastPlaceFirst({ path }: Section, { path: other }: Section): number {
  const index = path.findIndex((step, place) => step !== other[place]);
  const [one, another] = [path[index], other[index]];
  return typeof one === "number" && typeof another === "number" ? another - one : 0;
}

/**
 * Requires that the numbers that an update has computed can be stored.
 *
 * @param item the updated one.
 * @throws AwsError `ValidationException`.
 */
export function requireStorable({ sections }: Updates, item: AttributeMap): void {
  for (const { type, path, attrType } of sections) {
    // dynalite has put what it computed where the expression said how.
    if ((type === "add" || type === "set") && attrType === "N") {
      requireStorableNumber(mapPath(path, item)?.N);
    }
  }
}

/** @param number in decimal notation, without an exponent. */
function requireStorableNumber(number: unknown): void {
  const [whole = "", fraction = ""] = String(number).replace("-", "").split(".");
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") {
    return;
  }
  const exponent = digits.length - fraction.length - 1;
  if (exponent < smallestExponent) {
    throw outOfRange("underflow", "smaller");
  }
  // That is what DynamoDB calls too many digits, too.
  if (exponent > largestExponent || digits.replace(/0+$/, "").length > maxDigits) {
    throw outOfRange("overflow", "larger");
  }
}

function outOfRange(kind: string, than: string): Error {
  return validationError(
    `Number ${kind}. Attempting to store a number with magnitude ${than} than supported range`,
  );
}
