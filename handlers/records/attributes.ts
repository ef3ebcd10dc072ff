import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Fields } from "./document";

// The SDK's own conversion of JavaScript's values loses digits of numbers, and members that are called
// "__proto__".

/** What DynamoDB keeps of members of a JSON object. */
export function toAttributes(fields: Fields): Record<string, AttributeValue> {
  return mapMembers(fields, toAttribute);
}

function toAttribute(value: unknown): AttributeValue {
  if (typeof value === "string") {
    return { S: value };
  }
  if (typeof value === "number") {
    return { N: String(value) };
  }
  if (typeof value === "boolean") {
    return { BOOL: value };
  }
  return value === null ? { NULL: true } : toContainer(value as object);
}

function toContainer(value: object): AttributeValue {
  if (JSON.isRawJSON(value)) {
    return { N: value.rawJSON };
  }
  return Array.isArray(value)
    ? { L: value.map(toAttribute) }
    : { M: toAttributes(value as Fields) };
}

/**
 * Members of a JSON object that DynamoDB keeps: numbers with all of their digits, and what JSON does not
 * have as near as can be, a set as an array, binary as its base64 text.
 */
export function fromAttributes(item: Record<string, AttributeValue>): Fields {
  return mapMembers(item, fromAttribute);
}

function fromAttribute(value: AttributeValue): unknown {
  const { S, N, B, SS, NS, BS, L, M, BOOL } = value;
  if (N !== undefined) {
    return JSON.rawJSON(N);
  }
  if (B !== undefined) {
    return base64(B);
  }
  if (M !== undefined) {
    return fromAttributes(M);
  }
  const list =
    L?.map(fromAttribute) ?? NS?.map((text) => JSON.rawJSON(text)) ?? BS?.map(base64) ?? SS;
  // What is left is null.
  return S ?? BOOL ?? list ?? null;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function mapMembers<Member, Mapped>(
  members: Readonly<Record<string, Member>>,
  map: (member: Member) => Mapped,
): Record<string, Mapped> {
  const mapped = Object.entries(members).map(([name, member]) => [name, map(member)] as const);
  return Object.fromEntries(mapped);
}
