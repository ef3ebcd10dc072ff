import assert from "node:assert/strict";
import type { DeclaredWebAcl, RuleAction } from "../../../aws/waf/types";
import { Waf } from "../../../aws/waf/waf";
import { shown } from "./shown";

const stage = "arn:aws:apigateway:us-east-1::/restapis/a1/stages/v1";

function definition(changes: Partial<DeclaredWebAcl> = {}): DeclaredWebAcl {
  const defaultAction: RuleAction = { kind: "block" };
  return {
    arn: "arn:acl",
    name: "acl",
    scope: "REGIONAL",
    defaultAction,
    rules: [],
    shown,
    ...changes,
  };
}

const request = {
  address: "192.0.2.1",
  path: "/",
  query: "",
  header: () => undefined,
  bodyBytes: 0,
};

describe("Waf", () => {
  let lines: string[];
  let waf: Waf;

  beforeEach(() => {
    lines = [];
    waf = new Waf({ notify: (line) => lines.push(line), clock: () => new Date() });
  });

  it("asks the web ACL that protects a stage, until it protects it no more", () => {
    waf.putWebAcl(definition());
    assert.equal(waf.protecting(stage), undefined);
    waf.associate(stage, "arn:acl");
    assert.equal(waf.protecting(stage), "arn:acl");
    assert.deepEqual(waf.inspect("arn:acl", request), { rule: "Default_Action" });
    waf.putWebAcl(definition({ defaultAction: { kind: "allow" } }));
    assert.equal(waf.inspect("arn:acl", request), undefined);
    waf.disassociate(stage);
    assert.equal(waf.protecting(stage), undefined);
  });

  it("knows no web ACL that is not there, or of another scope", () => {
    const missing = { code: "WAFNonexistentItemException" };
    assert.throws(() => {
      waf.associate(stage, "arn:acl");
    }, missing);
    waf.putWebAcl(definition({ scope: "CLOUDFRONT" }));
    assert.throws(() => {
      waf.associate(stage, "arn:acl");
    }, missing);
    assert.doesNotThrow(() => {
      waf.require("arn:acl", "CLOUDFRONT");
    });
  });

  it("keeps a web ACL while it protects something", () => {
    waf.putWebAcl(definition());
    waf.associate(stage, "arn:acl");
    assert.throws(
      () => {
        waf.deleteWebAcl("arn:acl");
      },
      { code: "WAFAssociatedItemException" },
    );
    waf.disassociate(stage);
    waf.deleteWebAcl("arn:acl");
    assert.equal(waf.inspect("arn:acl", request), undefined);
  });

  it("says once which rules AWS alone knows, but for those that only count", () => {
    const group = "AWSManagedRulesCommonRuleSet";
    const rule = (overrides: Readonly<Record<string, RuleAction>>, countsOnly = false) => ({
      name: "common",
      priority: 0,
      statement: { kind: "managed" as const, group, overrides, countsOnly },
      action: { kind: "count" as const },
    });
    waf.putWebAcl(definition({ rules: [rule({ GenericLFI_BODY: { kind: "count" } })] }));
    waf.putWebAcl(definition({ rules: [rule({})] }));
    assert.equal(lines.length, 1);
    assert.match(
      lines[0] ?? "",
      /^The web ACL acl refuses less than at AWS.*UserAgent_BadBots_HEADER/,
    );
    assert.ok(!lines[0]?.includes("GenericLFI_BODY") && lines[0]?.includes("GenericLFI_URIPATH"));
    waf.putWebAcl(definition({ arn: "arn:other", rules: [rule({}, true)] }));
    assert.equal(lines.length, 1);
  });
});
