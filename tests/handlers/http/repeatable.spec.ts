import assert from "node:assert/strict";
import { Logger } from "@aws-lambda-powertools/logger";
import { createTypedDynamoDb } from "../../../handlers/aws/clients";
import { createApiHandler } from "../../../handlers/http/api-handler";
import { Idempotency } from "../../../handlers/http/idempotency";
import { parseExactly } from "../../../handlers/http/json";
import { repeatable } from "../../../handlers/http/repeatable";
import { jsonResponse } from "../../../handlers/http/responses";
import { serviceContext, userContext, usersSettings } from "../callers";
import { idempotencyTable, useDynamoDb } from "../dynamodb";
import { apiEvent, call, type RequestParts, settings, useSdkSettings } from "../support";

/** JSON's value; of other text, its bytes. */
function parse(text: string): unknown {
  return /^\s*[{[]/.test(text) ? parseExactly(text) : Buffer.from(text);
}

describe("repeatable", () => {
  useSdkSettings();
  const service = useDynamoDb(idempotencyTable);
  let count: number;

  beforeEach(() => {
    count = 0;
  });

  /** Sends a request to an operation that makes ids `1`, `2` and so on. */
  function send(
    parts: RequestParts & { key?: string; name?: string } = {},
    changed: NodeJS.ProcessEnv = {},
  ) {
    const { key, name = "operation-1", ...rest } = parts;
    const idempotency = new Idempotency(createTypedDynamoDb(), settings.IDEMPOTENCY_TABLE);
    const operation = repeatable(idempotency, {
      name,
      newId: () => String(++count),
      parse: ({ body }) => ({ value: parse(body ?? ""), left: undefined }),
      act: (_input, id) => Promise.resolve(id),
      respond: (id) => jsonResponse(201, { id }),
    });
    const { headers, ...others } = rest;
    const all = { ...(key !== undefined && { "idempotency-KEY": key }), ...headers };
    const handler = createApiHandler(new Logger(), { ...settings, ...changed }, operation);
    return call(handler, apiEvent({ headers: all, ...others }));
  }

  it("leaves requests without a key alone", async () => {
    assert.deepEqual((await send()).body, { id: "1" });
    assert.deepEqual((await send()).body, { id: "2" });
    assert.deepEqual(service().asked, []);
  });

  it("replays the answer to a key, and says so", async () => {
    const first = await send({ key: "k", body: "ü" });
    assert.equal(first.statusCode, 201);
    assert.equal(first.headers?.["Idempotency-Replayed"], undefined);
    const { statusCode, headers, bodyText } = await send({ key: "k", body: "ü" });
    assert.deepEqual(headers, { ...first.headers, "Idempotency-Replayed": "true" });
    assert.deepEqual([statusCode, bodyText], [201, first.bodyText]);
  });

  it("refuses a key that came with another request", async () => {
    await send({ key: "k", body: "a" });
    const { statusCode, body, headers } = await send({ key: "k", body: "b" });
    assert.equal(statusCode, 422);
    assert.equal(body.code, "IdempotencyKeyReused");
    assert.equal(headers?.["Access-Control-Allow-Origin"], "*");
  });

  it("takes the same JSON value for the same request, however it is written", async () => {
    const first = await send({ key: "k", body: '{"a":1,"b":[{"c":"é","d":1.5}]}' });
    for (const body of [
      '{"b":[{"d":1.5,"c":"é"}],"a":1}',
      ' {"a" : 1.0,\n"b": [{"c": "\\u00e9", "d": 15e-1}]}',
    ]) {
      const again = await send({ key: "k", body });
      assert.deepEqual([again.statusCode, again.bodyText], [201, first.bodyText]);
    }
    for (const body of ['{"a":"1","b":[]}', '{"a":1}', '[{"c":"é","d":1.5}]']) {
      assert.equal((await send({ key: "k", body })).statusCode, 422);
    }
  });

  it("keeps keys of API keys and of operations apart", async () => {
    const ids: unknown[] = [];
    for (const parts of [{}, { apiKeyId: "key-2" }, { name: "operation-2" }, { key: "K" }]) {
      ids.push((await send({ key: "k", ...parts })).body.id);
    }
    assert.deepEqual(ids, ["1", "2", "3", "4"]);
  });

  it("keeps keys of callers apart, who come by one key of the API", async () => {
    const ids: unknown[] = [];
    const contexts = [
      userContext("ada"),
      userContext("bob"),
      userContext("ada", "admin"),
      serviceContext,
    ];
    for (const authorizer of [...contexts, ...contexts]) {
      const parts = { key: "k", authorizer: { ...authorizer } };
      ids.push((await send(parts, usersSettings)).body.id);
    }
    assert.deepEqual(ids, ["1", "2", "3", "4", "1", "2", "3", "4"]);
  });

  it("knows a user's keys again when the API key that users' requests count to was rotated", async () => {
    const ids: unknown[] = [];
    for (const authorizer of [userContext("ada"), userContext("ada", "admin"), serviceContext]) {
      for (const apiKeyId of ["key-1", "key-2"]) {
        const parts = { key: "k", apiKeyId, authorizer: { ...authorizer } };
        ids.push((await send(parts, usersSettings)).body.id);
      }
    }
    // Every request takes an id, but a replay has the first one's.
    assert.deepEqual(ids, ["1", "1", "3", "3", "5", "6"]);
  });

  it("stores no CORS headers, so that a replay has those of the page that asks", async () => {
    const changed = { ALLOWED_ORIGINS: '["https://a.test","https://b.test"]' };
    const origins: unknown[] = [];
    for (const Origin of ["https://a.test", "https://b.test", "https://c.test", "https://a.test"]) {
      const { headers } = await send({ key: "k", headers: { Origin } }, changed);
      origins.push(headers?.["Access-Control-Allow-Origin"]);
    }
    assert.deepEqual(origins, ["https://a.test", "https://b.test", undefined, "https://a.test"]);
    assert.doesNotMatch(JSON.stringify(service().asked), /Access-Control/);
  });

  for (const key of ["a", "!~", "x".repeat(255)]) {
    it(`takes a key of ${key.length} characters`, async () => {
      assert.equal((await send({ key })).statusCode, 201);
    });
  }

  it("refuses two keys", async () => {
    const { statusCode, body } = await send({ headers: { "Idempotency-Key": ["a", "b"] } });
    assert.deepEqual([statusCode, body.code, count], [400, "InvalidIdempotencyKey", 0]);
  });

  for (const key of ["", " ", "a b", "ü", "a\t", "a\n", "x".repeat(256)]) {
    it(`refuses the key ${JSON.stringify(key.slice(0, 10))}`, async () => {
      const { statusCode, body } = await send({ key });
      assert.equal(statusCode, 400);
      assert.equal(body.code, "InvalidIdempotencyKey");
      assert.equal(count, 0);
    });
  }

  it("keeps keys and requests out of log and table", async () => {
    const { logText } = await send({ key: "SECRET-KEY", body: "SECRET-BODY" });
    assert.doesNotMatch(logText, /SECRET/);
    assert.doesNotMatch(JSON.stringify(service().asked), /SECRET/);
  });
});
