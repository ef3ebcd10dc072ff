import type { Truth } from "../truth";
import { unknownValue } from "../values";
import { Flow } from "./flow";
import {
  type AnyNode,
  byType,
  type Cases,
  childrenOf,
  literalOf,
  nameOf,
  parse,
  type Program,
} from "./syntax";
import { has, kinds } from "./text-kinds";

/** Without any of these words, nothing in a code can differ by the route that is called. */
const routeWords =
  /\b(methodArn|routeArn|httpMethod|rawPath|resourcePath|routeKey|requestContext)\b/;

/** A policy has one of these in each of its statements. */
const statementKeys = ["Effect", "Action", "NotAction", "Principal"];

/** What a statement says that it is about. */
interface PolicyResource {
  value: AnyNode;
  /** Whether it only refuses, and nothing beside it allows anything. */
  onlyDenies: boolean;
}

/**
 * Whether the policies that the code of an authorizer answers with are for the route that is called
 * alone: its ARN, or one without a wildcard that is made of parts of it. A refusal of one route is no
 * such policy where it stands alone, since it allows nothing else either.
 *
 * @param texts the files of the code, in JavaScript.
 */
export function namesRoute(texts: readonly string[]): Truth {
  const programs = texts.map(parse);
  if (programs.length === 0 || !programs.every((program) => program !== undefined)) {
    return unknownValue;
  }
  const resources = programs.flatMap((program) => resourcesIn(program));
  if (resources.length === 0) {
    return unknownValue;
  }
  if (!texts.some((text) => routeWords.test(text))) {
    return false;
  }
  return judged(programs, resources);
}

function judged(programs: readonly Program[], resources: readonly PolicyResource[]): Truth {
  const items = resources.map(({ value }) =>
    value.type === "ArrayExpression" ? value.elements : [value],
  );
  const texts = new Flow(programs).textsOf(items.flat());
  const all = resources.map(({ onlyDenies }, index) => ({
    text: anyOf(texts.splice(0, items[index]?.length)),
    onlyDenies,
  }));
  const { routeArn, routeText, arnPart } = kinds;
  if (all.some(({ text, onlyDenies }) => !onlyDenies && has(text, routeArn, routeText, arnPart))) {
    return true;
  }
  // What nothing ever arrives at is in a part of the code that is not used.
  const used = all.filter(({ text }) => text !== 0);
  return used.length === 0 || used.some(({ text }) => has(text, kinds.unknown))
    ? unknownValue
    : false;
}

/** Of several resources one with a wildcard is enough. */
function anyOf(texts: readonly number[]): number {
  return texts.includes(kinds.wildcard)
    ? kinds.wildcard
    : texts.reduce((all, text) => all | text, 0);
}

/** What the statements in a program are about, wherever they are made. */
function resourcesIn(node: AnyNode, beside: readonly AnyNode[] = []): PolicyResource[] {
  const siblings = node.type === "ArrayExpression" ? childrenOf(node) : [];
  return [
    ...(byType(node, holders, beside) ?? []),
    ...childrenOf(node).flatMap((child) => resourcesIn(child, siblings)),
  ];
}

const holders: Cases<PolicyResource[], readonly AnyNode[]> = {
  ObjectExpression: (object, beside) => inStatement(object, beside),
  AssignmentExpression: ({ left, right }) =>
    isResource(left) ? [{ value: right, onlyDenies: false }] : [],
  CallExpression: ({ callee, arguments: added }) =>
    callee.type === "MemberExpression" &&
    nameOf(callee.property, callee.computed) === "push" &&
    isResource(callee.object)
      ? added.map((value) => ({ value, onlyDenies: false }))
      : [],
};

function inStatement(
  { properties }: AnyNode & { type: "ObjectExpression" },
  beside: readonly AnyNode[],
): PolicyResource[] {
  const values = new Map(
    properties.flatMap((property) =>
      property.type === "Property"
        ? [[nameOf(property.key, property.computed), property.value] as const]
        : [],
    ),
  );
  const value = values.get("Resource");
  const isStatement =
    properties.some(({ type }) => type === "SpreadElement") ||
    statementKeys.some((key) => values.has(key));
  const denies = literalOf(values.get("Effect")) === "Deny";
  return value && isStatement ? [{ value, onlyDenies: denies && beside.length <= 1 }] : [];
}

function isResource(node: AnyNode): boolean {
  return node.type === "MemberExpression" && nameOf(node.property, node.computed) === "Resource";
}
