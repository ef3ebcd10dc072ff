import { withParts, type Value } from "./output";

/** Loaded when somebody speaks CBOR: no function does. */
const codec = () => import("@smithy/core/cbor");

/** A structure in CBOR. https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html */
export async function encodeCbor(value: Value): Promise<Uint8Array> {
  const { cbor, dateToTag } = await codec();
  const taggedDates = (part: Value): unknown =>
    part instanceof Date
      ? dateToTag(part)
      : part instanceof Uint8Array
        ? part
        : withParts(part, taggedDates);
  return cbor.serialize(taggedDates(value));
}

/**
 * Reads CBOR; times become dates.
 *
 * @throws Error when it is malformed.
 */
export async function decodeCbor(bytes: Uint8Array): Promise<unknown> {
  const { cbor } = await codec();
  return withDates(bytes.length === 0 ? {} : cbor.deserialize(bytes));
}

/** https://www.rfc-editor.org/rfc/rfc8949#section-3.4.2 */
const epochTag = 1;

function withDates(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withDates);
  }
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) {
    return value;
  }
  if ("tag" in value && value.tag === epochTag && "value" in value) {
    return new Date(Number(value.value) * 1000);
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withDates(part)]));
}
