import assert from "node:assert/strict";
import { readAuthorizerResult } from "../../../../../aws/apigateway/pipeline/authorizer/authorizer-result";
import { statement, verdict } from "../../authorizer-lab";

const read = (value: unknown) => readAuthorizerResult(JSON.stringify(value));
const allow = [statement("Allow")];

describe("readAuthorizerResult", () => {
  it("reads principal, policy, context and key", () => {
    const { policy, ...rest } = read(
      verdict(allow, { context: { a: "b", c: 1, d: false }, usageIdentifierKey: "k", more: 1 }),
    );
    assert.deepEqual(rest, {
      principalId: "ada",
      context: { a: "b", c: "1", d: "false" },
      usageIdentifierKey: "k",
    });
    assert.equal(policy("arn:aws:execute-api:us-east-1:123456789012:a/b/GET/c"), "allow");
  });

  it("needs neither context nor key", () => {
    for (const more of [{}, { context: null, usageIdentifierKey: null }]) {
      const { context, usageIdentifierKey } = read(verdict(allow, more));
      assert.deepEqual(context, {});
      assert.equal(usageIdentifierKey, undefined);
    }
  });

  it("takes an empty principal and one that is a number", () => {
    assert.equal(read(verdict(allow, { principalId: "" })).principalId, "");
    assert.equal(read(verdict(allow, { principalId: 7 })).principalId, "7");
  });

  for (const [what, value, message] of [
    ["nothing", null, /^: /],
    ["a text", "allow", /^: /],
    ["a list", [], /^: /],
    ["a reply of a proxy integration", { statusCode: 401, body: "" }, /^principalId: /],
    ["no principal", verdict(allow, { principalId: undefined }), /^principalId: /],
    ["a principal that is null", verdict(allow, { principalId: null }), /^principalId: /],
    ["no policy", { principalId: "ada" }, /^policyDocument: /],
    ["a policy that is a text", { principalId: "ada", policyDocument: "{}" }, /^policyDocument: /],
    ["an empty policy", { principalId: "ada", policyDocument: {} }, /^policyDocument: /],
    ["an object in the context", verdict(allow, { context: { a: { b: 1 } } }), /^context\.a: /],
    ["a list in the context", verdict(allow, { context: { a: ["b"] } }), /^context\.a: /],
    ["null in the context", verdict(allow, { context: { a: null } }), /^context\.a: /],
    ["a context that is a list", verdict(allow, { context: ["a"] }), /^context: /],
    ["a context that is a text", verdict(allow, { context: "a" }), /^context: /],
    ["a key that is no text", verdict(allow, { usageIdentifierKey: 1 }), /^usageIdentifierKey: /],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(value), { name: "MalformedResult", message });
    });
  }

  it("refuses what is no JSON", () => {
    assert.throws(() => readAuthorizerResult(""), { name: "MalformedResult" });
  });
});
