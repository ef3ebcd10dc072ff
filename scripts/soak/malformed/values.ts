import fc from "fast-check";
import type { OpenAPIV3 } from "openapi-types";

/** Texts that software has stumbled over. */
const notorious = [
  "",
  " ",
  "\u0000",
  "\u007f",
  "\ufeff",
  "\u202e",
  "\u2028",
  "\r\n",
  "e\u0301\u0301\u0301\u0301",
  "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
  "\u{10ffff}",
  "\ud800",
  "\udc00\ud800",
  "../../admin",
  "..\\..",
  "%00",
  "%",
  "=1+1",
  "<script>alert(1)</script>",
  "' OR 1=1 --",
  "${jndi:ldap://x}",
  "#set($x=1)$context.identity.apiKey",
  "null",
  "undefined",
  "NaN",
  "-1",
  "1e999",
  "0x10",
  "\u0661\u0662",
  "true",
  "{}",
  "[]",
  "data:image/gif;base64,R0lGOD==",
  "A===",
  "\u2113\u2115",
];

/** Names that mean something to JavaScript itself. */
export const prototypeKeys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
];

/** Texts of all kinds and lengths, nearly all with `marker` in them. */
export function hostileText(marker: string): fc.Arbitrary<string> {
  const lengths = [129, 256, 257, 386, 1025, 2049, 6000];
  return fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }).map((text) => marker + text),
    fc.string({ unit: "grapheme", maxLength: 60 }).map((text) => marker + text),
    fc.constantFrom(...notorious).map((text) => marker + text),
    fc.constantFrom(...notorious, ...prototypeKeys),
    fc.constantFrom(...lengths).map((length) => marker.padEnd(length, "\u{1f4f7}x")),
  );
}

/** JSON values that are not what `schema` asks for, and some that are. */
export function hostileValue(
  marker: string,
  schema: OpenAPIV3.SchemaObject = {},
): fc.Arbitrary<unknown> {
  const text = hostileText(marker);
  const member = fc.tuple(fc.oneof(text, fc.constantFrom(...prototypeKeys)), text);
  const object = fc.array(member, { maxLength: 60 }).map((members) => Object.fromEntries(members));
  return fc.oneof(
    text,
    fc.constantFrom(null, true, false, [], {}, [null], [[]]),
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger()),
    fc.array(text, { maxLength: 5 }),
    object,
    fc.dictionary(text, fc.jsonValue(), { maxKeys: 5 }),
    fc.integer({ min: 1, max: 2000 }).map((depth) => nested(depth, marker)),
    fc.constantFrom(...beyondLimits(schema, marker)),
  );
}

/** Values just outside of what the schema's limits let in. */
function beyondLimits(schema: OpenAPIV3.SchemaObject, marker: string): unknown[] {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER, maxLength = 100, maxProperties } = schema;
  const members = Array.from({ length: (maxProperties ?? 0) + 1 }, (_, index) => [
    `${marker}${index}`,
    marker,
  ]);
  return [
    minimum - 1,
    minimum + 0.5,
    maximum + 1,
    marker.padEnd(maxLength + 1, "x"),
    Object.fromEntries(members),
  ];
}

function nested(depth: number, innermost: unknown): unknown {
  let value = innermost;
  for (let level = 0; level < depth; level++) {
    value = level % 2 === 0 ? [value] : { a: value };
  }
  return value;
}
