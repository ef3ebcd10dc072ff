import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { LogDeliveries } from "../../../aws/log-deliveries/log-deliveries";
import { logsApi } from "../../../aws/logs/api";
import { Logs } from "../../../aws/logs/logs";
import { ApiLab } from "../api/api-lab";

const logGroupName = "/app/web";
const kmsKeyId = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const first = Date.UTC(2026, 0, 15, 10);

describe("operations of CloudWatch Logs", () => {
  let dataDir: string;
  let lab: ApiLab;
  let logs: Logs;
  let client: CloudWatchLogsClient;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "logs-"));
    lab = await ApiLab.start((access) => {
      logs = new Logs({ ...access, dataDir, clock: () => new Date(first) });
      return logsApi(access, logs, new LogDeliveries(() => undefined));
    });
    await logs.start();
    logs.createLogGroup({ name: logGroupName, kmsKeyId });
    const lines = ["one", "two", "three", "four", "five"];
    const times = lines.map((_line, index) => new Date(first + index));
    logs.append(logGroupName, "web", lines, times);
    client = lab.client(CloudWatchLogsClient);
  });

  afterEach(async () => {
    await logs.stop();
    await lab.stop();
    await rm(dataDir, { recursive: true });
  });

  it("tell all of a group, its key too", async () => {
    const { logGroups } = await client.send(new DescribeLogGroupsCommand());
    const logGroupArn = `arn:aws:logs:eu-west-1:123456789012:log-group:${logGroupName}`;
    assert.deepEqual(logGroups, [
      {
        ...{ logGroupName, logGroupArn, arn: `${logGroupArn}:*`, creationTime: first, kmsKeyId },
        ...{ logGroupClass: "STANDARD", metricFilterCount: 0, deletionProtectionEnabled: false },
        storedBytes: logs.group(logGroupName).file.size,
      },
    ]);
  });

  it("tell a stream that was made before it has an event, and from then on what it has", async () => {
    logs.createLogStream(logGroupName, "new");
    const shown = async () => {
      const asked = new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: "new" });
      return (await client.send(asked)).logStreams;
    };
    const stream = {
      logStreamName: "new",
      creationTime: first,
      arn: `arn:aws:logs:eu-west-1:123456789012:log-group:${logGroupName}:log-stream:new`,
      storedBytes: 0,
    };
    assert.deepEqual(await shown(), [stream]);
    const events = new GetLogEventsCommand({ logGroupName, logStreamName: "new" });
    assert.deepEqual((await client.send(events)).events, []);
    logs.append(logGroupName, "new", ["one"], [new Date(first + 7)]);
    const times = {
      firstEventTimestamp: first + 7,
      lastEventTimestamp: first + 7,
      lastIngestionTime: first + 7,
    };
    assert.deepEqual(await shown(), [{ ...stream, ...times }]);
    logs.putRetentionPolicy({ name: logGroupName, retentionInDays: 30 });
    assert.equal((await shown())?.length, 1);
    logs.createLogStream(logGroupName, "newer");
    logs.deleteLogStream(logGroupName, "newer");
    assert.equal((await shown())?.length, 1);
    await assert.rejects(
      client.send(new GetLogEventsCommand({ logGroupName, logStreamName: "newer" })),
      { name: "ResourceNotFoundException" },
    );
  });

  it("refuse a group that is named twice", async () => {
    const twice = { logGroupName, logGroupIdentifier: logGroupName };
    const name = "ValidationException";
    const message = "LogGroup name and LogGroup ARN are mutually exclusive parameters.";
    for (const asked of [
      new DescribeLogStreamsCommand(twice),
      new FilterLogEventsCommand(twice),
      new GetLogEventsCommand({ ...twice, logStreamName: "web" }),
    ]) {
      await assert.rejects(client.send(asked as DescribeLogStreamsCommand), { name, message });
    }
  });

  describe("that are asked for what cannot be", () => {
    const constraint = (value: string, member: string, limit: string) =>
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${limit}`;
    const atLeastOne = "have length greater than or equal to 1";
    const groupPattern = String.raw`satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+`;
    const tooLong =
      "Invalid LogGroup or LogStream, both must have length less than or equal to 512.";
    const of = { logGroupName, logStreamName: "web" };

    for (const [asked, message] of [
      [
        new DescribeLogGroupsCommand({ logGroupNamePrefix: "" }),
        /^2 validation errors detected: Value '' at 'logGroupNamePrefix' failed/,
      ],
      [new DescribeLogGroupsCommand({ logGroupNamePrefix: "a".repeat(513) }), tooLong],
      [
        new DescribeLogGroupsCommand({ logGroupNamePrefix: "a b" }),
        constraint("a b", "logGroupNamePrefix", groupPattern),
      ],
      [
        new DescribeLogStreamsCommand({ logGroupName: "a:b" }),
        constraint("a:b", "logGroupName", groupPattern),
      ],
      [new GetLogEventsCommand({ ...of, logGroupName: "a".repeat(513) }), tooLong],
      [
        new GetLogEventsCommand({ ...of, logStreamName: "a:b" }),
        constraint("a:b", "logStreamName", "satisfy regular expression pattern: [^:*]*"),
      ],
      [
        new FilterLogEventsCommand({ logGroupName, nextToken: "" }),
        constraint("", "nextToken", atLeastOne),
      ],
      [
        new FilterLogEventsCommand({ logGroupName, limit: 10_001 }),
        constraint("10001", "limit", "have value less than or equal to 10000"),
      ],
      [
        new FilterLogEventsCommand({ logGroupName, logStreamNames: [] }),
        /at 'logStreamNames' failed to satisfy constraint: Member must have length greater than/,
      ],
    ] as const) {
      it(`refuse ${asked.constructor.name} of ${JSON.stringify(asked.input).slice(0, 60)}`, async () => {
        await assert.rejects(client.send(asked as GetLogEventsCommand), {
          name: "InvalidParameterException",
          message,
        });
      });
    }

    it("know groups that are found by any name", async () => {
      const found = await client.send(new DescribeLogGroupsCommand({ logGroupNamePattern: "" }));
      assert.equal(found.logGroups?.length, 1);
    });
  });

  describe("that filter events", () => {
    async function messagesOf(input: Omit<FilterLogEventsCommandInput, "logGroupName">) {
      const asked = new FilterLogEventsCommand({ logGroupName, limit: 3, ...input });
      const { events = [], nextToken } = await client.send(asked);
      return { messages: events.map(({ message }) => message), nextToken };
    }

    it("give the first ones first", async () => {
      const { messages, nextToken } = await messagesOf({});
      assert.deepEqual(messages, ["one", "two", "three"]);
      assert.deepEqual((await messagesOf({ nextToken })).messages, ["four", "five"]);
    });

    it("give the last ones first where that is asked for, and go on so", async () => {
      const { messages, nextToken } = await messagesOf({ startFromHead: false });
      assert.deepEqual(messages, ["five", "four", "three"]);
      assert.deepEqual(await messagesOf({ nextToken }), {
        messages: ["two", "one"],
        nextToken: undefined,
      });
      assert.deepEqual((await messagesOf({ nextToken, startFromHead: true })).messages, [
        "two",
        "one",
      ]);
    });

    it("give none of long ago from the last one on", async () => {
      const startTime = Date.UTC(2023, 11, 31);
      await assert.rejects(messagesOf({ startFromHead: false, startTime }), {
        name: "InvalidParameterException",
      });
    });

    it("refuse a token that was never given", async () => {
      for (const nextToken of ["invalid-token", "tail/invalid"]) {
        await assert.rejects(messagesOf({ nextToken }), {
          name: "InvalidParameterException",
          message: "The specified nextToken is invalid.",
        });
      }
    });
  });
});
