import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AwsError } from "../../../aws/aws-error";
import { lambdaDelaySeconds, type Backoff, type RetryCause } from "../../../aws/lambda/event-queue";
import type { LambdaOptions } from "../../../aws/lambda/lambda-options";
import { LocalSqs } from "../sqs/support/local-sqs";
import { LocalLambda } from "./support/local-lambda";

const failing = 'exports.handler = async () => { throw new RangeError("no"); };';
const echo = "exports.handler = async (event) => event;";
const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:resize";
const queueArn = "arn:aws:sqs:eu-west-1:123456789012:failures";

const atOnce: Backoff = () => Promise.resolve();

/** Waits until the end of the run. */
const never: Backoff = (_retry, _cause, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(new Error("stopped"));
    });
  });

describe("events", () => {
  let dataDir: string;
  const started: LocalLambda[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "events-"));
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((local) => local.stop()));
    await rm(dataDir, { recursive: true });
  });

  /** Another Lambda on the same folder, whose queue tries again at once. */
  async function start(overrides: Partial<LambdaOptions> = {}): Promise<LocalLambda> {
    const local = await LocalLambda.start({ dataDir, backoff: atOnce, ...overrides });
    started.push(local);
    return local;
  }

  /** Another Lambda with the function `resize`. */
  async function startWith(
    source: string,
    overrides: Partial<LambdaOptions> = {},
  ): Promise<LocalLambda> {
    const local = await start(overrides);
    await local.create(source);
    return local;
  }

  const stored = () => readdirSync(join(dataDir, "events"));

  describe("retries", () => {
    for (const maximumRetryAttempts of [0, 2]) {
      it(`are ${maximumRetryAttempts}, and then a record goes to the failure destination`, async () => {
        const causes: unknown[] = [];
        const local = await startWith(failing, {
          backoff: (retry, cause) => {
            causes.push([retry, cause]);
            return Promise.resolve();
          },
        });
        local.lambda.putFunctionEventInvokeConfig("resize", {
          maximumRetryAttempts,
          onFailure: queueArn,
          onSuccess: `${queueArn}-not`,
        });
        const requestId = await local.queue({ id: 7 });
        const { timestamp, responsePayload, ...others } = await recordFrom(local);
        assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000);
        assert.equal(responsePayload.errorType, "RangeError");
        assert.deepEqual(others, {
          version: "1.0",
          requestContext: {
            requestId,
            functionArn: `${functionArn}:$LATEST`,
            condition: "RetriesExhausted",
            approximateInvokeCount: maximumRetryAttempts + 1,
          },
          requestPayload: { id: 7 },
          responseContext: {
            statusCode: 200,
            executedVersion: "$LATEST",
            functionError: "Unhandled",
          },
        });
        assert.deepEqual(
          causes,
          [
            [1, "failed"],
            [2, "failed"],
          ].slice(0, maximumRetryAttempts),
        );
        assert.deepEqual(stored(), []);
      });
    }

    it("end when the event is too old", async () => {
      let now = Date.now();
      const local = await startWith(failing, {
        clock: () => new Date(now),
        backoff: () => {
          now += 60_001;
          return Promise.resolve();
        },
      });
      const config = { maximumEventAgeSeconds: 60, onFailure: queueArn };
      local.lambda.putFunctionEventInvokeConfig("resize", config);
      await local.queue();
      const { condition, approximateInvokeCount } = (await recordFrom(local)).requestContext;
      assert.deepEqual([condition, approximateInvokeCount], ["EventAgeExceeded", 1]);
    });

    it("are none where the function may not run at all", async () => {
      const local = await start({ backoff: never });
      await local.create(echo, { reservedConcurrency: 0 });
      local.lambda.publishVersion("resize");
      local.lambda.putFunctionEventInvokeConfig("resize", { onFailure: queueArn });
      const requestId = await local.queue({ id: 7 });
      const { timestamp, ...record } = await recordFrom(local);
      assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000);
      assert.deepEqual(record, {
        version: "1.0",
        requestContext: {
          requestId,
          functionArn: `${functionArn}:$LATEST`,
          condition: "ZeroReservedConcurrency",
          approximateInvokeCount: 0,
        },
        requestPayload: { id: 7 },
      });
      assert.deepEqual(stored(), []);
    });

    it("do not count what was throttled", async () => {
      const causes: unknown[] = [];
      const first = await startWith(echo, {
        faults: { decide: () => ({ kind: "throttle", moment: 0 }) },
        backoff: (retry, cause, signal) => {
          causes.push([retry, cause]);
          return retry === 1 ? Promise.resolve() : never(retry, cause, signal);
        },
      });
      await first.queue();
      await until(() => causes.length === 2);
      await first.lambda.stop();
      assert.deepEqual(causes, [
        [1, "throttled"],
        [2, "throttled"],
      ]);
      const local = await startWith(echo);
      local.lambda.putFunctionEventInvokeConfig("resize", { onSuccess: queueArn });
      local.lambda.resume();
      assert.equal((await recordFrom(local)).requestContext.approximateInvokeCount, 1);
    });

    it("wait a minute and two after failures, and ever longer after throttles", () => {
      const delays = (cause: RetryCause, ...retries: number[]) =>
        retries.map((retry) => lambdaDelaySeconds(retry, cause));
      assert.deepEqual(delays("failed", 1, 2), [60, 120]);
      assert.deepEqual(delays("throttled", 1, 2, 3, 9, 10), [1, 2, 4, 256, 300]);
    });
  });

  describe("the queue", () => {
    it("keeps an accepted event until its function has succeeded", async () => {
      const local = await startWith(echo);
      local.lambda.putFunctionEventInvokeConfig("resize", { onSuccess: queueArn });
      const requestId = await local.queue({ id: 7 });
      assert.deepEqual(stored(), [`${requestId}.json`]);
      const { requestContext, responsePayload } = await recordFrom(local);
      assert.equal(requestContext.condition, "Success");
      assert.deepEqual(responsePayload, { id: 7 });
    });

    it("takes up after a restart what waited for a retry, failures counted", async () => {
      let waits = false;
      const first = await startWith(failing, {
        backoff: (...wait) => {
          waits = true;
          return never(...wait);
        },
      });
      const requestId = await first.queue({ id: 7 });
      await until(() => waits);
      await first.lambda.stop();
      const local = await startWith(failing);
      const config = { maximumRetryAttempts: 1, onFailure: queueArn };
      local.lambda.putFunctionEventInvokeConfig("resize", config);
      local.lambda.resume();
      const { requestContext } = await recordFrom(local);
      assert.equal(requestContext.requestId, requestId);
      assert.equal(requestContext.approximateInvokeCount, 2);
    });

    it("takes up what was interrupted by a stop, and does not count that as a failure", async () => {
      const first = await startWith(
        "exports.handler = () => { console.log('runs'); return new Promise(() => setTimeout(() => {}, 60_000)); };",
      );
      const requestId = await first.queue();
      await first.lambda.stop();
      assert.deepEqual(stored(), [`${requestId}.json`]);
      const local = await startWith(echo);
      local.lambda.putFunctionEventInvokeConfig("resize", { onSuccess: queueArn });
      local.lambda.resume();
      const { requestContext } = await recordFrom(local);
      assert.equal(requestContext.requestId, requestId);
      assert.equal(requestContext.approximateInvokeCount, 1);
    });

    it("leaves what an earlier run accepted alone until it is told to resume", async () => {
      const first = await startWith(failing, { backoff: never });
      await first.queue();
      await first.lambda.stop();
      const local = await startWith(echo);
      await local.lambda.stop();
      assert.equal(stored().length, 1);
    });

    it("drops the events of a function that is gone, and says so", async () => {
      const first = await startWith(failing, { backoff: never });
      const requestId = await first.queue();
      await first.lambda.stop();
      const local = await start();
      local.lambda.resume();
      assert.deepEqual(local.notices, [`Request ${requestId} is dropped: function resize is gone`]);
      assert.deepEqual(stored(), []);
    });
  });

  describe("destinations", () => {
    let sqs: LocalSqs;

    beforeEach(async () => {
      sqs = await LocalSqs.start();
      sqs.sqs.createQueue({ name: "failures" });
    });

    afterEach(() => sqs.stop());

    /** A function in a role with these permissions, sending to the real SQS. */
    async function createIn(source: string, ...actions: string[]): Promise<LocalLambda> {
      const local = await start({
        queues: sqs.sqs,
        credentials: (session) =>
          sqs.iam.assumeRole({ ...session, service: "lambda.amazonaws.com" }),
      });
      await local.create(source, { roleArn: sqs.role(...actions).arn });
      return local;
    }

    it("get records in the name of the function's role", async () => {
      const local = await createIn(failing, "sqs:SendMessage");
      local.lambda.putFunctionEventInvokeConfig("resize", {
        maximumRetryAttempts: 0,
        onFailure: queueArn,
      });
      await local.queue();
      await until(() => sqs.valuesOf("NumberOfMessagesSent").length === 1);
    });

    it("are refused where the role may not send to them, as in AWS", async () => {
      const local = await createIn(failing);
      assert.throws(
        () => {
          local.lambda.putFunctionEventInvokeConfig("resize", { onFailure: queueArn });
        },
        {
          code: "InvalidParameterValueException",
          message: `The function's execution role does not have permissions to call SendMessage on ${queueArn}`,
        },
      );
      assert.match(
        sqs.notices.join(),
        /^Refused: resize by worker: sqs:SendMessage on \S+, asked for because it is a destination of function resize: no statement/,
      );
    });

    it("are refused when they do not exist, or are no queues", async () => {
      const local = await createIn(failing, "sqs:*");
      const refuses = (onFailure: string, expected: object) => {
        assert.throws(() => {
          local.lambda.putFunctionEventInvokeConfig("resize", { onFailure });
        }, expected);
      };
      refuses(`${queueArn}-none`, {
        code: "InvalidParameterValueException",
        message: `The destination ARN ${queueArn}-none is invalid.`,
      });
      refuses("failures", { code: "InvalidParameterValueException" });
      refuses("arn:aws:sns:eu-west-1:123456789012:alerts", {
        code: "NotImplemented",
        message: /does not emulate destinations of sns/,
      });
    });

    it("that refuse a record lose it, which is printed and measured", async () => {
      const local = await startWith(failing, {
        queues: {
          send: () => {
            throw new AwsError("AccessDeniedException", "not allowed", 403);
          },
          checkSend: () => undefined,
        },
      });
      local.lambda.putFunctionEventInvokeConfig("resize", {
        maximumRetryAttempts: 0,
        onFailure: queueArn,
      });
      const requestId = await local.queue();
      await until(() => local.valuesOf("DestinationDeliveryFailures").length === 1);
      assert.equal(
        local.notices.at(-1),
        `Request ${requestId} of function resize is dropped: ${queueArn} refused its record: not allowed`,
      );
      assert.deepEqual(stored(), []);
    });

    it("are not needed: without one, an event that is given up is printed", async () => {
      const local = await startWith(failing);
      const requestId = await local.queue();
      await until(() => local.notices.length === 4);
      assert.equal(
        local.notices.at(-1),
        `Request ${requestId} of function resize is dropped: RetriesExhausted, and there is no destination for failures`,
      );
    });
  });

  it("have settings within AWS's bounds", async () => {
    const local = await startWith(echo);
    const refuses = (config: object) => {
      assert.throws(
        () => {
          local.lambda.putFunctionEventInvokeConfig("resize", config);
        },
        { code: "ValidationException" },
      );
    };
    refuses({ maximumRetryAttempts: 3 });
    refuses({ maximumEventAgeSeconds: 59 });
    refuses({ maximumEventAgeSeconds: 21_601 });
    assert.throws(
      () => {
        local.lambda.putFunctionEventInvokeConfig("none", {});
      },
      { code: "ResourceNotFoundException" },
    );
  });
});

interface InvocationRecord {
  timestamp: string;
  requestContext: Record<string, unknown>;
  responsePayload: Record<string, unknown>;
}

/** The first record that was sent to a destination. */
async function recordFrom(local: LocalLambda): Promise<InvocationRecord> {
  await until(() => local.sent.length > 0);
  return local.sent[0] as InvocationRecord;
}

/** Resolves once `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
