import { regionalArn } from "../aws/arn";
import { checkIndexes } from "../aws/dynamodb/check-indexes";
import type { DynamoDb } from "../aws/dynamodb/dynamodb";
import type {
  AttributeDefinition,
  KeySchemaElement,
  Projection,
  SecondaryIndex,
  TableDefinition,
  Throughput,
} from "../aws/dynamodb/table-definition";
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
  pointInTimeRecovery?: { enabled?: boolean };
  streamEnabled?: boolean;
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
  "streamEnabled",
];

/**
 * The resource types of DynamoDB. Encryption and point-in-time recovery are taken as declared;
 * neither can be seen in the local tables.
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
  checkIndexes(definitionOf(name, inputs));
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
      arn: regionalArn(account, "dynamodb", `table/${name}`),
      region: account.region,
      streamArn: "",
      streamLabel: "",
      streamViewType: "",
      tagsAll: inputs.tags ?? {},
    },
    create: () => dynamodb.createTable(definitionOf(name, inputs)),
    update: () => {
      dynamodb.updateTable(definitionOf(name, inputs));
    },
    remove: () => dynamodb.deleteTable(name),
    requireRemovable: () => {
      dynamodb.requireDeletable(name);
    },
    content: async () => counted(await dynamodb.itemCount(name), "item"),
    restore: () => dynamodb.openTable(definitionOf(name, inputs)),
    read: () => (dynamodb.hasTable(name) ? request.inputs : undefined),
  };
}

function definitionOf(name: string, inputs: TableInputs): TableDefinition {
  const { attributes = [], billingMode = "PROVISIONED", deletionProtectionEnabled, ttl } = inputs;
  const { globalSecondaryIndexes = [], localSecondaryIndexes = [] } = inputs;
  const { pointInTimeRecovery, tags = {} } = inputs;
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
    PointInTimeRecoveryEnabled: pointInTimeRecovery?.enabled === true,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
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
