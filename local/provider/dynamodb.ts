import { regionalArn } from "../aws/arn";
import { checkIndexes } from "../aws/dynamodb/check-indexes";
import type { DynamoDb } from "../aws/dynamodb/dynamodb";
import { streamArn, type StreamViewType } from "../aws/dynamodb/streams/stream";
import type {
  AttributeDefinition,
  KeySchemaElement,
  Projection,
  SecondaryIndex,
  StreamDefinition,
  TableDefinition,
  Throughput,
} from "../aws/dynamodb/table-definition";
import { tagList } from "../aws/tag-list";
import type { Account } from "../aws/types";
import { counted } from "./counted";
import { refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

interface CapacityInputs {
  readCapacity?: number;
  writeCapacity?: number;
}

interface ProjectionInputs {
  projectionType: Projection["ProjectionType"];
  nonKeyAttributes?: string[];
}

interface KeyInputs {
  hashKey?: string;
  rangeKey?: string;
}

interface TableInputs extends CapacityInputs, KeyInputs {
  attributes?: { name: string; type: AttributeDefinition["AttributeType"] }[];
  billingMode?: TableDefinition["BillingMode"];
  deletionProtectionEnabled?: boolean;
  globalSecondaryIndexes?: GlobalIndexInputs[];
  localSecondaryIndexes?: LocalIndexInputs[];
  serverSideEncryption?: { enabled?: boolean; kmsKeyArn?: string };
  tableClass?: TableDefinition["TableClass"];
  pointInTimeRecovery?: { enabled?: boolean; recoveryPeriodInDays?: number };
  streamEnabled?: boolean;
  streamViewType?: StreamViewType;
  tags?: Record<string, string>;
  ttl?: { attributeName?: string; enabled?: boolean };
}

interface GlobalIndexInputs extends CapacityInputs, KeyInputs, ProjectionInputs {
  name: string;
  /** Takes the place of `hashKey` and `rangeKey`. */
  keySchemas?: { attributeName: string; keyType: KeySchemaElement["KeyType"] }[];
}

interface LocalIndexInputs extends ProjectionInputs {
  name: string;
  rangeKey: string;
}

/** Inputs without which a table would be something else than in AWS. */
const inputsNotEmulated = [
  "globalTableWitness",
  "importTable",
  "replicas",
  "restoreBackupArn",
  "restoreSourceName",
  "restoreSourceTableArn",
];

/**
 * The resource types of DynamoDB. Encryption and point-in-time recovery are taken as declared, and told; neither
 * does anything to the local tables.
 */
export function dynamodbResources(dynamodb: DynamoDb, account: Account): ResourceTypes {
  return {
    "aws:dynamodb/table:Table": (request) => planTable(dynamodb, account, request),
  };
}

function planTable(
  dynamodb: DynamoDb,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  refuseInputs(request, inputsNotEmulated);
  const inputs = request.inputs as TableInputs;
  const name = request.physicalName();
  const arn = regionalArn(account, "dynamodb", `table/${name}`);
  const stream = streamOf(request);
  const definition = definitionOf(name, inputs, stream);
  checkIndexes(definition);
  return {
    id: name,
    outputs: {
      billingMode: "PROVISIONED",
      deletionProtectionEnabled: false,
      globalSecondaryIndexes: [],
      pointInTimeRecovery: { enabled: false },
      readCapacity: 0,
      writeCapacity: 0,
      tableClass: "STANDARD",
      ttl: { attributeName: "", enabled: false },
      ...request.inputs,
      name,
      arn,
      region: account.region,
      streamArn: stream ? streamArn(arn, stream.StreamLabel) : "",
      streamLabel: stream?.StreamLabel ?? "",
      streamViewType: stream?.StreamViewType ?? "",
      tagsAll: inputs.tags ?? {},
    },
    create: () => dynamodb.createTable(definition),
    update: () => dynamodb.updateTable(definition),
    remove: () => dynamodb.deleteTable(name),
    requireRemovable: () => {
      dynamodb.requireDeletable(name);
    },
    content: async () => counted(await dynamodb.itemCount(name), "item"),
    restore: () => dynamodb.openTable(definition),
    read: () => (dynamodb.hasTable(name) ? request.inputs : undefined),
  };
}

/**
 * The stream that a table has: the one that is there, as long as it shows the same. Another view of changes
 * is another stream, as in AWS, where one is disabled before the other is enabled.
 */
function streamOf({ inputs, existing }: ResourceRequest): StreamDefinition | undefined {
  const { streamEnabled = false, streamViewType } = inputs as TableInputs;
  if (!streamEnabled || !streamViewType) {
    return undefined;
  }
  const { streamLabel, streamViewType: former } = existing?.outputs ?? {};
  const isSame = typeof streamLabel === "string" && streamLabel !== "" && former === streamViewType;
  return {
    StreamViewType: streamViewType,
    StreamLabel: isSame ? streamLabel : new Date().toISOString().replace("Z", ""),
  };
}

function definitionOf(
  name: string,
  inputs: TableInputs,
  stream: StreamDefinition | undefined,
): TableDefinition {
  const { attributes = [], billingMode = "PROVISIONED", deletionProtectionEnabled, ttl } = inputs;
  const { globalSecondaryIndexes = [], localSecondaryIndexes = [] } = inputs;
  const { tags = {} } = inputs;
  const isProvisioned = billingMode === "PROVISIONED";
  return {
    TableName: name,
    AttributeDefinitions: attributes.map((attribute) => ({
      AttributeName: attribute.name,
      AttributeType: attribute.type,
    })),
    KeySchema: keySchema(inputs),
    BillingMode: billingMode,
    ...(isProvisioned && { ProvisionedThroughput: throughput(inputs) }),
    ...(globalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: globalSecondaryIndexes.map((index) =>
        globalIndex(index, isProvisioned),
      ),
    }),
    ...(localSecondaryIndexes.length > 0 && {
      LocalSecondaryIndexes: localSecondaryIndexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema({ ...inputs, rangeKey: index.rangeKey }),
        Projection: projection(index),
      })),
    }),
    ...(deletionProtectionEnabled !== undefined && {
      DeletionProtectionEnabled: deletionProtectionEnabled,
    }),
    ...(ttl?.enabled === true &&
      ttl.attributeName !== undefined && { TimeToLiveAttribute: ttl.attributeName }),
    ...(stream && { Stream: stream }),
    ...recoveryOf(inputs),
    ...storageOf(inputs),
    Tags: tagList(tags),
  };
}

