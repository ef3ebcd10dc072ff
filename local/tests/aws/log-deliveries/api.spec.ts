import assert from "node:assert/strict";
import {
  CloudWatchLogsClient,
  DescribeDeliveriesCommand,
  DescribeDeliveryDestinationsCommand,
  DescribeDeliverySourcesCommand,
  GetDeliveryCommand,
  GetDeliveryDestinationCommand,
  GetDeliverySourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Logs } from "../../../aws/logs/logs";
import { logsApi } from "../../../aws/logs/api";
import { LogDeliveries } from "../../../aws/log-deliveries/log-deliveries";
import { ApiLab } from "../api/api-lab";

const resourceArn = "arn:aws:cloudfront::123456789012:distribution/E1";
const tags = { Team: "one" };
const arnOf = (id: string) => `arn:aws:logs:us-east-1:123456789012:delivery:${id}`;

describe("logsApi, of deliveries", () => {
  let lab: ApiLab;
  let client: CloudWatchLogsClient;
  let deliveries: LogDeliveries;

  beforeEach(async () => {
    deliveries = new LogDeliveries(() => undefined);
    deliveries.putSource({
      name: "from",
      arn: "arn:from",
      resourceArn,
      logType: "ACCESS_LOGS",
      tags,
    });
    const bucket = { resourceArn: "arn:aws:s3:::logs", outputFormat: "parquet" };
    deliveries.putDestination({ name: "to", arn: "arn:to", ...bucket, tags });
    for (const id of ["d1", "d2"]) {
      deliveries.createDelivery({
        ...{ id, arn: arnOf(id), sourceName: "from", destinationArn: "arn:to" },
        ...{ recordFields: ["date"], suffixPath: "{yyyy}", tags },
      });
    }
    const noGroups = {} as Logs;
    lab = await ApiLab.start((access) => logsApi(access, noGroups, deliveries));
    client = lab.client(CloudWatchLogsClient);
  });

  afterEach(() => lab.stop());

  it("lists deliveries by pages, and shows one", async () => {
    const list = async (nextToken?: string) => {
      const page = await client.send(new DescribeDeliveriesCommand({ limit: 1, nextToken }));
      return { ids: page.deliveries?.map(({ id }) => id), next: page.nextToken };
    };
    const first = await list();
    assert.deepEqual(first.ids, ["d1"]);
    assert.deepEqual(await list(first.next), { ids: ["d2"], next: undefined });
    await assert.rejects(list("wrong"), { name: "ValidationException" });
    const { delivery } = await client.send(new GetDeliveryCommand({ id: "d2" }));
    assert.deepEqual(delivery, {
      id: "d2",
      arn: arnOf("d2"),
      deliverySourceName: "from",
      deliveryDestinationArn: "arn:to",
      deliveryDestinationType: "S3",
      recordFields: ["date"],
      s3DeliveryConfiguration: { suffixPath: "{yyyy}", enableHiveCompatiblePath: false },
      tags,
    });
  });

  it("shows where logs come from, and where they go", async () => {
    const source = {
      ...{ name: "from", arn: "arn:from", resourceArns: [resourceArn] },
      ...{ service: "cloudfront", logType: "ACCESS_LOGS", tags },
    };
    const sources = await client.send(new DescribeDeliverySourcesCommand());
    assert.deepEqual(sources.deliverySources, [source]);
    const one = await client.send(new GetDeliverySourceCommand({ name: "from" }));
    assert.deepEqual(one.deliverySource, source);
    const destination = {
      ...{ name: "to", arn: "arn:to", deliveryDestinationType: "S3", outputFormat: "parquet" },
      deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::logs" },
      tags,
    };
    const destinations = await client.send(new DescribeDeliveryDestinationsCommand());
    assert.deepEqual(destinations.deliveryDestinations, [destination]);
    const to = await client.send(new GetDeliveryDestinationCommand({ name: "to" }));
    assert.deepEqual(to.deliveryDestination, destination);
  });

  it("tells where logs go by default, and no tags where there are none", async () => {
    deliveries.createDelivery({
      ...{ id: "d3", arn: arnOf("d3"), sourceName: "from", destinationArn: "arn:to" },
      ...{ recordFields: ["date"], tags: {} },
    });
    const { delivery } = await client.send(new GetDeliveryCommand({ id: "d3" }));
    assert.deepEqual(delivery?.s3DeliveryConfiguration, {
      suffixPath: "AWSLogs/{account-id}/CloudFront/",
      enableHiveCompatiblePath: false,
    });
    assert.equal(delivery.tags, undefined);
  });

  it("says what is not there, and refuses who may not", async () => {
    const missing = (what: string) => ({
      name: "ResourceNotFoundException",
      message: `Requested ${what} does not exist in this account.`,
    });
    const delivery = new GetDeliveryCommand({ id: "d9" });
    await assert.rejects(client.send(delivery), missing("Delivery"));
    const source = new GetDeliverySourceCommand({ name: "x" });
    await assert.rejects(client.send(source), missing("Delivery Source"));
    const destination = new GetDeliveryDestinationCommand({ name: "x" });
    await assert.rejects(client.send(destination), missing("Delivery Destination"));
    const credentials = lab.roleThatMay(["logs:GetDelivery"], [arnOf("d1")]);
    const reader = lab.client(CloudWatchLogsClient, { credentials });
    await reader.send(new GetDeliveryCommand({ id: "d1" }));
    const refused = { name: "AccessDeniedException" };
    await assert.rejects(reader.send(new GetDeliveryCommand({ id: "d2" })), refused);
    await assert.rejects(reader.send(new DescribeDeliveriesCommand()), refused);
  });
});
