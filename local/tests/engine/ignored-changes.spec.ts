import assert from "node:assert/strict";

import { withoutIgnoredChanges } from "../../engine/ignored-changes";

describe("withoutIgnoredChanges", () => {
  const before = {
    version: "1",
    tags: { Team: "a", "cost centre": "7" },
    rules: [{ id: "x", days: 1 }],
  };
  const after = {
    version: "2",
    tags: { Team: "b", "cost centre": "8", Owner: "c" },
    rules: [{ id: "y", days: 2 }, { id: "z" }],
    description: "new",
  };

  it("leaves all as it is where nothing is ignored", () => {
    assert.deepEqual(withoutIgnoredChanges(before, after, []), after);
  });

  it("keeps what there is at a path", () => {
    assert.deepEqual(withoutIgnoredChanges(before, after, ["version"]), {
      ...after,
      version: "1",
    });
    assert.deepEqual(withoutIgnoredChanges(before, after, ["tags"]), {
      ...after,
      tags: before.tags,
    });
  });

  it("keeps what is inside of an input, also by a quoted key and an index", () => {
    assert.deepEqual(withoutIgnoredChanges(before, after, ["tags.Team"]).tags, {
      ...after.tags,
      Team: "a",
    });
    assert.deepEqual(withoutIgnoredChanges(before, after, ['tags["cost centre"]']).tags, {
      ...after.tags,
      "cost centre": "7",
    });
    assert.deepEqual(withoutIgnoredChanges(before, after, ["rules[0].days"]).rules, [
      { id: "y", days: 1 },
      { id: "z" },
    ]);
  });

  it("takes away what is new, and brings back what is gone", () => {
    assert.deepEqual(withoutIgnoredChanges(before, after, ["description"]), {
      version: "2",
      tags: after.tags,
      rules: after.rules,
    });
    assert.deepEqual(withoutIgnoredChanges(before, { version: "2" }, ["tags"]), {
      version: "2",
      tags: before.tags,
    });
  });

  it("takes * for any key", () => {
    assert.deepEqual(withoutIgnoredChanges(before, after, ["*"]), before);
    assert.deepEqual(withoutIgnoredChanges(before, after, ["tags.*"]).tags, before.tags);
    assert.deepEqual(withoutIgnoredChanges(before, after, ["rules[*].id"]).rules, [
      { id: "x", days: 2 },
      { id: "z" },
    ]);
  });
});
