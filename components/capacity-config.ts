import { z } from "zod";
import type { Problem } from "../handlers/http/errors";

/** Provisioned capacity of a table, in units. */
export interface Capacity {
  readCapacity: number;
  writeCapacity: number;
}

/** Keys of the stack's config that say what the records table may read and write in a second. */
export const capacityShape = {
  dynamoReadCapacity: units("dynamoWriteCapacity"),
  dynamoWriteCapacity: units("dynamoReadCapacity"),
};

const keys = z.object(capacityShape);

/**
 * The capacity that is provisioned, or nothing where the table is on demand; or what is wrong with
 * values that are each well formed: a table is the one or the other.
 */
export function readCapacity(given: Readonly<Record<string, string | undefined>>): {
  capacity?: Capacity;
  problems: readonly Problem[];
} {
  const { data } = keys.safeParse(given);
  if (!data) {
    return { problems: [] };
  }
  const { dynamoReadCapacity: readCapacity, dynamoWriteCapacity: writeCapacity } = data;
  if ((readCapacity === 0) !== (writeCapacity === 0)) {
    const [onDemand, other] =
      readCapacity === 0
        ? (["dynamoReadCapacity", "dynamoWriteCapacity"] as const)
        : (["dynamoWriteCapacity", "dynamoReadCapacity"] as const);
    const problem = `is "0", for on demand, beside a ${other} of ${data[other]}`;
    return { problems: [{ field: onDemand, problem }] };
  }
  return { problems: [], ...(readCapacity > 0 && { capacity: { readCapacity, writeCapacity } }) };
}

/** The most is DynamoDB's quota of a table. */
function units(other: string) {
  return z
    .string()
    .regex(/^(0|[1-9]\d*)$/)
    .transform(Number)
    .refine((value) => value === 0 || (value >= 5 && value <= 40_000))
    .describe(`an integer from 5 to 40000, or 0 for on demand, as ${other}`);
}
