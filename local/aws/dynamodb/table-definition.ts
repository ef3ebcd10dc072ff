import { isDeepStrictEqual } from "node:util";

import type { StreamViewType } from "./streams/stream";

/**
 * A table as CreateTable takes it, and its time to live.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 */
export interface TableDefinition {
  TableName: string;
  AttributeDefinitions: AttributeDefinition[];
  KeySchema: KeySchemaElement[];
  BillingMode: "PAY_PER_REQUEST" | "PROVISIONED";
  /** Only with billing mode `PROVISIONED`. Reported, but never throttles here. */
  ProvisionedThroughput?: Throughput;
  GlobalSecondaryIndexes?: SecondaryIndex[];
  LocalSecondaryIndexes?: SecondaryIndex[];
  /** Default false. */
  DeletionProtectionEnabled?: boolean;
  /** Items are removed after the time in this attribute, in seconds since the epoch. Default none. */
  TimeToLiveAttribute?: string;
  /** Default none. */
  Stream?: StreamDefinition;
  /** Told, but there is nothing that could be restored. Default false. */
  PointInTimeRecoveryEnabled?: boolean;
  /** How far back that goes. Default 35. */
  RecoveryPeriodInDays?: number;
  /** Told, but nothing is encrypted. Default: by a key that is DynamoDB's own, of which nothing is told. */
  Encryption?: TableEncryption;
  /** Told alone. Default `STANDARD`. */
  TableClass?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
  /** Default none. */
  Tags?: readonly { Key: string; Value: string }[];
}

/** What is told of changes of a table's items. */
export interface StreamDefinition {
  StreamViewType: StreamViewType;
  /** When it was enabled, such as `2026-01-31T12:00:00.000`: a stream that is enabled anew is another one. */
  StreamLabel: string;
}

/** By which key of KMS a table is encrypted. */
export interface TableEncryption {
  /** Default: that of `alias/aws/dynamodb`, which AWS makes for the account. */
  keyArn?: string;
}

/** What of a definition dynalite does not take. */
const ownMembers: ReadonlySet<string> = new Set<keyof TableDefinition>([
  "DeletionProtectionEnabled",
  "Encryption",
  "PointInTimeRecoveryEnabled",
  "RecoveryPeriodInDays",
  "Stream",
  "TableClass",
  "Tags",
  "TimeToLiveAttribute",
]);

/** The members of a definition that dynalite takes. */
export function dynaliteMembers(definition: TableDefinition): object {
  const members = Object.entries(definition).filter(([name]) => !ownMembers.has(name));
  return Object.fromEntries(members) as object;
}

export interface AttributeDefinition {
  AttributeName: string;
  AttributeType: "B" | "N" | "S";
}

export interface KeySchemaElement {
  AttributeName: string;
  KeyType: "HASH" | "RANGE";
}

export interface Throughput {
  ReadCapacityUnits: number;
  WriteCapacityUnits: number;
}

export interface SecondaryIndex {
  IndexName: string;
  KeySchema: KeySchemaElement[];
  Projection: Projection;
  /** Only for global indexes of tables with billing mode `PROVISIONED`. */
  ProvisionedThroughput?: Throughput;
}

export interface Projection {
  ProjectionType: "ALL" | "INCLUDE" | "KEYS_ONLY";
  NonKeyAttributes?: string[];
}

/** A table as DescribeTable shows it; more members than these. */
export interface TableDescription extends TableDefinition {
  TableArn: string;
  TableId?: string;
  TableStatus: string;
  /** Seconds since 1970. */
  CreationDateTime: number;
  /** Only of a table that was made with a capacity on demand. */
  BillingModeSummary?: { BillingMode: TableDefinition["BillingMode"] };
}

/** The name of the partition key of a table, or of one of its indexes. */
export function partitionKeyOf(
  table: TableDefinition,
  indexName: string | undefined,
): string | undefined {
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  const schema =
    indexName === undefined
      ? table.KeySchema
      : indexes.find((index) => index.IndexName === indexName)?.KeySchema;
  return schema?.find(({ KeyType }) => KeyType === "HASH")?.AttributeName;
}

/** The attributes that an index has of each item, or none where it has all. */
export function projectedNames(
  { KeySchema, Projection }: Pick<SecondaryIndex, "KeySchema" | "Projection">,
  table: Pick<TableDefinition, "KeySchema">,
): ReadonlySet<string> | undefined {
  const { ProjectionType, NonKeyAttributes = [] } = Projection;
  const keys = [...table.KeySchema, ...KeySchema].map(({ AttributeName }) => AttributeName);
  return ProjectionType === "ALL" ? undefined : new Set([...keys, ...NonKeyAttributes]);
}

/** The type of an attribute that is in a key of the table, or of one of its indexes. */
export function attributeType(
  name: string,
  { AttributeDefinitions }: TableDefinition,
): AttributeDefinition["AttributeType"] | undefined {
  return AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
}

/** Whether items of one table can be used as they are under the other's definition, and local indexes with them. */
export function haveSameKeys(one: TableDefinition, other: TableDefinition): boolean {
  return isDeepStrictEqual(shapeOf(one), shapeOf(other));
}

/** Whether two indexes, each with its table, are one of the same name and of the same entries. */
export function haveSameShape(
  [one, table]: IndexOfTable,
  [other, otherTable]: IndexOfTable,
): boolean {
  return isDeepStrictEqual(indexShape(one, table), indexShape(other, otherTable));
}

/** Whether two tables have the same global indexes. */
export function haveSameIndexes(one: TableDefinition, other: TableDefinition): boolean {
  return isDeepStrictEqual(globalShapes(one), globalShapes(other));
}

type IndexOfTable = readonly [SecondaryIndex, TableDefinition];

function shapeOf(table: TableDefinition): object {
  return { keys: keysOf(table, table), local: indexShapes(table, table.LocalSecondaryIndexes) };
}

function globalShapes(table: TableDefinition): object {
  return indexShapes(table, table.GlobalSecondaryIndexes);
}

/** By name: they have no order. */
function indexShapes(table: TableDefinition, indexes: readonly SecondaryIndex[] = []): object {
  const shapes = indexes.map((index) => indexShape(index, table));
  return Object.fromEntries(shapes.map((shape) => [shape.name, shape])) as object;
}

function indexShape(index: SecondaryIndex, table: TableDefinition) {
  const { ProjectionType, NonKeyAttributes = [] } = index.Projection;
  return {
    name: index.IndexName,
    keys: keysOf(index, table),
    projection: [ProjectionType, ...NonKeyAttributes.toSorted()],
  };
}

function keysOf(
  { KeySchema }: Pick<TableDefinition, "KeySchema">,
  table: TableDefinition,
): string[] {
  return KeySchema.map(({ AttributeName: name, KeyType }) => {
    return `${KeyType}:${name}:${attributeType(name, table)}`;
  });
}