function storageOf({ serverSideEncryption, tableClass }: TableInputs) {
  const { enabled = false, kmsKeyArn } = serverSideEncryption ?? {};
  return {
    ...(enabled && { Encryption: kmsKeyArn === undefined ? {} : { keyArn: kmsKeyArn } }),
    ...(tableClass !== undefined && { TableClass: tableClass }),
  };
}

function recoveryOf({ pointInTimeRecovery: recovery }: TableInputs) {
  const { enabled = false, recoveryPeriodInDays: days } = recovery ?? {};
  return {
    PointInTimeRecoveryEnabled: enabled,
    ...(days !== undefined && { RecoveryPeriodInDays: days }),
  };
}

function globalIndex(index: GlobalIndexInputs, isProvisioned: boolean): SecondaryIndex {
  const { keySchemas = [] } = index;
  return {
    IndexName: index.name,
    KeySchema:
      keySchemas.length > 0
        ? keySchemas.map(({ attributeName, keyType }) => ({
            AttributeName: attributeName,
            KeyType: keyType,
          }))
        : keySchema(index),
    Projection: projection(index),
    // What a program gives to an index of a table on demand, DynamoDB refuses.
    ...((isProvisioned || (index.readCapacity ?? 0) + (index.writeCapacity ?? 0) > 0) && {
      ProvisionedThroughput: throughput(index),
    }),
  };
}

function keySchema({ hashKey, rangeKey }: KeyInputs): KeySchemaElement[] {
  return [
    ...(hashKey === undefined ? [] : [{ AttributeName: hashKey, KeyType: "HASH" as const }]),
    ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: "RANGE" as const }]),
  ];
}

function projection({ projectionType, nonKeyAttributes }: ProjectionInputs): Projection {
  return {
    ProjectionType: projectionType,
    ...(nonKeyAttributes !== undefined && { NonKeyAttributes: nonKeyAttributes }),
  };
}

/** A capacity that is missing is refused by DynamoDB, as 0 is. */
function throughput({ readCapacity = 0, writeCapacity = 0 }: CapacityInputs): Throughput {
  return { ReadCapacityUnits: readCapacity, WriteCapacityUnits: writeCapacity };
}
