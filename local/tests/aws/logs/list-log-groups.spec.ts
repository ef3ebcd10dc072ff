import assert from "node:assert/strict";
import {
  CloudWatchLogsClient,
  ListLogGroupsCommand,
  type ListLogGroupsCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import { account, CloudOfClients } from "../endpoint/support/cloud-of-clients";

const names = ["/app/Web", "/aws/lambda/one", "/aws/lambda/two", "discovery"];
const invalid = { name: "InvalidParameterException" };

describe("ListLogGroups", () => {
  let lab: CloudOfClients;
  let client: CloudWatchLogsClient;

  before(async () => {
    lab = await CloudOfClients.start();
    client = lab.client(CloudWatchLogsClient);
    for (const name of names.toReversed()) {
      lab.cloud.services.logs.createLogGroup({ name });
    }
  });

  after(() => lab.stop());

  const listed = async (input: ListLogGroupsCommandInput = {}) => {
    const { logGroups = [] } = await client.send(new ListLogGroupsCommand(input));
    return logGroups.map(({ logGroupName }) => logGroupName);
  };

  it("tells names, ARNs and classes, by page", async () => {
    const { logGroups, nextToken } = await client.send(new ListLogGroupsCommand({ limit: 1 }));
    assert.deepEqual(logGroups, [
      {
        logGroupName: "/app/Web",
        logGroupArn: `arn:aws:logs:eu-west-1:${account.accountId}:log-group:/app/Web`,
        logGroupClass: "STANDARD",
      },
    ]);
    assert.ok(nextToken);
    assert.deepEqual(await listed({ limit: 3, nextToken }), names.slice(1));
    assert.deepEqual(await listed({ limit: 1000 }), names);
    await assert.rejects(listed({ limit: 1001 }), invalid);
    await assert.rejects(listed({ nextToken: "x" }), invalid);
  });

  it("finds names by parts and by how they begin, in upper and lower case", async () => {
    for (const [logGroupNamePattern, expected] of [
      ["Web", ["/app/Web"]],
      ["web", []],
      ["^app", []],
      ["^/aws/lambda|discovery", names.slice(1)],
      ["lambda.t", ["/aws/lambda/two"]],
    ] as const) {
      assert.deepEqual(await listed({ logGroupNamePattern }), expected, logGroupNamePattern);
    }
    for (const logGroupNamePattern of [
      "ab",
      "a".repeat(25),
      "abc|",
      "a*bc",
      "abc|abc|abc|abc|abc|abc",
    ]) {
      await assert.rejects(listed({ logGroupNamePattern }), invalid, logGroupNamePattern);
    }
  });

  it("finds groups by their class, which is the standard one", async () => {
    assert.deepEqual(await listed({ logGroupClass: "STANDARD" }), names);
    assert.deepEqual(await listed({ logGroupClass: "INFREQUENT_ACCESS" }), []);
    await assert.rejects(listed({ logGroupClass: "NONE" as "STANDARD" }), invalid);
  });

  it("refuses who may not, and what would change the answer and is not emulated", async () => {
    for (const input of [
      { logGroupTags: [{ key: "Team" }] },
      { fieldIndexNames: ["requestId"] },
      { dataSources: [{ name: "amazon_vpc" }] },
      { includeLinkedAccounts: true },
    ]) {
      await assert.rejects(listed(input), { name: "NotImplemented" });
    }
    assert.deepEqual(await listed({ includeLinkedAccounts: false }), names);
    const { iam } = lab.cloud;
    const service = "lambda.amazonaws.com";
    const trust = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
    const assumeRolePolicy = JSON.stringify({ Statement: trust });
    const { arn: roleArn } = iam.createRole({ name: "reader", assumeRolePolicy });
    const list = () => {
      const credentials = iam.assumeRole({ roleArn, sessionName: "me", service });
      return lab.client(CloudWatchLogsClient, credentials).send(new ListLogGroupsCommand({}));
    };
    await assert.rejects(list(), /not authorized to perform: logs:ListLogGroups on resource/);
    const Statement = { Effect: "Allow", Action: "logs:ListLogGroups", Resource: "*" };
    iam.putRolePolicy("reader", "list", JSON.stringify({ Version: "2012-10-17", Statement }));
    assert.equal((await list()).logGroups?.length, names.length);
  });
});
