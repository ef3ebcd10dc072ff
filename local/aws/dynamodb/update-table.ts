import { z } from "zod";

import { AwsError } from "../aws-error";
import { parseStrictInput } from "../parse-input";
import { repeated } from "../repeated";
import { invalidParameters, resourceNotFound, validationError } from "./errors";
import type { OperationInput } from "./operation-input";
import { streamOf, streamSpecification } from "./stream-specification";
import type {
  AttributeDefinition,
  SecondaryIndex,
  TableDefinition,
  Throughput,
} from "./table-definition";

const throughput = z.strictObject({
  ReadCapacityUnits: z.int().min(1),
  WriteCapacityUnits: z.int().min(1),
});

const attributeName = z.string().min(1).max(255);
const IndexName = z
  .string()
  .min(3)
  .max(255)
  .regex(/^[a-zA-Z0-9_.-]+$/);

const indexUpdate = z.object({
  Create: z
    .strictObject({
      IndexName,
      KeySchema: z
        .array(z.strictObject({ AttributeName: attributeName, KeyType: z.enum(["HASH", "RANGE"]) }))
        .min(1),
      Projection: z.strictObject({
        NonKeyAttributes: z.array(z.string().min(1).max(255)).min(1).optional(),
        ProjectionType: z.enum(["ALL", "INCLUDE", "KEYS_ONLY"]),
      }),
      ProvisionedThroughput: throughput.optional(),
    })
    .optional(),
  Delete: z.strictObject({ IndexName }).optional(),
  Update: z.strictObject({ IndexName, ProvisionedThroughput: throughput }).optional(),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
const updateInput = z.object({
  AttributeDefinitions: z
    .array(z.strictObject({ AttributeName: attributeName, AttributeType: z.enum(["B", "N", "S"]) }))
    .default([]),
  BillingMode: z.enum(["PROVISIONED", "PAY_PER_REQUEST"]).optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
  GlobalSecondaryIndexUpdates: z.array(indexUpdate).default([]),
  ProvisionedThroughput: throughput.optional(),
  StreamSpecification: streamSpecification.optional(),
  TableClass: z.enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"]).optional(),
});

type Update = z.infer<typeof updateInput>;
type IndexUpdate = z.infer<typeof indexUpdate>;

/**
 * The definition of a table after an update.
 *
 * @throws AwsError `ValidationException`, `ResourceNotFoundException`, `LimitExceededException`, `NotImplemented`.
 */
export function updatedTable(
  current: TableDefinition,
  input: OperationInput,
  now: Date,
): TableDefinition {
  const update = parseStrictInput(updateInput, input, "UpdateTable of DynamoDB");
  requireChanges(update);
  requireOneIndexAtATime(update.GlobalSecondaryIndexUpdates);
  const { DeletionProtectionEnabled, StreamSpecification, TableClass } = update;
  const updated = withIndexes(withCapacity(current, update), update);
  return {
    ...updated,
    ...(DeletionProtectionEnabled !== undefined && { DeletionProtectionEnabled }),
    ...(TableClass !== undefined && { TableClass }),
    ...(StreamSpecification && { Stream: changedStream(current, StreamSpecification, now) }),
  };
}

function requireChanges(update: Update): void {
  const changes = Object.entries(update).filter(
    ([name, change]) =>
      name !== "AttributeDefinitions" && !(Array.isArray(change) && change.length === 0),
  );
  if (changes.length === 0) {
    throw validationError(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required",
    );
  }
}

function requireOneIndexAtATime(updates: readonly IndexUpdate[]): void {
  const members = ["Update", "Create", "Delete"].map(
    (member) => `GlobalSecondaryIndexUpdate.${member}`,
  );
  for (const update of updates) {
    const given = Object.keys(update).length;
    if (given === 0) {
      throw invalidParameters(`One of ${members.join(", ")} must not be null`);
    }
    if (given > 1) {
      throw invalidParameters(`Only one of ${members.join(", ")} may be given`);
    }
  }
  if (updates.filter(({ Update }) => !Update).length > 1) {
    throw new AwsError(
      "LimitExceededException",
      "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    );
  }
  const double = repeated(
    updates.map(({ Create, Delete, Update }) => (Create ?? Delete ?? Update)?.IndexName ?? ""),
  );
  if (double !== undefined) {
    throw invalidParameters(
      `Only one global secondary index update per index is allowed simultaneously. Index: ${double}`,
    );
  }
}

/** The capacity of the table, and of its indexes in as far as the billing mode decides it. */
function withCapacity(
  { ProvisionedThroughput: current, ...table }: TableDefinition,
  update: Update,
): TableDefinition {
  const { BillingMode = table.BillingMode, ProvisionedThroughput: asked } = update;
  if (BillingMode === "PAY_PER_REQUEST") {
    if (asked) {
      throw invalidParameters(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
      );
    }
    const indexes = table.GlobalSecondaryIndexes?.map((index) => ({
      ...index,
      ProvisionedThroughput: undefined,
    }));
    return { ...table, BillingMode, ...(indexes && { GlobalSecondaryIndexes: indexes }) };
  }
  if (update.BillingMode && !asked) {
    throw invalidParameters(
      "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
    );
  }
  if (asked && current) {
    requireOther("table", current, asked);
  }
  const ProvisionedThroughput = asked ?? current;
  return { ...table, BillingMode, ...(ProvisionedThroughput && { ProvisionedThroughput }) };
}

function requireOther(what: string, current: Throughput, asked: Throughput): void {
  const { ReadCapacityUnits: reads, WriteCapacityUnits: writes } = current;
  if (reads === asked.ReadCapacityUnits && writes === asked.WriteCapacityUnits) {
    throw validationError(
      `The provisioned throughput for the ${what} will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the ${what}: ${reads}. Requested ReadCapacityUnits: ${reads}. Current WriteCapacityUnits provisioned for the ${what}: ${writes}. Requested WriteCapacityUnits: ${writes}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
    );
  }
}

function withIndexes(table: TableDefinition, update: Update): TableDefinition {
  const attributes = new Map(table.AttributeDefinitions.map((each) => [each.AttributeName, each]));
  let indexes = table.GlobalSecondaryIndexes ?? [];
  for (const { Create, Delete, Update } of update.GlobalSecondaryIndexUpdates) {
    if (Create) {
      requireNew(Create.IndexName, table);
      for (const each of definedKeys(Create, update.AttributeDefinitions)) {
        requireSameType(each, attributes.get(each.AttributeName));
        attributes.set(each.AttributeName, each);
      }
      indexes = [...indexes, Create];
    } else if (Delete) {
      requireGlobal(Delete.IndexName, table);
      indexes = indexes.filter((each) => each.IndexName !== Delete.IndexName);
    } else if (Update) {
      requireGlobal(Update.IndexName, table);
      indexes = indexes.map((each) =>
        each.IndexName === Update.IndexName ? grown(each, Update) : each,
      );
    }
  }
  const GlobalSecondaryIndexes = indexes.length > 0 ? indexes : undefined;
  const updated = { ...table, GlobalSecondaryIndexes };
  return { ...updated, AttributeDefinitions: usedOf([...attributes.values()], updated) };
}

function grown(
  index: SecondaryIndex,
  { ProvisionedThroughput }: { ProvisionedThroughput: Throughput },
) {
  if (index.ProvisionedThroughput) {
    requireOther(`index ${index.IndexName}`, index.ProvisionedThroughput, ProvisionedThroughput);
  }
  return { ...index, ProvisionedThroughput };
}

function requireNew(name: string, table: TableDefinition): void {
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = table;
  if ([...global, ...local].some(({ IndexName }) => IndexName === name)) {
    throw validationError("Attempting to create an index which already exists");
  }
}

function requireGlobal(name: string, table: TableDefinition): void {
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = table;
  if (local.some(({ IndexName }) => IndexName === name)) {
    throw invalidParameters(`${name} is a local secondary index, which stays as long as its table`);
  }
  if (!global.some(({ IndexName }) => IndexName === name)) {
    throw resourceNotFound();
  }
}

/** What an update defines of the keys of an index that it creates, which is all of them. */
function definedKeys(
  { KeySchema }: Pick<SecondaryIndex, "KeySchema">,
  definitions: readonly AttributeDefinition[],
): AttributeDefinition[] {
  const keys = KeySchema.map(({ AttributeName }) => AttributeName);
  const defined = definitions.filter(({ AttributeName }) => keys.includes(AttributeName));
  if (keys.some((key) => !defined.some(({ AttributeName }) => AttributeName === key))) {
    const names = definitions.map(({ AttributeName }) => AttributeName);
    throw invalidParameters(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys.join(", ")}], AttributeDefinitions: [${names.join(", ")}]`,
    );
  }
  return defined;
}

function requireSameType(one: AttributeDefinition, former: AttributeDefinition | undefined): void {
  if (former && former.AttributeType !== one.AttributeType) {
    const shown = ({ AttributeName, AttributeType }: AttributeDefinition) =>
      `Schema:[SchemaElement: key{${AttributeName}:${AttributeType}:HASH}]`;
    throw invalidParameters(
      `Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: ${shown(former)} New schema: ${shown(one)}`,
    );
  }
}

/** Those that are in the keys of the table or of its indexes: others are not kept. */
function usedOf(
  definitions: readonly AttributeDefinition[],
  table: Omit<TableDefinition, "AttributeDefinitions">,
): AttributeDefinition[] {
  const { GlobalSecondaryIndexes: global = [], LocalSecondaryIndexes: local = [] } = table;
  const used = [table, ...global, ...local].flatMap(({ KeySchema }) => KeySchema);
  return definitions.filter((each) => used.some((key) => key.AttributeName === each.AttributeName));
}

function changedStream(
  { Stream, TableName }: TableDefinition,
  specification: z.infer<typeof streamSpecification>,
  now: Date,
) {
  const changed = streamOf(specification, now);
  if (Stream && changed) {
    throw validationError(`Table already has an enabled stream: TableName: ${TableName}`);
  }
  if (!Stream && !changed) {
    throw validationError(`Table has no stream to disable: TableName: ${TableName}`);
  }
  return changed;
}
