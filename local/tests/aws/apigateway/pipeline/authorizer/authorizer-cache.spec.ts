import assert from "node:assert/strict";
import { AuthorizerCache } from "../../../../../aws/apigateway/pipeline/authorizer/authorizer-cache";
import type { AuthorizerResult } from "../../../../../aws/apigateway/pipeline/authorizer/authorizer-result";
import { importApi } from "../../../../../aws/apigateway/openapi/import-api";
import { openApi } from "../../lab";

const deployment = (id: string) => ({
  id,
  createdAt: new Date(0),
  definition: importApi(JSON.stringify(openApi({})), "abcdefghij"),
});
const result = (principalId: string): AuthorizerResult => ({
  principalId,
  policy: () => "allow",
  context: {},
});
const at = (seconds: number) => new Date(seconds * 1000);

describe("AuthorizerCache", () => {
  it("finds a result until it expires, under its own key and deployment", () => {
    const cache = new AuthorizerCache();
    const first = deployment("1");
    cache.keep(first, ["prod", [["a"]]], result("ada"), at(10));
    assert.equal(cache.find(first, ["prod", [["a"]]], at(9.9))?.principalId, "ada");
    assert.equal(cache.find(first, ["prod", [["a"]]], at(10)), undefined);
    assert.equal(cache.find(first, ["prod", [["b"]]], at(0)), undefined);
    assert.equal(cache.find(deployment("1"), ["prod", [["a"]]], at(0)), undefined);
  });

  it("replaces a result by a later one", () => {
    const cache = new AuthorizerCache();
    const one = deployment("1");
    cache.keep(one, ["a"], result("ada"), at(1));
    cache.keep(one, ["a"], result("bob"), at(2));
    assert.equal(cache.find(one, ["a"], at(1.5))?.principalId, "bob");
  });

  it("forgets the oldest of too many", () => {
    const cache = new AuthorizerCache();
    const one = deployment("1");
    for (let index = 0; index <= 10_000; index += 1) {
      cache.keep(one, [index], result("ada"), at(1));
    }
    assert.equal(cache.find(one, [0], at(0)), undefined);
    assert.ok(cache.find(one, [1], at(0)));
    assert.ok(cache.find(one, [10_000], at(0)));
  });
});
