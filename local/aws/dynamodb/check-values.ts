import { validationError } from "./errors";
import type { AttributeMap, WriteRequest } from "./operation-input";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const maxLevels = 32;

/** What of an input holds values. */
interface Input {
  Item?: AttributeMap;
  Key?: AttributeMap;
  ExpressionAttributeValues?: AttributeMap;
  /** Of BatchWriteItem, or of BatchGetItem, whose keys are not nested. */
  RequestItems?: Readonly<Record<string, unknown>>;
}

/**
 * Checks of values what dynalite does not look at: names of members, and how deep they lie.
 *
 * @throws AwsError `ValidationException`.
 */
export function checkValues(input: Input): void {
  const written = Object.values(input.RequestItems ?? {}).flatMap((requests) =>
    Array.isArray(requests) ? (requests as WriteRequest[]).map(({ PutRequest }) => PutRequest) : [],
  );
  const maps = [input.Item, input.Key, input.ExpressionAttributeValues];
  for (const map of [...maps, ...written.map((put) => put?.Item)]) {
    checkMembers(map ?? {}, 1);
  }
}

/** In bytes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const maxNameBytes = 65_535;

/**
 * Checks what expressions call attributes, which dynalite does not look at.
 *
 * @throws AwsError `ValidationException`.
 */
export function checkNames({
  ExpressionAttributeNames = {},
}: {
  ExpressionAttributeNames?: Readonly<Record<string, string>>;
}): void {
  for (const name of Object.values(ExpressionAttributeNames)) {
    checkName(name);
  }
}

function checkName(name: string): void {
  if (name === "") {
    throw validationError("One or more parameter values were invalid: Empty attribute name");
  }
  if (Buffer.byteLength(name) > maxNameBytes) {
    throw validationError(
      `One or more parameter values were invalid: Attribute name is too large, must be less than ${maxNameBytes + 1} bytes`,
    );
  }
}

function checkMembers(members: AttributeMap, level: number): void {
  for (const [name, value] of Object.entries(members)) {
    checkName(name);
    checkValue(value, level);
  }
}

/** @param level of the value: that of an attribute is 1. */
function checkValue({ L, M }: Readonly<Record<string, unknown>>, level: number): void {
  if (level > maxLevels) {
    throw validationError(
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
    );
  }
  for (const element of (L ?? []) as Record<string, unknown>[]) {
    checkValue(element, level + 1);
  }
  checkMembers((M ?? {}) as AttributeMap, level + 1);
}
