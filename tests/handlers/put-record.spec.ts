import assert from "node:assert/strict";
import type { FaultKind } from "../../local/aws/types";
import { createHandler } from "../../handlers/put-record";
import { serviceContext, userContext, usersSettings } from "./callers";
import { recordsTable, useDynamoDb } from "./dynamodb";
import { RecordRequests } from "./records/support";
import {
  apiEvent,
  call,
  type Exchange,
  type RequestParts,
  settings,
  useSdkSettings,
} from "./support";

const match = (etag: unknown) => ({ headers: { "If-Match": String(etag) } });
/** What six send at once. */
const bodies = [1, 2, 3, 4, 5, 6].map((v) => `{"v":${v}}`);

const absent = { headers: { "If-None-Match": "*" } };

function assertRefused(exchange: Exchange, status: number, code: string, text = /./): void {
  assert.deepEqual([exchange.statusCode, exchange.body.code], [status, code], exchange.bodyText);
  assert.match(String(exchange.body.error), text);
}

describe("put-record", () => {
  useSdkSettings();
  const dynamoDb = useDynamoDb(recordsTable);
  const records = new RecordRequests(dynamoDb);

  beforeEach(() => {
    records.environment = settings;
  });

  async function assertNothingStored(id = "a"): Promise<void> {
    assert.equal(await records.stored(id), undefined);
  }

  it("keeps a record that there was not before: 201, and 200 once there is one", async () => {
    const created = await records.put("a", '{"n":1,"text":""}');
    assert.equal(created.statusCode, 201);
    assert.deepEqual(created.body, { id: "a", n: 1, text: "" });
    const { $revision, ...row } = (await records.stored("a")) ?? {};
    assert.match($revision?.S ?? "", /^[0-9a-f-]{36}$/);
    assert.deepEqual(row, { id: { S: "a" }, n: { N: "1" }, text: { S: "" } });
    const replaced = await records.put("a", '{"id":"a","other":[null]}');
    assert.equal(replaced.statusCode, 200);
    assert.deepEqual(replaced.body, { id: "a", other: [null] });
    const { $revision: next, ...all } = (await records.stored("a")) ?? {};
    assert.notEqual(next?.S, $revision?.S);
    assert.deepEqual(all, { id: { S: "a" }, other: { L: [{ NULL: true }] } });
  });

  it("answers with the entity tag that GET gives, however the JSON is written", async () => {
    const first = await records.put("a", '{"n":1.50,"m":{"x":1e2,"y":-0}}');
    const { headers } = await records.get("a");
    const { ETag, "Cache-Control": caching } = first.headers ?? {};
    assert.match(String(ETag), /^"[\w-]{43}"$/);
    assert.deepEqual([headers?.ETag, caching], [ETag, "private, no-cache"]);
    const again = await records.put("a", '{"id":"a","m":{"y":0,"x":100},"n":1.5}');
    assert.equal(again.headers?.ETag, ETag);
    const other = await records.put("a", '{"n":1.51}');
    assert.notEqual(other.headers?.ETag, ETag);
  });

  it("does what it does only if the record is as If-Match says", async () => {
    assertRefused(await records.put("a", "{}", match("*")), 412, "PreconditionFailed");
    await assertNothingStored();
    const { headers } = await records.put("a", '{"v":1}');
    assertRefused(await records.put("a", '{"v":2}', match('"x"')), 412, "PreconditionFailed");
    const weak = `W/${String(headers?.ETag)}`;
    assertRefused(await records.put("a", '{"v":2}', match(weak)), 412, "PreconditionFailed");
    assert.deepEqual((await records.get("a")).body, { id: "a", v: 1 });
    const listed = match(`"x", ${String(headers?.ETag)}`);
    assert.equal((await records.put("a", '{"v":2}', listed)).statusCode, 200);
    assertRefused(await records.put("a", '{"v":3}', listed), 412, "PreconditionFailed");
    assert.equal((await records.put("a", '{"v":3}', match("*"))).statusCode, 200);
  });

  it("does nothing to a record that is there if If-None-Match says so", async () => {
    const { statusCode, headers } = await records.put("a", '{"v":1}', absent);
    assert.equal(statusCode, 201);
    assertRefused(await records.put("a", '{"v":2}', absent), 412, "PreconditionFailed");
    const known = { headers: { "If-None-Match": String(headers?.ETag) } };
    assertRefused(await records.put("a", '{"v":2}', known), 412, "PreconditionFailed");
    const other = { headers: { "If-None-Match": '"x"' } };
    assert.equal((await records.put("a", '{"v":2}', other)).statusCode, 200);
  });

  it("lets one of many through who all mean the same record", async () => {
    const { headers } = await records.put("a", '{"v":0}');
    const statuses = await records.putTogether(
      ...bodies.map((body) => ["a", body, match(headers?.ETag)] as [string, string, object]),
    );
    assert.deepEqual(statuses.sort(), [200, 412, 412, 412, 412, 412]);
    const created = await records.putTogether(
      ...bodies.map((body) => ["new", body, absent] as [string, string, object]),
    );
    assert.deepEqual(created.sort(), [201, 412, 412, 412, 412, 412]);
  });

  it("lets all through who mean whatever there is, one after the other", async () => {
    const statuses = await records.putTogether(
      ...bodies.map((body) => ["a", body] as [string, string]),
    );
    assert.deepEqual(statuses.sort(), [200, 200, 200, 200, 200, 201]);
  });

  it("honours conditions on records that were put into the table by hand", async () => {
    await records.store({ id: { S: "a" }, n: { N: "1.0" }, set: { SS: ["x"] } });
    assertRefused(await records.put("a", "{}", absent), 412, "PreconditionFailed");
    const { headers } = await records.get("a");
    assert.equal((await records.put("a", '{"v":1}', match(headers?.ETag))).statusCode, 200);
    await records.store({ id: { S: "a" }, $revision: { N: "7" } });
    assert.equal((await records.put("a", '{"v":2}', match("*"))).statusCode, 200);
  });

  for (const kind of ["drop", "throttle", "error"] satisfies FaultKind[]) {
    it(`creates once, and says so, when an answer of DynamoDB is lost or refused: ${kind}`, async () => {
      const faults = [kind];
      dynamoDb().faults = {
        decide: (_, operation) => {
          const next = operation === "PutItem" ? faults.shift() : undefined;
          return next && { kind: next, moment: 0 };
        },
      };
      const { statusCode } = await records.put("a", '{"v":1}', absent);
      assert.deepEqual([statusCode, faults], [201, []]);
      assert.deepEqual((await records.get("a")).body, { id: "a", v: 1 });
    });
  }

  it("takes an id of any characters that POST /process takes", async () => {
    for (const id of ["a/b", "50%", "%2F", "é 😀", "a+b", "?#&=", "..", "x".repeat(1024)]) {
      assert.equal((await records.put(id, "{}")).statusCode, 201, id);
      assert.deepEqual((await records.get(id)).body, { id });
      assert.deepEqual((await records.stored(id))?.id, { S: id });
    }
  });

  it("refuses a path that is no id", async () => {
    const longest = "€".repeat(682);
    assert.equal((await records.put(longest, "{}")).statusCode, 201);
    for (const id of ["\n", "x".repeat(1025), `${longest}€`]) {
      assertRefused(await records.put(id, "{}"), 400, "InvalidRequest", /^id /);
    }
    for (const id of ["%", "%zz", "%ff", "%c3"]) {
      const event = apiEvent({ method: "PUT", resource: "/records/{id}", id, body: "{}" });
      const exchange = await call(createHandler(settings), event);
      assertRefused(exchange, 400, "InvalidRequest", /^id must be UTF-8, percent-encoded\.$/);
    }
  });

  for (const body of [
    "null",
    "5",
    '"text"',
    "[]",
    "",
    "{",
    '{"id":"b"}',
    '{"id":""}',
    '{"id":5}',
  ]) {
    it(`refuses the body ${body}`, async () => {
      assertRefused(await records.put("a", body), 400, "InvalidRequest", /^(body|id) /);
      await assertNothingStored();
    });
  }

  it("refuses a query, and a body of another type", async () => {
    const query = { query: { a: "b" } };
    assertRefused(await records.put("a", "{}", query), 400, "InvalidRequest", /^a is not accepted/);
    const text = { headers: { "Content-Type": "text/plain" } };
    assertRefused(await records.put("a", "{}", text), 415, "UnsupportedMediaType");
    await assertNothingStored();
  });

  it("refuses more than 256 KB, and keeps just that", async () => {
    const bodyOf = (bytes: number) => `{"x":"${"x".repeat(bytes - 8)}"}`;
    assert.equal(bodyOf(262_144).length, 262_144);
    const refused = await records.put("a", bodyOf(262_145));
    assertRefused(refused, 413, "RequestTooLarge");
    assert.equal(refused.body.maxBytes, 262_144);
    await assertNothingStored();
    assert.equal((await records.put("a", bodyOf(262_144))).statusCode, 201);
    assert.equal((await records.get("a")).body.x, "x".repeat(262_136));
  });

  it("says what DynamoDB does not keep, and where it is", async () => {
    const exchange = await records.put("a", '{"n":[1,1e126],"m":{"":0},"t":{"u":["\\ud800"]}}');
    assertRefused(exchange, 400, "InvalidRequest");
    assert.deepEqual(exchange.body.details, [
      { field: "n.1", problem: "must be 0, or from 1e-130 to below 1e126", pointer: "/n/1" },
      { field: "m", problem: "must not have a member without a name", pointer: "/m" },
      {
        field: "t.u.0",
        problem: "must not contain unpaired surrogates",
        pointer: "/t/u/0",
      },
    ]);
    await assertNothingStored();
  });

  it("refuses the name that it keeps for itself", async () => {
    const exchange = await records.put("a", '{"$revision":"1"}');
    assertRefused(exchange, 400, "InvalidRequest", /\$revision, which is reserved/);
    assert.equal((await records.put("a", '{"m":{"$revision":"1"}}')).statusCode, 201);
  });

  it("logs neither id nor content", async () => {
    const { logText } = await records.put("SECRET-ID", '{"SECRET-NAME":"SECRET-TEXT"}');
    assert.match(logText, /put-record|received/);
    assert.doesNotMatch(logText, /SECRET/);
  });

  describe("of a user", () => {
    const ada = { authorizer: { ...userContext("ada") } };
    const bob = { authorizer: { ...userContext("bob") } };
    const admin = { authorizer: { ...userContext("root", "admin") } };
    const program = { authorizer: serviceContext };

    beforeEach(() => {
      records.environment = { ...settings, ...usersSettings };
    });

    it("makes the record the user's, who may say so", async () => {
      for (const body of ["{}", '{"userId":"ada"}', '{"user_id":"ada"}']) {
        const { statusCode, body: kept } = await records.put("a", body, ada);
        assert.ok(statusCode < 300);
        assert.equal(kept.userId, "ada");
        assert.deepEqual((await records.stored("a"))?.userId, { S: "ada" });
      }
    });

    for (const field of ["userId", "user_id"]) {
      for (const userId of ["bob", null, ["ada"], 5]) {
        it(`does not make it another's by ${field} ${JSON.stringify(userId)}`, async () => {
          const body = JSON.stringify({ [field]: userId });
          assertRefused(await records.put("a", body, ada), 403, "NotYourUser");
          await assertNothingStored();
        });
      }
    }

    it("touches no record of another, and none of nobody", async () => {
      await records.put("a", '{"v":1}', ada);
      await records.store({ id: { S: "nobody's" }, v: { N: "1" } });
      const before = [await records.stored("a"), await records.stored("nobody's")];
      for (const id of ["a", "nobody's"]) {
        const conditions: Record<string, string>[] = [
          {},
          { "If-Match": "*" },
          { "If-None-Match": "*" },
        ];
        for (const headers of conditions) {
          const exchange = await records.put(id, '{"v":2}', { ...bob, headers });
          assertRefused(exchange, 404, "RecordNotFound");
        }
      }
      assert.deepEqual([await records.stored("a"), await records.stored("nobody's")], before);
    });

    it("lets one of several users have an id that they put at once", async () => {
      const users = ["ada", "bob", "cyd", "dan"];
      const statuses = await records.putTogether(
        ...users.map((userId) => {
          const authorizer = { ...userContext(userId) };
          return ["a", "{}", { authorizer }] as [string, string, RequestParts];
        }),
      );
      assert.deepEqual([...statuses].sort(), [201, 404, 404, 404]);
      const owner = users[statuses.indexOf(201)];
      assert.deepEqual((await records.stored("a"))?.userId, { S: owner });
    });

    it("lets admins and programs say whose it is to be, and change whose it is", async () => {
      for (const sender of [admin, program]) {
        await records.put("a", '{"v":1}', sender);
        assert.equal((await records.stored("a"))?.userId, undefined);
        await records.put("a", '{"userId":"ada"}', sender);
        assert.equal((await records.get("a", ada)).statusCode, 200);
        assert.equal((await records.put("a", '{"v":2}', ada)).statusCode, 200);
        await records.delete("a", sender);
      }
    });
  });
});
