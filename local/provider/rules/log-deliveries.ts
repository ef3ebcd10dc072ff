import {
  arn,
  block,
  flag,
  length,
  list,
  map,
  matches,
  oneOf,
  regional,
  required,
  text,
} from "./rule";
import type { RulesByType } from "./rule";

const name = text(length(1, 60), matches(/^[\w-]*$/, "have only letters, digits, _ and -"));

/** What the provider accepts of deliveries of logs that AWS's services write. */
export const logDeliveryRules: RulesByType = {
  "aws:cloudwatch/logDelivery:LogDelivery": regional({
    deliveryDestinationArn: required(text(arn())),
    deliverySourceName: required(name),
    fieldDelimiter: text(length(0, 5)),
    recordFields: list(text(length(1, 64)), { max: 128 }),
    s3DeliveryConfigurations: list(
      block({
        enableHiveCompatiblePath: flag(),
        suffixPath: text(length(1, 256)),
      }),
      { max: 1 },
    ),
    tags: map(),
  }),
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": regional({
    deliveryDestinationConfiguration: block({
      destinationResourceArn: required(text(arn())),
    }),
    deliveryDestinationType: text(oneOf("S3", "CWL", "FH", "XRAY")),
    name,
    outputFormat: text(oneOf("json", "plain", "w3c", "raw", "parquet")),
    tags: map(),
  }),
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": regional({
    logType: required(text()),
    name,
    resourceArn: required(text(arn())),
    tags: map(),
  }),
};
