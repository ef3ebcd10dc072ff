import { z } from "zod";

import { notEmulated } from "../not-emulated";
import { repeated } from "../repeated";
import { invalidParameters, validationError } from "./errors";
import type { TableDefinition } from "./table-definition";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const maxIndexes = { GlobalSecondaryIndexes: 20, LocalSecondaryIndexes: 5 };

/** In all indexes together. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html */
const maxProjected = 100;

/**
 * Checks what dynalite does not of the indexes of a new table.
 *
 * @throws AwsError `ValidationException`.
 */
export function checkIndexes(table: TableDefinition): void {
  checkAttributes(table.AttributeDefinitions);
  const projected: string[] = [];
  for (const kind of ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] as const) {
    const indexes = table[kind] ?? [];
    if (indexes.length > maxIndexes[kind]) {
      throw invalidParameters(`${kind} count exceeds the per-table limit of ${maxIndexes[kind]}`);
    }
    for (const { IndexName, Projection, ProvisionedThroughput } of indexes) {
      if (Projection.ProjectionType === "INCLUDE" && !Projection.NonKeyAttributes?.length) {
        throw invalidParameters("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
      }
      const double = repeated(Projection.NonKeyAttributes ?? []);
      if (double !== undefined) {
        throw invalidParameters(`Duplicate value in attribute name: ${double}`);
      }
      projected.push(...(Projection.NonKeyAttributes ?? []));
      if (table.BillingMode === "PAY_PER_REQUEST" && ProvisionedThroughput) {
        throw invalidParameters(
          `ProvisionedThroughput should not be specified for index: ${IndexName} when BillingMode is PAY_PER_REQUEST`,
        );
      }
    }
  }
  if (projected.length > maxProjected) {
    throw invalidParameters(
      `Number of attributes that indexes project exceeds the per-table limit of ${maxProjected}`,
    );
  }
  if (projected.some((name) => name === "" || name.length > maxNameLength)) {
    throw invalidParameters(`NonKeyAttributes must have 1 to ${maxNameLength} characters`);
  }
}

/**
 * Checks that each global index of a table that is not on demand has a capacity of its own, which dynalite does not.
 *
 * @throws AwsError `ValidationException`.
 */
export function requireThroughputs({
  BillingMode,
  GlobalSecondaryIndexes: indexes = [],
}: TableDefinition): void {
  const index = indexes.find(({ ProvisionedThroughput }) => !ProvisionedThroughput);
  if (BillingMode === "PROVISIONED" && index) {
    throw invalidParameters(`ProvisionedThroughput is not specified for index: ${index.IndexName}`);
  }
}

const keys = z.object({
  GlobalSecondaryIndexes: z.array(
    z.object({ KeySchema: z.array(z.object({ KeyType: z.string() })) }),
  ),
});

/**
 * Refuses a table with indexes whose partition or sort keys are made of several attributes, as DynamoDB's may be since 2025.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html
 *
 * @throws AwsError `NotImplemented`.
 */
export function requireSimpleKeys(table: object): void {
  for (const { KeySchema } of keys.safeParse(table).data?.GlobalSecondaryIndexes ?? []) {
    const types = KeySchema.map(({ KeyType }) => KeyType);
    if (repeated(types) !== undefined && types[0] === "HASH") {
      throw notEmulated("keys of several attributes of DynamoDB");
    }
  }
}

/** Of keys. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const maxNameLength = 255;

const named = z.array(z.object({ AttributeName: z.string() }));

/**
 * Checks what dynalite does not of the attributes of a new table, as far as they are attributes.
 *
 * @throws AwsError `ValidationException`.
 */
export function checkAttributes(definitions: unknown): void {
  const names = (named.safeParse(definitions).data ?? []).map((each) => each.AttributeName);
  const double = repeated(names);
  if (double !== undefined) {
    throw invalidParameters(`Duplicate AttributeName in AttributeDefinitions: ${double}`);
  }
  checkLengths(names, "attributeDefinitions");
}

/**
 * Checks how long the names are in a key, as far as it is one.
 *
 * @param member where the key is, such as `keySchema`.
 * @throws AwsError `ValidationException`.
 */
export function checkKeyNames(key: unknown, member: string): void {
  const names = (named.safeParse(key).data ?? []).map((each) => each.AttributeName);
  checkLengths(names, member);
}

function checkLengths(names: readonly string[], member: string): void {
  const place = names.findIndex((name) => name.length > maxNameLength);
  if (place >= 0) {
    throw validationError(
      `1 validation error detected: Value '${names[place] ?? ""}' at '${member}.${place + 1}.member.attributeName' failed to satisfy constraint: Member must have length less than or equal to ${maxNameLength}`,
    );
  }
}
