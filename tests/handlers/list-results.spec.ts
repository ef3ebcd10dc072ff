import assert from "node:assert/strict";
import { v7 as uuidV7 } from "uuid";
import { createDynamoDb } from "../../handlers/aws/clients";
import { createHandler } from "../../handlers/list-results";
import { Results } from "../../handlers/records/results";
import { serviceContext, userContext, usersSettings } from "./callers";
import { useDynamoDb } from "./dynamodb";
import { resultsTable } from "./image-tables";
import {
  apiEvent,
  call,
  type Exchange,
  type RequestParts,
  settings,
  useSdkSettings,
} from "./support";

type Query = Record<string, string>;

describe("list-results", () => {
  useSdkSettings();
  useDynamoDb(resultsTable);
  let environment: NodeJS.ProcessEnv;
  beforeEach(() => {
    environment = settings;
  });

  /** Stores results of one second each, and returns their ids, newest first. */
  async function store(id: string, seconds: readonly number[], userId?: string): Promise<string[]> {
    const results = new Results(createDynamoDb(), settings.RESULTS_TABLE);
    const ids: string[] = [];
    for (const second of seconds) {
      const resultId = uuidV7();
      await results.add({
        resultId,
        id,
        s3Key: `results/${resultId}.json`,
        timestamp: new Date(second * 1000).toISOString(),
        bytes: 10 + second,
        ...(userId !== undefined && { userId }),
      });
      ids.unshift(resultId);
    }
    return ids;
  }

  const list = (query: Query, parts: RequestParts = {}) =>
    call(
      createHandler(environment),
      apiEvent({ method: "GET", resource: "/results", query, ...parts }),
    );

  function idsOf({ statusCode, body, bodyText }: Exchange): string[] {
    assert.equal(statusCode, 200, bodyText);
    return (body.results as { resultId: string }[]).map(({ resultId }) => resultId);
  }

  async function readAll(query: Query, parts: RequestParts = {}): Promise<string[]> {
    const found: string[] = [];
    let cursor: unknown = "";
    while (typeof cursor === "string") {
      const page = await list({ ...query, limit: "2", ...(cursor && { cursor }) }, parts);
      found.push(...idsOf(page));
      cursor = page.body.nextCursor;
    }
    return found;
  }

  it("says what there is to know of each", async () => {
    const [resultId = ""] = await store("r", [5], "ada");
    const { body, headers } = await list({ id: "r" });
    assert.deepEqual(body, {
      results: [
        {
          resultId,
          id: "r",
          timestamp: "1970-01-01T00:00:05.000Z",
          bytes: 15,
          s3Key: `results/${resultId}.json`,
          userId: "ada",
          url: `https://cdn.test/results/${resultId}.json`,
        },
      ],
    });
    assert.equal(headers?.["Cache-Control"], "private, no-store");
  });

  it("lists those of one id, newest first, page by page, also of one millisecond", async () => {
    await store("other", [1, 2]);
    const ids = await store("r", [1, 2, 2, 2, 3, 4, 4]);
    assert.deepEqual(await readAll({ id: "r" }), ids);
    assert.deepEqual(idsOf(await list({ id: "r" })), ids);
    assert.deepEqual((await list({ id: "none" })).body, { results: [] });
  });

  it("has twenty on a page, or as many as are asked for, at most a hundred", async () => {
    const seconds = Array.from({ length: 101 }, (_, second) => second);
    const ids = await store("r", seconds);
    for (const [query, count] of [
      [{}, 20],
      [{ limit: "7" }, 7],
      [{ limit: "101" }, 100],
      [{ limit: "1000" }, 100],
    ] as const) {
      const page = await list({ id: "r", ...query });
      assert.deepEqual(idsOf(page), ids.slice(0, count));
      assert.equal(typeof page.body.nextCursor, "string");
    }
  });

  it("goes on where it was when results are added meanwhile", async () => {
    const ids = await store("r", [1, 2, 3]);
    const { body } = await list({ id: "r", limit: "1" });
    await store("r", [4]);
    const next = await list({ id: "r", cursor: String(body.nextCursor) });
    assert.deepEqual(idsOf(next), ids.slice(1));
    assert.equal(next.body.nextCursor, undefined);
  });

  it("refuses cursors of other lists, and those that were changed", async () => {
    await store("r", [1, 2]);
    await store("s", [1, 2]);
    const cursor = String((await list({ id: "r", limit: "1" })).body.nextCursor);
    const changed = `${cursor.startsWith("A") ? "B" : "A"}${cursor.slice(1)}`;
    for (const query of [
      { id: "s", cursor },
      { id: "r", userId: "ada", cursor },
      { id: "r", cursor: changed },
      { id: "r", cursor: `${cursor}A` },
      { id: "r", cursor: "" },
    ] as Query[]) {
      const { statusCode, body } = await list(query);
      assert.deepEqual([statusCode, body.code], [400, "InvalidCursor"], JSON.stringify(query));
    }
  });

  for (const query of [
    {},
    { id: "" },
    { id: "\n" },
    { id: "x".repeat(1025) },
    { id: "r", limit: "0" },
    { id: "r", limit: "x" },
    { id: "r", userId: "" },
    { id: "r", other: "x" },
  ] as Query[]) {
    it(`refuses the query ${JSON.stringify(query).slice(0, 40)}`, async () => {
      const { statusCode, body } = await list(query);
      assert.deepEqual([statusCode, body.code], [400, "InvalidRequest"]);
    });
  }

  it("shows users their own alone, also of a record's id that others have", async () => {
    environment = { ...settings, ...usersSettings };
    const ids = {
      ada: await store("r", [1, 3], "ada"),
      bob: await store("r", [2, 4], "bob"),
    };
    await store("r", [5]);
    const ada = { authorizer: { ...userContext("ada") } };
    const bob = { authorizer: { ...userContext("bob") } };
    assert.deepEqual(await readAll({ id: "r" }, ada), ids.ada);
    assert.deepEqual(await readAll({ id: "r", user_id: "bob" }, bob), ids.bob);
    const refused = await list({ id: "r", userId: "ada" }, bob);
    assert.deepEqual([refused.statusCode, refused.body.code], [403, "NotYourUser"]);
    const cursor = String((await list({ id: "r", limit: "1" }, ada)).body.nextCursor);
    assert.equal((await list({ id: "r", cursor }, bob)).body.code, "InvalidCursor");
    for (const sender of [
      { authorizer: { ...userContext("root", "admin") } },
      { authorizer: serviceContext },
    ]) {
      assert.equal((await readAll({ id: "r" }, sender)).length, 5);
      assert.deepEqual(await readAll({ id: "r", userId: "ada" }, sender), ids.ada);
    }
  });
});
