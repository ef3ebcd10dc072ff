import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Logs } from "../../aws/logs/logs";
import { logsResources } from "../../provider/logs";
import type { Properties, ResourceState } from "../../provider/resource";
import { createPlanned } from "./create-planned";

const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };

describe("logsResources", () => {
  let dataDir: string;
  let logs: Logs;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "logs-"));
    logs = new Logs({
      account,
      dataDir,
      notify: (line) => assert.fail(line),
      clock: () => new Date(0),
    });
    await logs.start();
  });

  afterEach(async () => {
    await logs.stop();
    await rm(dataDir, { recursive: true });
  });

  async function create(
    type: string,
    inputs: Properties,
    stableId: (purpose: string) => string = (purpose) => assert.fail(purpose),
  ): Promise<ResourceState> {
    return createPlanned(logsResources(logs, account), {
      type,
      name: "thing",
      urn: "urn",
      inputs,
      projectDir: dataDir,
      physicalName: (property = "name") =>
        (inputs[property] as string | undefined) ?? "thing-1234567",
      stableId,
    });
  }

  it("creates log groups with the outputs of AWS", async () => {
    const group = await create("aws:cloudwatch/logGroup:LogGroup", {
      retentionInDays: 30,
      tags: { Environment: "Production" },
    });
    assert.equal(group.id, "thing-1234567");
    assert.deepEqual(group.outputs, {
      deletionProtectionEnabled: false,
      logGroupClass: "STANDARD",
      retentionInDays: 30,
      tags: { Environment: "Production" },
      tagsAll: { Environment: "Production" },
      name: "thing-1234567",
      arn: "arn:aws:logs:eu-west-1:123456789012:log-group:thing-1234567",
      region: "eu-west-1",
    });
    logs.append("thing-1234567", "stream", ["line"]);
  });

  it("takes the ARN of a key for encryption, and nothing else", async () => {
    const kmsKeyId = "arn:aws:kms:eu-west-1:123456789012:key/mrk-1a";
    const group = await create("aws:cloudwatch/logGroup:LogGroup", { kmsKeyId });
    assert.equal(group.outputs.kmsKeyId, kmsKeyId);
    const others = ["alias/x", "1a", kmsKeyId.replace("key/mrk-1a", "alias/x"), "arn:aws:s3:::x"];
    for (const other of others) {
      await assert.rejects(create("aws:cloudwatch/logGroup:LogGroup", { kmsKeyId: other }), {
        code: "InvalidParameterException",
        message: `Invalid KMS key "${other}": CloudWatch Logs takes the ARN of a key.`,
      });
    }
  });

  it("takes a retention of 0 days as for ever", async () => {
    const group = await create("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 0 });
    assert.equal(group.outputs.retentionInDays, 0);
  });

  it("creates log streams", async () => {
    logs.createLogGroup({ name: "group" });
    const stream = await create("aws:cloudwatch/logStream:LogStream", { logGroupName: "group" });
    assert.equal(
      stream.outputs.arn,
      "arn:aws:logs:eu-west-1:123456789012:log-group:group:log-stream:thing-1234567",
    );
  });

  const queryType = "aws:cloudwatch/queryDefinition:QueryDefinition";
  const query = { name: "shop/errors", queryString: "fields @message", logGroupNames: ["group"] };

  it("saves queries, which nothing runs", async () => {
    const { id, outputs } = await create(queryType, query, () => "0".repeat(32));
    assert.equal(id, "00000000-0000-0000-0000-000000000000");
    assert.deepEqual(outputs, { ...query, queryDefinitionId: id, region: "eu-west-1" });
    assert.deepEqual(logs.queryDefinitions.all(), [{ ...query, id, lastModified: 0 }]);
  });

  it("refuses queries that CloudWatch Logs refuses", async () => {
    const queryString = "a".repeat(10_001);
    await assert.rejects(
      create(queryType, { ...query, queryString }, () => "0".repeat(32)),
      {
        code: "InvalidParameterException",
        message: /10000 characters, not 10001/,
      },
    );
  });
});
