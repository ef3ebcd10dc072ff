import assert from "node:assert/strict";
import type {
  InspectedRequest,
  ManagedStatement,
  RuleAction,
  WebAclDefinition,
  WebAclRule,
} from "../../../aws/waf/types";
import { WebAcl } from "../../../aws/waf/web-acl";

const start = new Date("2026-01-15T10:00:00Z");

function request(changes: Partial<InspectedRequest> = {}): InspectedRequest {
  const headers: Record<string, string> = { "user-agent": "test" };
  return {
    address: "192.0.2.1",
    path: "/images",
    query: "",
    header: (name) => headers[name],
    bodyBytes: 0,
    ...changes,
  };
}

function acl(rules: WebAclRule[], defaultAction: RuleAction = { kind: "allow" }): WebAcl {
  const definition: WebAclDefinition = {
    arn: "arn:acl",
    name: "acl",
    scope: "REGIONAL",
    defaultAction,
    rules,
  };
  return new WebAcl(definition);
}

const rate: WebAclRule = {
  name: "rate",
  priority: 0,
  statement: { kind: "rate", limit: 3, windowSeconds: 300 },
  action: { kind: "block" },
};

function common(changes: Partial<ManagedStatement> = {}): WebAclRule {
  const group = "AWSManagedRulesCommonRuleSet";
  const statement = { kind: "managed" as const, group, overrides: {}, countsOnly: false };
  return {
    name: "common",
    priority: 1,
    statement: { ...statement, ...changes },
    action: { kind: "count" },
  };
}

describe("WebAcl", () => {
  it("lets through what no rule refuses, or else what its default says", () => {
    assert.equal(acl([common()]).inspect(request(), start), undefined);
    const closed = acl([common()], { kind: "block" });
    assert.deepEqual(closed.inspect(request(), start), { rule: "Default_Action" });
  });

  it("refuses an address that asks more often than the limit, until the window has passed", () => {
    const one = acl([rate]);
    const ask = (seconds: number, address = "192.0.2.1") =>
      one.inspect(request({ address }), new Date(start.getTime() + seconds * 1000))?.rule;
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((seconds) => ask(seconds)),
      [undefined, undefined, undefined, "rate", "rate"],
    );
    assert.equal(ask(5, "192.0.2.2"), undefined);
    assert.equal(ask(290), "rate");
    // Of the former window, one request is left.
    assert.equal(ask(311), undefined);
  });

  it("answers what the rule says", () => {
    const response = { status: 429, headers: { "retry-after": "60" }, body: "{}" };
    const one = acl([{ ...rate, action: { kind: "block", response } }]);
    for (let count = 0; count < 3; count++) {
      one.inspect(request(), start);
    }
    assert.deepEqual(one.inspect(request(), start), { rule: "rate", response });
  });

  it("goes by priority, and stops at what allows", () => {
    const statement = { kind: "rate" as const, limit: 0, windowSeconds: 300 };
    const some = acl([
      common(),
      { name: "pass", priority: 0, statement, action: { kind: "allow" } },
    ]);
    assert.equal(some.inspect(request({ bodyBytes: 10_000 }), start), undefined);
  });

  const refused: [string, Partial<InspectedRequest>, Partial<InspectedRequest>][] = [
    ["NoUserAgent_HEADER", { header: () => undefined }, {}],
    ["SizeRestrictions_BODY", { bodyBytes: 8193 }, { bodyBytes: 8192 }],
    ["SizeRestrictions_QUERYSTRING", { query: "a".repeat(2049) }, { query: "a".repeat(2048) }],
    ["SizeRestrictions_URIPATH", { path: "/".padEnd(1025, "a") }, { path: "/".padEnd(1024, "a") }],
    [
      "SizeRestrictions_Cookie_HEADER",
      { header: () => "a".repeat(10_241) },
      { header: () => "a".repeat(10_240) },
    ],
  ];
  for (const [name, bad, good] of refused) {
    it(`applies ${name} of AWS's core rule set, unless it only counts`, () => {
      assert.deepEqual(acl([common()]).inspect(request(bad), start), { rule: "common" });
      assert.equal(acl([common()]).inspect(request(good), start), undefined);
      const counting = common({ overrides: { [name]: { kind: "count" } } });
      assert.equal(acl([counting]).inspect(request(bad), start), undefined);
      assert.equal(acl([common({ countsOnly: true })]).inspect(request(bad), start), undefined);
    });
  }
});
