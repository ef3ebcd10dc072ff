import assert from "node:assert/strict";
import { LogDeliveries } from "../../aws/log-deliveries/log-deliveries";
import { logDeliveryResources } from "../../provider/log-deliveries";
import type { Properties, ResourceState } from "../../provider/resource";
import { createPlanned } from "./create-planned";
import { plannedRequest } from "./planned-request";

const account = { accountId: "123456789012", region: "eu-central-1", partition: "aws" };
const sourceType = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
const destinationType = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination";
const deliveryType = "aws:cloudwatch/logDelivery:LogDelivery";

const region = "us-east-1";
const resourceArn = "arn:aws:cloudfront::123456789012:distribution/E1";
const source = { region, logType: "ACCESS_LOGS", resourceArn };
const destination = {
  region,
  outputFormat: "json",
  deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::logs" },
};

describe("logDeliveryResources", () => {
  let deliveries: LogDeliveries;

  beforeEach(() => {
    deliveries = new LogDeliveries(() => undefined);
  });

  function create(type: string, inputs: Properties): Promise<ResourceState> {
    return createPlanned(logDeliveryResources(deliveries, account), plannedRequest(type, inputs));
  }

  async function deliver(changes: Properties = {}): Promise<ResourceState> {
    const { outputs: from } = await create(sourceType, source);
    const { outputs: to } = await create(destinationType, destination);
    return await create(deliveryType, {
      region,
      deliverySourceName: from.name,
      deliveryDestinationArn: to.arn,
      recordFields: ["date", "cs-uri-stem", "cs(User-Agent)"],
      s3DeliveryConfigurations: [
        { suffixPath: "{DistributionId}/{yyyy}", enableHiveCompatiblePath: false },
      ],
      ...changes,
    });
  }

  it("make a source, a destination and a delivery, all in us-east-1", async () => {
    const { outputs } = await create(sourceType, source);
    assert.equal(outputs.arn, "arn:aws:logs:us-east-1:123456789012:delivery-source:thing-1a2b3c4");
    assert.equal(outputs.service, "cloudfront");
    const { outputs: to } = await create(destinationType, destination);
    assert.equal(to.arn, "arn:aws:logs:us-east-1:123456789012:delivery-destination:thing-1a2b3c4");
    assert.equal(to.deliveryDestinationType, "S3");
    const { id, outputs: delivery } = await deliver();
    assert.equal(delivery.arn, `arn:aws:logs:us-east-1:123456789012:delivery:${id}`);
  });

  const refused: [string, () => Promise<unknown>, RegExp][] = [
    [
      "logs of what is no distribution",
      () => create(sourceType, { ...source, resourceArn: "arn:aws:bedrock:us-east-1:1:kb/1" }),
      /does not emulate deliveries of logs of arn:aws:bedrock/,
    ],
    [
      "logs that CloudFront does not have",
      () => create(sourceType, { ...source, logType: "ERROR_LOGS" }),
      /no logs of the type ERROR_LOGS/,
    ],
    [
      "a source in another region",
      () => create(sourceType, { ...source, region: "eu-central-1" }),
      /are in us-east-1, not in eu-central-1/,
    ],
    [
      "a name of 61 letters",
      () => create(sourceType, { ...source, name: "a".repeat(61) }),
      /1 to 60/,
    ],
    [
      "a destination that is no bucket",
      () =>
        create(destinationType, {
          deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:firehose:x:1:y" },
        }),
      /does not emulate deliveries of logs to arn:aws:firehose/,
    ],
    ["a field that there is not", () => deliver({ recordFields: ["uri"] }), /have no field uri/],
    [
      "a variable that there is not",
      () => deliver({ s3DeliveryConfigurations: [{ suffixPath: "{year}" }] }),
      /The suffix path \{year\} has a variable/,
    ],
    [
      "a source that there is not",
      () => deliver({ deliverySourceName: "other" }),
      /no delivery source other/,
    ],
  ];
  for (const [what, act, message] of refused) {
    it(`refuse ${what}`, async () => {
      await assert.rejects(act, message);
    });
  }
});
