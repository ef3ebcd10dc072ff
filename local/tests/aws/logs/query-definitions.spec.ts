import assert from "node:assert/strict";
import { QueryDefinitions } from "../../../aws/logs/query-definitions";

const query = { id: "1", name: "team/errors", queryString: "fields @message", logGroupNames: [] };

describe("QueryDefinitions", () => {
  let definitions: QueryDefinitions;

  beforeEach(() => {
    definitions = new QueryDefinitions(() => new Date(5));
  });

  it("keep the latest of each id, by name", () => {
    definitions.put(query);
    definitions.put({ ...query, id: "2", name: "a" });
    definitions.put({ ...query, queryString: "limit 1" });
    assert.deepEqual(definitions.all(), [
      { ...query, id: "2", name: "a", lastModified: 5 },
      { ...query, queryString: "limit 1", lastModified: 5 },
    ]);
    definitions.delete("2");
    assert.deepEqual(
      definitions.all().map(({ id }) => id),
      ["1"],
    );
  });

  const refused = {
    "without a name": { name: "" },
    "with a name of 256 characters": { name: "a".repeat(256) },
    "without a text": { queryString: "" },
    "with a text of 10,001 characters": { queryString: "a".repeat(10_001) },
    "of 51 log groups": { logGroupNames: Array.from({ length: 51 }, (_, index) => `/${index}`) },
  };
  for (const [what, change] of Object.entries(refused)) {
    it(`refuse one ${what}`, () => {
      assert.throws(
        () => {
          definitions.put({ ...query, ...change });
        },
        { code: "InvalidParameterException" },
      );
      assert.deepEqual(definitions.all(), []);
    });
  }

  it("are a thousand at most", () => {
    for (let id = 0; id < 1000; id++) {
      definitions.put({ ...query, id: String(id) });
    }
    assert.throws(
      () => {
        definitions.put({ ...query, id: "more" });
      },
      { code: "LimitExceededException" },
    );
    definitions.put({ ...query, id: "999", name: "changed" });
  });
});
