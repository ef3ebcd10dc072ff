import assert from "node:assert/strict";
import { specialArchiveSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { difference } from "../../../local/provider/diff";
import { replaces } from "../../../local/provider/force-new";

const table = "aws:dynamodb/table:Table";

describe("The difference of inputs", () => {
  it("is none where documents say the same in other words", () => {
    const before = { policy: '{"Version":"2012-10-17","Statement":[]}', tags: { a: "b" } };
    const after = { policy: '{ "Statement": [], "Version": "2012-10-17" }', tags: { a: "b" } };
    assert.deepEqual(difference("aws:iam/policy:Policy", before, after).changes, []);
  });

  it("is none where nothing is written as null", () => {
    assert.deepEqual(difference(table, { ttl: null }, {}).changes, []);
  });

  it("names what was added, changed and removed, however deep", () => {
    const before = { tags: { Old: "1", "a.b": "1" }, attributes: [{ name: "a" }, { name: "b" }] };
    const after = { tags: { New: "1", "a.b": "2" }, attributes: [{ name: "a" }, { name: "c" }] };
    assert.deepEqual(difference(table, before, after).changes, [
      { path: "attributes[1].name", kind: "update", replaces: false },
      { path: "tags.New", kind: "add", replaces: false },
      { path: "tags.Old", kind: "delete", replaces: false },
      { path: 'tags["a.b"]', kind: "update", replaces: false },
    ]);
  });

  it("tells archives apart by their content, not by where they are", () => {
    const archive = (hash: string, path: string) => ({
      [specialSigKey]: specialArchiveSig,
      hash,
      path,
    });
    const type = "aws:lambda/function:Function";
    const before = { code: archive("1", "/old.zip") };
    assert.deepEqual(difference(type, before, { code: archive("1", "/new.zip") }).changes, []);
    assert.deepEqual(difference(type, before, { code: archive("2", "/old.zip") }).changes, [
      { path: "code", kind: "update", replaces: false },
    ]);
  });

  it("replaces a resource when what cannot be changed does", () => {
    const [change] = difference(table, { hashKey: "id" }, { hashKey: "key" }).changes;
    assert.deepEqual(change, { path: "hashKey", kind: "update", replaces: true });
  });

  it("deletes before it replaces where both would have the one name", () => {
    const before = { name: "given", hashKey: "id" };
    assert.equal(difference(table, before, { ...before, hashKey: "k" }).deleteBeforeReplace, true);
    const renamed = difference(table, before, { name: "other", hashKey: "id" });
    assert.equal(renamed.deleteBeforeReplace, false);
    const updated = difference(table, before, { ...before, readCapacity: 5 });
    assert.equal(updated.deleteBeforeReplace, false);
  });

  it("replaces resources of any type that are to be in another region", () => {
    assert.equal(replaces("aws:ec2/vpc:Vpc", "region"), true);
    assert.equal(replaces("aws:ec2/vpc:Vpc", "tags"), false);
  });
});
