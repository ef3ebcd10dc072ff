import assert from "node:assert/strict";
import { userContext, usersSettings } from "./callers";
import { recordsTable, useDynamoDb } from "./dynamodb";
import { RecordRequests } from "./records/support";
import { settings, useSdkSettings } from "./support";

describe("get-record", () => {
  useSdkSettings();
  const records = new RecordRequests(useDynamoDb(recordsTable));

  beforeEach(() => {
    records.environment = settings;
  });

  it("gives back what PUT was given: every number, text, name and nesting", async () => {
    const members = [
      '"numbers":[0,1,-1,12345678901234567890123456789012345678,0.1,1e125,-1e-130,9007199254740993]',
      '"empty":["",[],{},null,false,true]',
      '"nested":{"a":[{"b":[[{"c":"d"}]]}]}',
      '"constructor":1,"toString":null,"hasOwnProperty":"h"',
      '" spaced name ":"\\u0000\\t\\n","é😀\\u0001":"\\ufffd"',
      '"N":{"S":"1"},"B":"AQID","L":[{"M":{}}],"NULL":true',
    ];
    const { statusCode } = await records.put("a", `{${members.join()}}`);
    assert.equal(statusCode, 201);
    const { bodyText, headers, statusCode: status } = await records.get("a");
    assert.equal(status, 200);
    assert.equal(headers?.["Cache-Control"], "private, no-cache");
    const digits = [
      "[0,1,-1,12345678901234567890123456789012345678,0.1,",
      `1${"0".repeat(125)},-0.${"0".repeat(129)}1,9007199254740993]`,
    ].join("");
    assert.ok(bodyText.includes(`"numbers":${digits}`), bodyText);
    const { numbers, ...rest } = JSON.parse(bodyText) as Record<string, unknown>;
    assert.ok(numbers);
    const sent = JSON.parse(`{"id":"a",${members.slice(1).join()}}`) as object;
    assert.deepEqual(sortedEntries(rest), sortedEntries(sent));
  });

  it("gives what was put into the table by hand as plain JSON", async () => {
    await records.store({
      id: { S: "a" },
      numbers: { NS: ["12345678901234567891"] },
      texts: { SS: ["x"] },
      binary: { B: new Uint8Array([1, 2, 3]) },
      binaries: { L: [{ BS: [new Uint8Array([0])] }] },
    });
    const { bodyText, body } = await records.get("a");
    assert.match(bodyText, /"numbers":\[12345678901234567891\]/);
    assert.deepEqual([body.texts, body.binary, body.binaries], [["x"], "AQID", [["AA=="]]]);
  });

  it("tells a client that has it so: 304", async () => {
    await records.put("a", '{"n":1}');
    const { headers } = await records.get("a");
    const etag = String(headers?.ETag);
    for (const known of [etag, `"x", W/${etag}`, "*"]) {
      const answer = await records.get("a", { headers: { "If-None-Match": known } });
      assert.deepEqual([answer.statusCode, answer.bodyText], [304, ""]);
      assert.equal(answer.headers?.ETag, etag);
    }
    await records.put("a", '{"n":2}');
    const changed = await records.get("a", { headers: { "If-None-Match": etag } });
    assert.deepEqual(changed.body, { id: "a", n: 2 });
  });

  it("gives what the client still means alone, where it says so: else 412", async () => {
    await records.put("a", '{"n":1}');
    const etag = String((await records.get("a")).headers?.ETag);
    for (const ifMatch of [etag, `"x", ${etag}`, "*"]) {
      const answer = await records.get("a", { headers: { "If-Match": ifMatch } });
      assert.deepEqual(answer.body, { id: "a", n: 1 });
    }
    await records.put("a", '{"n":2}');
    for (const ifMatch of [etag, '"x"']) {
      const answer = await records.get("a", { headers: { "If-Match": ifMatch } });
      assert.deepEqual([answer.statusCode, answer.body.code], [412, "PreconditionFailed"]);
    }
  });

  it("knows nothing of what there is not, nor of what is no id", async () => {
    const { statusCode, body } = await records.get("a");
    assert.deepEqual([statusCode, body.code], [404, "RecordNotFound"]);
    assert.equal((await records.get("\n")).statusCode, 400);
    assert.equal((await records.get("a", { query: { x: "y" } })).statusCode, 400);
  });

  it("is a user's own alone, whatever the record says of itself", async () => {
    records.environment = { ...settings, ...usersSettings };
    const ada = { authorizer: { ...userContext("ada") } };
    await records.put("a", "{}", ada);
    assert.deepEqual((await records.get("a", ada)).body, { id: "a", userId: "ada" });
    const bob = { authorizer: { ...userContext("bob") } };
    const unknown = await records.get("none", bob);
    const foreign: Parameters<RecordRequests["store"]>[0][] = [
      { id: { S: "b" } },
      { id: { S: "b" }, userId: { L: [{ S: "bob" }] } },
      { id: { S: "b" }, user_id: { S: "bob" } },
      { id: { S: "b" }, userId: { S: "Bob" } },
    ];
    for (const row of foreign) {
      await records.store(row);
      assert.equal((await records.get("b", bob)).bodyText, unknown.bodyText);
    }
    assert.equal((await records.get("a", bob)).bodyText, unknown.bodyText);
    const admin = { authorizer: { ...userContext("root", "admin") } };
    assert.equal((await records.get("a", admin)).statusCode, 200);
  });
});

/** Members in one order, as DynamoDB keeps none. */
function sortedEntries(value: object): unknown {
  return Object.entries(value)
    .map(([name, member]) => [name, JSON.stringify(member)])
    .sort();
}
