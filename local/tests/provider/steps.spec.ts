import assert from "node:assert/strict";
import type { Properties } from "../../provider/resource";
import { deletion, Steps } from "../../provider/steps";
import type { LeftResource, RunResource, Step } from "../../provider/steps";

const table = "aws:dynamodb/table:Table";

function resource(urn: string, inputs: Properties, more: Partial<RunResource> = {}): RunResource {
  return { urn, type: table, custom: true, inputs, ...more };
}

function stepsBetween(before: LeftResource[], after: RunResource[]): Step[] {
  const steps = new Steps(before);
  return [...after.map((each) => steps.to(each).step), ...steps.gone().map(deletion)];
}

describe("The steps between two runs", () => {
  const kinds = (before: LeftResource[], after: RunResource[]) =>
    stepsBetween(before, after).map(({ kind, urn }) => `${kind} ${urn}`);

  it("are one for each resource, and those that go come last, the latest first", () => {
    const before = ["a", "b", "c", "d", "e"].map((urn) => resource(urn, { hashKey: "id" }));
    const after = [
      resource("new", {}),
      resource("a", { hashKey: "id" }),
      resource("b", { hashKey: "id", tags: { a: "1" } }),
      resource("c", { hashKey: "key" }),
    ];
    assert.deepEqual(kinds(before, after), [
      ...["create new", "same a", "update b", "replace c", "delete e", "delete d"],
    ]);
  });

  it("tell what differs", () => {
    const [step] = stepsBetween(
      [resource("a", { tags: {} })],
      [resource("a", { tags: { b: "1" } })],
    );
    assert.deepEqual(step?.changes, [{ path: "tags.b", kind: "add", replaces: false }]);
  });

  it("know a resource by the names that it had before", () => {
    const after = resource("new", {}, { aliases: ["older", "old"] });
    assert.deepEqual(kinds([resource("old", {})], [after]), ["same new"]);
  });

  it("leave out changes that are to be ignored", () => {
    const before = [resource("a", { tags: { a: "1", b: "1" }, readCapacity: 5 })];
    const inputs = { tags: { a: "2", b: "1" }, readCapacity: 6 };
    const ignoring = (...ignoreChanges: string[]) =>
      kinds(before, [resource("a", inputs, { ignoreChanges })]);
    assert.deepEqual(ignoring("tags", "readCapacity"), ["same a"]);
    assert.deepEqual(ignoring("tags.a"), ["update a"]);
    assert.deepEqual(ignoring("*"), ["same a"]);
    assert.deepEqual(ignoring("tag", "read"), ["update a"]);
  });

  it("replace on the changes that the program names", () => {
    const after = resource("a", { tags: { a: "2" } }, { replaceOnChanges: ["tags"] });
    assert.deepEqual(kinds([resource("a", { tags: { a: "1" } })], [after]), ["replace a"]);
  });

  it("never replace a component", () => {
    const component = { custom: false, replaceOnChanges: ["*"] };
    const after = resource("a", { hashKey: "k" }, component);
    assert.deepEqual(kinds([resource("a", { hashKey: "i" })], [after]), ["update a"]);
  });
});
