import assert from "node:assert/strict";

import { computedAnew } from "../../provider/computed-anew";

describe("computedAnew", () => {
  const type = "aws:lambda/function:Function";
  const before = { name: "resize", timeout: 3, publish: true, tags: { Team: "a" } };
  const ofVersion = ["qualifiedArn", "qualifiedInvokeArn", "version"];

  it("is what tells the version where one will be published", () => {
    assert.deepEqual(computedAnew(type, before, { ...before, timeout: 4 }), [
      "lastModified",
      ...ofVersion,
    ]);
    const unpublished = { ...before, publish: false };
    assert.deepEqual(computedAnew(type, unpublished, before), ofVersion);
  });

  it("is no version where none will be published", () => {
    const unpublished = { ...before, publish: false };
    assert.deepEqual(computedAnew(type, before, unpublished), []);
    assert.deepEqual(computedAnew(type, unpublished, { ...unpublished, timeout: 4 }), [
      "lastModified",
    ]);
    assert.deepEqual(computedAnew(type, before, { ...before, tags: { Team: "b" } }), []);
    assert.deepEqual(computedAnew(type, before, before), []);
  });

  it("is nothing of other resources", () => {
    assert.deepEqual(computedAnew("aws:sqs/queue:Queue", {}, { timeout: 4, publish: true }), []);
  });
});
