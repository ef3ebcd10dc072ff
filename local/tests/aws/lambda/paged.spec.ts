import assert from "node:assert/strict";

import { paged } from "../../../aws/lambda/paged";

describe("paged", () => {
  const all = Array.from({ length: 120 }, (_, at) => at);

  it("gives fewer than are asked for, as many as the operation gives at once", () => {
    const query = new URLSearchParams({ MaxItems: "110" });
    assert.equal(paged(all, query).items.length, 50);
    const { items, next } = paged(all, query, { atOnce: 100 });
    assert.equal(items.length, 100);
    const rest = paged(all, new URLSearchParams({ Marker: next ?? "" }), { atOnce: 100 });
    assert.deepEqual(rest, { items: all.slice(100), next: undefined });
  });

  it("refuses more than may be asked for", () => {
    const query = new URLSearchParams({ MaxItems: "51" });
    assert.throws(() => paged(all, query, { most: 50 }), {
      code: "ValidationException",
      message: /^1 validation error detected: Value '51' at 'maxItems' failed to .* equal to 50$/,
    });
  });
});
