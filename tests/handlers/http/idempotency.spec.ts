import assert from "node:assert/strict";
import {
  type AttributeValue,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import type { APIGatewayProxyResult } from "aws-lambda";
import { createTypedDynamoDb } from "../../../handlers/aws/clients";
import { keptSeconds, type RepeatableRequest } from "../../../handlers/http/claims";
import { ApiError, OutcomeUnknownError } from "../../../handlers/http/errors";
import { type Attempt, Idempotency } from "../../../handlers/http/idempotency";
import { jsonResponse } from "../../../handlers/http/responses";
import { idempotencyTable, useDynamoDb } from "../dynamodb";
import { context, settings, useSdkSettings } from "../support";

describe("Idempotency", () => {
  useSdkSettings();
  const service = useDynamoDb(idempotencyTable);
  const TableName = settings.IDEMPOTENCY_TABLE;
  const request: RepeatableRequest = { scope: "scope-1", digest: "digest-1" };
  const created = jsonResponse(201, { text: "ü\u2028", number: JSON.rawJSON("1.50") });
  let client: DynamoDBClient;
  /** The ids that attempts were given. */
  let madeIds: string[];
  let newIds: number;

  beforeEach(() => {
    client = createTypedDynamoDb();
    madeIds = [];
    newIds = 0;
  });
  afterEach(() => {
    client.destroy();
  });

  /** One attempt, in a process of its own. */
  function run(
    attempt: Attempt = () => Promise.resolve(created),
    {
      remainingMs = 10_000,
      ...changes
    }: Partial<RepeatableRequest> & { remainingMs?: number } = {},
  ): Promise<APIGatewayProxyResult> {
    return new Idempotency(client, TableName).run(
      { ...request, ...changes },
      { ...context, getRemainingTimeInMillis: () => remainingMs },
      `id-${++newIds}`,
      (madeId) => {
        madeIds.push(madeId);
        return attempt(madeId);
      },
    );
  }

  /** An attempt whose function is killed: it never ends, and its time is up at once. */
  async function crash(): Promise<void> {
    await new Promise<void>((resolve) => {
      void run(
        () => {
          resolve();
          return new Promise(() => undefined);
        },
        { remainingMs: -1 },
      );
    });
  }

  async function items(): Promise<Record<string, AttributeValue>[]> {
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    return Items.sort((a, b) => String(a.id?.S).localeCompare(String(b.id?.S)));
  }

  /** Has a call fail, given how many calls of its kind there were before. */
  function fail(command: string, number: number, when: "before" | "after", name: string): void {
    let calls = 0;
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const fails = commandName === command && calls++ === number;
          const output = fails && when === "before" ? undefined : await next(args);
          if (fails || !output) {
            throw Object.assign(new Error("injected"), { name });
          }
          return output;
        },
      { step: "deserialize", priority: "high" },
    );
  }

  const isReused = { statusCode: 422, code: "IdempotencyKeyReused" };

  it("answers a repetition as before, byte for byte, and says so", async () => {
    assert.deepEqual(await run(), created);
    const headers = { ...created.headers, "Idempotency-Replayed": "true" };
    assert.deepEqual(await run(), { ...created, headers });
    assert.deepEqual(await run(), { ...created, headers });
    assert.deepEqual(madeIds, ["id-1"]);
  });

  it("tells requests apart", async () => {
    await run();
    await run(undefined, { scope: "scope-2" });
    assert.deepEqual(madeIds, ["id-1", "id-2"]);
  });

  it("refuses another request under the key of one that was answered", async () => {
    await run();
    await assert.rejects(run(undefined, { digest: "digest-2" }), isReused);
    assert.deepEqual(madeIds, ["id-1"]);
  });

  it("asks those that come meanwhile to come again, or refuses them", async () => {
    let others: PromiseSettledResult<unknown>[] = [];
    await run(async () => {
      others = await Promise.allSettled([run(), run(undefined, { digest: "digest-2" })]);
      return created;
    });
    const [same, other] = others.map((result) => "reason" in result && (result.reason as ApiError));
    assert.ok(same && other);
    assert.equal(same.statusCode, 409);
    assert.equal(same.code, "RequestInProgress");
    assert.deepEqual(same.headers, { "Retry-After": "1" });
    assert.equal(other.code, "IdempotencyKeyReused");
    assert.deepEqual(madeIds, ["id-1"]);
  });

  it("has one of many at a time do the work", async () => {
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => run()));
    const statuses = results.map((result) =>
      result.status === "fulfilled"
        ? result.value.statusCode
        : (result.reason as ApiError).statusCode,
    );
    assert.ok(statuses.every((status) => status === 201 || status === 409));
    assert.equal(madeIds.length, 1);
  });

  it("forgets a request that was refused, so that its key is free", async () => {
    const refusal = new ApiError(413, "TooLarge", "It is too large.");
    await assert.rejects(
      run(() => Promise.reject(refusal)),
      refusal,
    );
    assert.deepEqual(await items(), []);
    await run(undefined, { digest: "digest-2" });
    assert.deepEqual(madeIds, ["id-1", "id-2"]);
  });

  for (const [what, failure] of [
    ["a failure", new Error("S3 is down.")],
    ["one of which nobody knows what it has done", new OutcomeUnknownError("Who knows?")],
  ] as const) {
    it(`goes on under the same id after ${what}`, async () => {
      await assert.rejects(
        run(() => Promise.reject(failure)),
        failure,
      );
      await assert.rejects(run(undefined, { digest: "digest-2" }), isReused);
      assert.deepEqual(await run(), created);
      assert.deepEqual(madeIds, ["id-1", "id-1"]);
    });
  }

  it("goes on under the same id after a crash", async () => {
    await crash();
    assert.equal((await items()).length, 2);
    assert.deepEqual(await run(), created);
    assert.deepEqual(madeIds, ["id-1", "id-1"]);
  });

  it("keeps the id of a crashed attempt when the next one is refused", async () => {
    await crash();
    await assert.rejects(run(() => Promise.reject(new ApiError(413, "TooLarge", "Too large."))));
    await run();
    assert.deepEqual(madeIds, ["id-1", "id-1", "id-1"]);
  });

  it("refuses another request after a crash", async () => {
    await crash();
    await assert.rejects(run(undefined, { digest: "digest-2" }), isReused);
    await run();
    assert.deepEqual(madeIds, ["id-1", "id-1"]);
  });

  it("goes on under the same id when the answer was not stored", async () => {
    fail("UpdateItemCommand", 0, "before", "Refused");
    await assert.rejects(run(undefined, { remainingMs: -1 }));
    assert.deepEqual(await run(), created);
    assert.deepEqual(madeIds, ["id-1", "id-1"]);
  });

  for (const [what, command, number] of [
    ["the mark that it is in progress", "PutItemCommand", 0],
    ["the claim", "PutItemCommand", 1],
    ["the stored answer", "UpdateItemCommand", 0],
  ] as const) {
    it(`is not confused when DynamoDB's word on ${what} is lost`, async () => {
      fail(command, number, "after", "TimeoutError");
      assert.deepEqual(await run(), created);
      assert.deepEqual(madeIds, ["id-1"]);
      assert.equal((await run()).headers?.["Idempotency-Replayed"], "true");
    });
  }

  it("leaves nothing when the claim cannot be made", async () => {
    fail("PutItemCommand", 1, "before", "Refused");
    await assert.rejects(run(), { message: "injected" });
    assert.deepEqual(await items(), []);
    assert.deepEqual(await run(), created);
  });

  it("bars others until its time is up when its answer cannot be stored", async () => {
    fail("UpdateItemCommand", 0, "before", "Refused");
    await assert.rejects(run(undefined, { remainingMs: 100_000 }));
    await assert.rejects(run(), { code: "RequestInProgress" });
    assert.deepEqual(madeIds, ["id-1"]);
  });

  it("forgets after a day, although DynamoDB removes items later", async () => {
    await run();
    const now = Date.now() / 1000;
    const kept = await items();
    assert.equal(kept.length, 2);
    for (const item of kept) {
      assert.ok(Math.abs(Number(item.expiration?.N) - now - keptSeconds) < 60);
      await client.send(
        new PutItemCommand({
          TableName,
          Item: { ...item, expiration: { N: String(Math.floor(now) - 1) } },
        }),
      );
    }
    assert.deepEqual(await run(undefined, { digest: "digest-2" }), created);
    assert.deepEqual(madeIds, ["id-1", "id-2"]);
  });

  it("never has the claim outlive the answer", async () => {
    await run();
    const [answer, claim] = await items();
    assert.ok(Number(claim?.expiration?.N) <= Number(answer?.expiration?.N));
  });

  it("uses no more of the table than to put, update and delete", async () => {
    await run();
    await run();
    await assert.rejects(
      run(() => Promise.reject(new ApiError(400, "Bad", "It is bad.")), { scope: "scope-2" }),
    );
    assert.deepEqual([...new Set(service().asked.map(({ action }) => action))].sort(), [
      "dynamodb:DeleteItem",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
    ]);
  });

  it("stores the largest answer of all", async () => {
    const large = jsonResponse(200, { text: "€".repeat(87_000), escaped: '"'.repeat(600) });
    await run(() => Promise.resolve(large));
    assert.equal((await run()).body, large.body);
  });
});
