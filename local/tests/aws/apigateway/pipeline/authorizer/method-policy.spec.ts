import assert from "node:assert/strict";
import {
  compileMethodPolicy,
  type Verdict,
} from "../../../../../aws/apigateway/pipeline/authorizer/method-policy";
import { statement } from "../../authorizer-lab";

const api = "arn:aws:execute-api:us-east-1:123456789012:abcdefghij";
const arn = `${api}/prod/GET/images/7/url`;

const policy = (...statements: readonly object[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});
const judge = (...statements: readonly object[]): Verdict =>
  compileMethodPolicy(policy(...statements))(arn);

describe("compileMethodPolicy", () => {
  for (const resource of [
    "*",
    arn,
    `${api}/*`,
    `${api}/prod/*`,
    `${api}/prod/*/*`,
    `${api}/*/GET/*`,
    `${api}/prod/GET/images/*`,
    `${api}/prod/GET/images/*/url`,
    `${api}/prod/GET/images/?/url`,
    `${api}/prod/???/images/7/url`,
    `${api}/p*url`,
    "arn:aws:execute-api:*:*:*",
    "arn:aws:execute-api:*:123456789012:*/prod/*",
    [`${api}/prod/POST/*`, `${api}/prod/GET/*`],
  ]) {
    it(`covers the method by ${JSON.stringify(resource)}`, () => {
      assert.equal(judge(statement("Allow", resource)), "allow");
      assert.equal(judge(statement("Deny", resource)), "explicit-deny");
    });
  }

  for (const resource of [
    `${api}/prod/POST/*`,
    `${api}/test/*`,
    `${api}/prod/GET/images`,
    `${api}/prod/GET/images/7`,
    `${api}/prod/GET/images/{id}/url`,
    `${api}/prod/get/images/7/url`,
    `${api}/prod/GET/images/??/url`,
    api,
    "arn:aws:execute-api:us-east-1:123456789012:other/*",
    "arn:aws:execute-api:eu-west-1:123456789012:*",
    "arn:aws:execute-api:us-east-1:210987654321:*",
  ]) {
    it(`does not cover it by ${resource}`, () => {
      assert.equal(judge(statement("Allow", resource)), "implicit-deny");
      assert.equal(judge(statement("Deny", resource)), "implicit-deny");
    });
  }

  it("prefers a denial, wherever it stands", () => {
    const deny = statement("Deny", `${api}/*/GET/images/*`);
    assert.equal(judge(statement("Allow"), deny), "explicit-deny");
    assert.equal(judge(deny, statement("Allow")), "explicit-deny");
    assert.equal(judge(statement("Allow"), statement("Deny", `${api}/*/PUT/*`)), "allow");
  });

  it("takes a statement that stands in no list", () => {
    const single = { Version: "2012-10-17", Statement: statement("Allow") };
    assert.equal(compileMethodPolicy(single)(arn), "allow");
  });

  it("minds the action", () => {
    const act = (Action: unknown) => judge({ Effect: "Allow", Action, Resource: "*" });
    for (const action of ["execute-api:Invoke", "execute-api:invoke", "execute-api:*", "*"]) {
      assert.equal(act(action), "allow", action);
      assert.equal(act(["s3:GetObject", action]), "allow", action);
    }
    for (const action of ["execute-api:ManageConnections", "s3:*", "execute-api:Invok"]) {
      assert.equal(act(action), "implicit-deny", action);
    }
  });

  it("evaluates NotResource and NotAction", () => {
    const base = { Effect: "Allow", Action: "execute-api:Invoke" };
    const others = `${api}/*/POST/*`;
    assert.equal(judge({ ...base, NotResource: others }), "allow");
    assert.equal(judge({ ...base, NotResource: [others, `${api}/*/GET/*`] }), "implicit-deny");
    assert.equal(judge({ ...base, Effect: "Deny", NotResource: others }), "explicit-deny");
    const notAction = { Effect: "Allow", Resource: "*" };
    assert.equal(judge({ ...notAction, NotAction: "s3:*" }), "allow");
    assert.equal(judge({ ...notAction, NotAction: "execute-api:*" }), "implicit-deny");
  });

  for (const [what, document] of [
    ["a text", "{}"],
    ["no statement", { Version: "2012-10-17" }],
    ["an empty list of statements", policy()],
    ["an unknown effect", policy({ ...statement("Allow"), Effect: "allow" })],
    ["no action", policy({ Effect: "Allow", Resource: "*" })],
    ["no resource", policy({ Effect: "Allow", Action: "*" })],
    ["a principal", policy({ ...statement("Allow"), Principal: "*" })],
    ["a resource of too few parts", policy(statement("Allow", "arn:aws:execute-api:*:*"))],
    ["a resource that is no ARN", policy(statement("Allow", "/images"))],
    ["a field of its own", policy({ ...statement("Allow"), Scope: "all" })],
    ["a resource too long", policy(statement("Allow", `${api}/${"x".repeat(500)}`))],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => compileMethodPolicy(document), { code: "MalformedPolicyDocument" });
    });
  }

  it("does not ignore conditions", () => {
    const Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
    for (const effect of ["Allow", "Deny"] as const) {
      assert.throws(() => judge({ ...statement(effect), Condition }), {
        name: "PolicyNotEmulated",
      });
    }
  });
});
