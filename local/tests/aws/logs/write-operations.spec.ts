import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  type InputLogEvent,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { LogDeliveries } from "../../../aws/log-deliveries/log-deliveries";
import { logsApi } from "../../../aws/logs/api";
import { Logs } from "../../../aws/logs/logs";
import type { MetricDatum } from "../../../aws/types";
import { ApiLab } from "../api/api-lab";

const logGroupName = "/app/web";
const logStreamName = "i-1";
const stream = { logGroupName, logStreamName };
const now = Date.UTC(2026, 0, 15, 10);
const hour = 60 * 60 * 1000;

describe("writing to CloudWatch Logs over its API", () => {
  let dataDir: string;
  let lab: ApiLab;
  let logs: Logs;
  let client: CloudWatchLogsClient;
  let metrics: MetricDatum[];

  const start = async (): Promise<void> => {
    lab = await ApiLab.start((access) => {
      const put = (datum: MetricDatum) => void metrics.push(datum);
      logs = new Logs({ ...access, dataDir, clock: () => new Date(now), metrics: { put } });
      return logsApi(access, logs, new LogDeliveries(() => undefined));
    });
    await logs.start();
    logs.createLogGroup({ name: logGroupName, retentionInDays: 7 });
    client = lab.client(CloudWatchLogsClient);
  };
  const stop = async (): Promise<void> => {
    await logs.stop();
    await lab.stop();
  };
  const put = (...logEvents: InputLogEvent[]) =>
    client.send(new PutLogEventsCommand({ ...stream, logEvents }));
  const messages = async (): Promise<unknown[] | undefined> => {
    const { events } = await client.send(new GetLogEventsCommand(stream));
    return events?.map(({ timestamp = 0, message }) => [timestamp - now, message]);
  };
  const streams = async (): Promise<(string | undefined)[] | undefined> => {
    const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupName }));
    return logStreams?.map((each) => each.logStreamName);
  };

  beforeEach(async () => {
    metrics = [];
    dataDir = await mkdtemp(join(tmpdir(), "logs-"));
    await start();
    await client.send(new CreateLogStreamCommand(stream));
  });

  afterEach(async () => {
    await stop();
    await rm(dataDir, { recursive: true });
  });

  it("keeps events with their times, of several lines, too, and finds them", async () => {
    const answer = await put(
      { timestamp: now - 5, message: "GET /\n  200" },
      { timestamp: now, message: "größer" },
    );

    assert.equal(answer.rejectedLogEventsInfo, undefined);
    assert.match(answer.nextSequenceToken ?? "", /^\d{56}$/);
    assert.deepEqual(await messages(), [
      [-5, "GET /\n  200"],
      [0, "größer"],
    ]);
    const filter = new FilterLogEventsCommand({ logGroupName, filterPattern: "größer" });
    assert.equal((await client.send(filter)).events?.[0]?.logStreamName, logStreamName);
  });

  it("keeps streams and events over restarts", async () => {
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "empty" }));
    await put({ timestamp: now, message: "one\ntwo" });
    await stop();
    await start();

    assert.deepEqual(await streams(), ["empty", logStreamName]);
    assert.deepEqual(await messages(), [[0, "one\ntwo"]]);
    await assert.rejects(client.send(new CreateLogStreamCommand(stream)), {
      name: "ResourceAlreadyExistsException",
      message: "The specified log stream already exists",
    });
  });

  it("makes metrics of what is embedded", async () => {
    const _aws = {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace: "Web", Dimensions: [[]], Metrics: [{ Name: "Hits" }] }],
    };
    await put({ timestamp: now, message: JSON.stringify({ _aws, Hits: 3 }) });

    assert.deepEqual(
      metrics.map(({ namespace, name, value }) => [namespace, name, value]),
      [["Web", "Hits", 3]],
    );
  });

  for (const [what, timestamps, rejected, kept] of [
    [
      "too long ago",
      [-15 * 24, -14.5 * 24],
      { tooOldLogEventEndIndex: 2, expiredLogEventEndIndex: 2 },
      [],
    ],
    [
      "before what the group keeps",
      [-7 * 24 - 1, -7 * 24],
      { expiredLogEventEndIndex: 1 },
      [-7 * 24],
    ],
    ["in the future", [0, 1, 3, 4], { tooNewLogEventStartIndex: 2 }, [0, 1]],
  ] as const) {
    it(`leaves out events from ${what}, says which, and takes the others`, async () => {
      const events = timestamps.map((hours) => ({ timestamp: now + hours * hour, message: "m" }));

      const { rejectedLogEventsInfo } = await put(...events);

      assert.deepEqual(rejectedLogEventsInfo, rejected);
      const times = kept.map((hours) => [hours * hour, "m"]);
      assert.deepEqual(await messages(), times);
    });
  }

  for (const [what, events, message] of [
    [
      "in no order",
      [now, now - 1].map((timestamp) => ({ timestamp, message: "m" })),
      "Log events in a single PutLogEvents request must be in chronological order.",
    ],
    [
      "of more than a day",
      [now - 24 * hour - 1, now].map((timestamp) => ({ timestamp, message: "m" })),
      "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
    ],
    [
      "that are too large together",
      Array.from({ length: 4 }, () => ({ timestamp: now, message: "m".repeat(256 * 1024 - 25) })),
      "Upload too large: 1048580 bytes exceeds limit of 1048576",
    ],
    ["without a message", [{ timestamp: now, message: "" }], /'logEvents\.1\.member\.message'/],
    ["of which there are none", [], /'logEvents' failed to satisfy constraint/],
  ] as const) {
    it(`refuses events ${what}, and keeps none of them`, async () => {
      await assert.rejects(put(...events), { name: "InvalidParameterException", message });
      assert.deepEqual(await messages(), []);
    });
  }

  it("refuses groups and streams that there are not", async () => {
    const logEvents = [{ timestamp: now, message: "m" }];
    for (const [named, message] of [
      [{ logGroupName, logStreamName: "other" }, "The specified log stream does not exist."],
      [{ logGroupName: "/other", logStreamName }, "The specified log group does not exist."],
    ] as const) {
      await assert.rejects(client.send(new PutLogEventsCommand({ ...named, logEvents })), {
        name: "ResourceNotFoundException",
        message,
      });
    }
    await assert.rejects(
      client.send(new CreateLogStreamCommand({ logGroupName: "/other", logStreamName })),
      { name: "ResourceNotFoundException" },
    );
  });

  it("makes no groups, and tells of those that are there, as programs try that make them", async () => {
    await assert.rejects(client.send(new CreateLogGroupCommand({ logGroupName })), {
      name: "ResourceAlreadyExistsException",
    });
    await assert.rejects(client.send(new CreateLogGroupCommand({ logGroupName: "/new" })), {
      name: "NotImplemented",
      message: /does not emulate CreateLogGroup of CloudWatch Logs/,
    });
  });

  it("asks for permissions on the stream", async () => {
    const arn = `arn:aws:logs:eu-west-1:123456789012:log-group:${logGroupName}:log-stream:i-*`;
    const credentials = lab.roleThatMay(["logs:PutLogEvents", "logs:CreateLogStream"], [arn]);
    const other = lab.client(CloudWatchLogsClient, { credentials });
    const logEvents = [{ timestamp: now, message: "m" }];
    await other.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "i-2" }));
    await other.send(new PutLogEventsCommand({ logGroupName, logStreamName: "i-2", logEvents }));

    for (const command of [
      new CreateLogStreamCommand({ logGroupName, logStreamName: "x" }),
      new PutLogEventsCommand({ logGroupName, logStreamName: "x", logEvents }),
      new CreateLogGroupCommand({ logGroupName }),
    ]) {
      await assert.rejects(other.send(command as CreateLogGroupCommand), {
        name: "AccessDeniedException",
      });
    }
  });
});
