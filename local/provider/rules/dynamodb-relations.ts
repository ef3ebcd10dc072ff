import { isUnknown } from "./given";
import { inCase } from "./rule";
import type { Given, Relation } from "./rule";

const capacities = ["readCapacity", "writeCapacity"];

/** Which billing mode goes with capacities. */
export const billing: readonly Relation[] = [
  inCase(
    { argument: "billingMode", is: ["PROVISIONED"], otherwise: "PROVISIONED" },
    ...capacities.map((argument) => ({
      argument,
      must: "be given" as const,
      because: "billingMode is PROVISIONED, and be at least 1",
    })),
  ),
  inCase(
    { argument: "billingMode", is: ["PAY_PER_REQUEST"] },
    ...capacities.map((argument) => ({
      argument,
      must: "not be given" as const,
      because: "billingMode is PAY_PER_REQUEST",
    })),
  ),
];

/** Every attribute is a key of the table or of an index, and every key is an attribute. */
export function keysAreDefined(given: Given): string[] {
  const global = blocks(given.globalSecondaryIndexes);
  const keys = [
    given.hashKey,
    given.rangeKey,
    ...blocks(given.localSecondaryIndexes).map(({ rangeKey }) => rangeKey),
    ...global.flatMap(({ hashKey, rangeKey, keySchemas }) => [
      hashKey,
      rangeKey,
      ...blocks(keySchemas).map(({ attributeName }) => attributeName),
    ]),
  ].filter((key) => key !== undefined && key !== "");
  const attributes = blocks(given.attributes).map(({ name }) => name);
  const lists = [given.attributes, given.globalSecondaryIndexes, given.localSecondaryIndexes];
  if ([...lists, ...keys, ...attributes].some(isUnknown)) {
    return [];
  }
  const unused = attributes.filter((name) => !keys.includes(name));
  const undefinedKeys = [...new Set(keys)].filter((key) => !attributes.includes(key));
  return [
    ...(unused.length > 0
      ? [`all attributes must be indexed; unused attributes: ${JSON.stringify(unused)}`]
      : []),
    ...(undefinedKeys.length > 0
      ? [
          `all indexes must match a defined attribute; unmatched indexes: ${JSON.stringify(undefinedKeys)}`,
        ]
      : []),
  ];
}

function blocks(list: unknown): Given[] {
  return Array.isArray(list)
    ? list.filter((item): item is Given => typeof item === "object" && item !== null)
    : [];
}
