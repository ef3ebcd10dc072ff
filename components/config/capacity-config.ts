import { integer } from "./config-values";

/** Provisioned capacity of a table, in units. */
export interface Capacity {
  readCapacity: number;
  writeCapacity: number;
}

/** The fewest units that a table is provisioned with. */
const minUnits = 5;

/** DynamoDB's default quota of a table. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const maxUnits = 40_000;

/** Keys of the stack's config that say what the records table may read and write in a second. */
export const capacityShape = {
  dynamoReadCapacity: units(),
  dynamoWriteCapacity: units(),
};

/**
 * The capacity that is provisioned: where one of both is given, the other is at least what a table has.
 *
 * @returns nothing where none is given, and the table is on demand.
 */
export function provisioned(given: {
  dynamoReadCapacity: number;
  dynamoWriteCapacity: number;
}): Capacity | undefined {
  const { dynamoReadCapacity: read, dynamoWriteCapacity: write } = given;
  return read + write === 0
    ? undefined
    : { readCapacity: Math.max(read, minUnits), writeCapacity: Math.max(write, minUnits) };
}

function units() {
  return integer(0, maxUnits)
    .refine((value) => value === 0 || value >= minUnits)
    .describe(`an integer from ${minUnits} to ${maxUnits}, or 0 for on demand`);
}
