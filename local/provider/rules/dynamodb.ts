import { billing, keysAreDefined } from "./dynamodb-relations";
import {
  computed,
  arn,
  atLeast,
  between,
  block,
  conflicts,
  custom,
  flag,
  inCase,
  integer,
  list,
  map,
  oneOf,
  required,
  text,
  timestamp,
  regional,
} from "./rule";
import type { RulesByType } from "./rule";

/** What the provider accepts of DynamoDB. */
export const dynamodbRules: RulesByType = {
  "aws:dynamodb/table:Table": regional(
    {
      attributes: list(
        block({
          name: required(text()),
          type: required(text(oneOf("S", "N", "B"))),
        }),
      ),
      billingMode: text(oneOf("PROVISIONED", "PAY_PER_REQUEST")),
      deletionProtectionEnabled: flag(),
      globalSecondaryIndexes: list(
        block({
          hashKey: text(),
          keySchemas: list(
            block({
              attributeName: required(text()),
              keyType: required(text(oneOf("HASH", "RANGE"))),
            }),
          ),
          name: required(text()),
          nonKeyAttributes: list(text()),
          onDemandThroughput: block({
            maxReadRequestUnits: integer(),
            maxWriteRequestUnits: integer(),
          }),
          projectionType: required(text(oneOf("ALL", "KEYS_ONLY", "INCLUDE"))),
          rangeKey: text(),
          readCapacity: integer(),
          warmThroughput: block({
            readUnitsPerSecond: integer(atLeast(1)),
            writeUnitsPerSecond: integer(atLeast(1)),
          }),
          writeCapacity: integer(),
        }),
      ),
      globalTableWitness: block({
        regionName: text(),
      }),
      hashKey: text(),
      importTable: block({
        inputCompressionType: text(oneOf("GZIP", "ZSTD", "NONE")),
        inputFormat: required(text(oneOf("DYNAMODB_JSON", "ION", "CSV"))),
        inputFormatOptions: block({
          csv: block({
            delimiter: text(),
            headerLists: list(text()),
          }),
        }),
        s3BucketSource: required(
          block({
            bucket: required(text()),
            bucketOwner: text(),
            keyPrefix: text(),
          }),
        ),
      }),
      localSecondaryIndexes: list(
        block({
          name: required(text()),
          nonKeyAttributes: list(text()),
          projectionType: required(text(oneOf("ALL", "KEYS_ONLY", "INCLUDE"))),
          rangeKey: required(text()),
        }),
      ),
      name: text(),
      onDemandThroughput: block({
        maxReadRequestUnits: integer(),
        maxWriteRequestUnits: integer(),
      }),
      pointInTimeRecovery: block({
        enabled: required(flag()),
        recoveryPeriodInDays: integer(between(1, 35)),
      }),
      rangeKey: text(),
      readCapacity: integer(),
      replicas: list(
        block({
          arn: computed(),
          consistencyMode: text(oneOf("EVENTUAL", "STRONG")),
          deletionProtectionEnabled: flag(),
          kmsKeyArn: text(arn()),
          pointInTimeRecovery: flag(),
          propagateTags: flag(),
          regionName: required(text()),
          streamArn: computed(),
          streamLabel: computed(),
        }),
      ),
      restoreBackupArn: text(arn()),
      restoreDateTime: text(timestamp()),
      restoreSourceName: text(),
      restoreSourceTableArn: text(arn()),
      restoreToLatestTime: flag(),
      serverSideEncryption: block({
        enabled: required(flag()),
        kmsKeyArn: text(arn()),
      }),
      streamEnabled: flag(),
      streamViewType: text(oneOf("NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY", "")),
      tableClass: text(oneOf("STANDARD", "STANDARD_INFREQUENT_ACCESS")),
      tags: map(),
      ttl: block(
        {
          attributeName: text(),
          enabled: flag(),
        },
        inCase(
          { argument: "enabled", is: [true] },
          { argument: "attributeName", must: "be given", because: "enabled is true" },
        ),
      ),
      warmThroughput: block({
        readUnitsPerSecond: integer(atLeast(1)),
        writeUnitsPerSecond: integer(atLeast(1)),
      }),
      writeCapacity: integer(),
    },
    conflicts("importTable", "restoreSourceName", "restoreSourceTableArn"),
    conflicts("onDemandThroughput", "readCapacity", "writeCapacity"),
    ...billing,
    custom(keysAreDefined),
    inCase(
      { argument: "streamEnabled", is: [true] },
      { argument: "streamViewType", must: "be given", because: "streamEnabled is true" },
    ),
  ),
};
