import assert from "node:assert/strict";
import { serviceContext, userContext, usersSettings } from "./callers";
import { recordsTable, useDynamoDb } from "./dynamodb";
import { RecordRequests } from "./records/support";
import { type Exchange, settings, useSdkSettings } from "./support";

const match = (etag: unknown) => ({ headers: { "If-Match": String(etag) } });

function answerOf({ statusCode, body }: Exchange): unknown[] {
  return body.code === undefined ? [statusCode] : [statusCode, body.code];
}

describe("delete-record", () => {
  useSdkSettings();
  const dynamoDb = useDynamoDb(recordsTable);
  const records = new RecordRequests(dynamoDb);

  beforeEach(() => {
    records.environment = settings;
  });

  it("removes a record; twice is as once", async () => {
    await records.put("a", "{}");
    for (const time of ["first", "second"]) {
      const { statusCode, bodyText } = await records.delete("a");
      assert.deepEqual([statusCode, bodyText], [204, ""]);
      assert.equal(await records.stored("a"), undefined, time);
    }
  });

  it("removes no other than If-Match says, and nothing is what there is not", async () => {
    const { headers } = await records.put("a", '{"v":1}');
    assert.deepEqual(answerOf(await records.delete("a", match('"x"'))), [
      412,
      "PreconditionFailed",
    ]);
    await records.put("a", '{"v":2}');
    const stale = await records.delete("a", match(headers?.ETag));
    assert.deepEqual(answerOf(stale), [412, "PreconditionFailed"]);
    assert.deepEqual((await records.get("a")).body, { id: "a", v: 2 });
    const current = match((await records.get("a")).headers?.ETag);
    for (const time of ["first", "second"]) {
      assert.deepEqual(answerOf(await records.delete("a", current)), [204], time);
    }
  });

  it("removes nothing that If-None-Match names", async () => {
    const { headers } = await records.put("a", "{}");
    const unless = (etag: unknown) => ({ headers: { "If-None-Match": String(etag) } });
    for (const etag of [headers?.ETag, `W/${String(headers?.ETag)}`, "*"]) {
      const answer = await records.delete("a", unless(etag));
      assert.deepEqual(answerOf(answer), [412, "PreconditionFailed"], String(etag));
    }
    assert.ok(await records.stored("a"));
    assert.deepEqual(answerOf(await records.delete("a", unless('"x"'))), [204]);
    assert.deepEqual(answerOf(await records.delete("a", unless("*"))), [204], "nothing is there");
  });

  it("removes what was put into the table by hand", async () => {
    await records.store({ id: { S: "a" }, n: { N: "1" } });
    assert.deepEqual(answerOf(await records.delete("a", match("*"))), [204]);
    assert.equal(await records.stored("a"), undefined);
  });

  it("refuses what can be no id, and a query", async () => {
    assert.deepEqual(answerOf(await records.delete("\n")), [400, "InvalidRequest"]);
    const query = { query: { a: "b" } };
    assert.deepEqual(answerOf(await records.delete("a", query)), [400, "InvalidRequest"]);
  });

  it("is for a user's own, of which it says so even if an answer of DynamoDB was lost", async () => {
    records.environment = { ...settings, ...usersSettings };
    const ada = { authorizer: { ...userContext("ada") } };
    const bob = { authorizer: { ...userContext("bob") } };
    await records.put("a", "{}", ada);
    await records.store({ id: { S: "nobody's" } });
    for (const id of ["a", "nobody's", "none"]) {
      assert.deepEqual(answerOf(await records.delete(id, bob)), [404, "RecordNotFound"]);
      const matching = { ...bob, ...match("*") };
      assert.deepEqual(answerOf(await records.delete(id, matching)), [404, "RecordNotFound"]);
    }
    assert.ok(await records.stored("a"));
    assert.ok(await records.stored("nobody's"));
    let isLost = false;
    dynamoDb().faults = {
      decide: (_, operation) => {
        const kind = operation === "DeleteItem" && !isLost ? "drop" : undefined;
        isLost ||= kind !== undefined;
        return kind && { kind, moment: 0 };
      },
    };
    assert.deepEqual(answerOf(await records.delete("a", ada)), [204]);
    assert.equal(isLost, true);
    assert.deepEqual(answerOf(await records.delete("a", ada)), [404, "RecordNotFound"]);
    for (const sender of [
      { authorizer: serviceContext },
      { authorizer: { ...userContext("root", "admin") } },
    ]) {
      assert.deepEqual(answerOf(await records.delete("nobody's", sender)), [204]);
      await records.store({ id: { S: "nobody's" } });
    }
  });
});
