import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Policy } from "@pulumi/policy";
import awsTypes from "../../policy-pack/data/aws-types.json";
import { policies } from "../../policy-pack/policies";
import { documentRules } from "../../policy-pack/scripts/document-rules";
import { listAwsTypes } from "../../policy-pack/scripts/list-aws-types";
import { formatted } from "../../scripts/formatted";
import { rulePrograms } from "./programs";

const pack = path.join(__dirname, "../../policy-pack");

describe("the policy pack", () => {
  it("has one policy per file, named as the file, and programs that try each", () => {
    const names = policies.map(({ name }) => name);
    const files = readdirSync(path.join(pack, "policies")).map((file) => path.parse(file).name);
    assert.deepEqual(
      names,
      files.filter((file) => file !== "index"),
    );
    assert.deepEqual(
      rulePrograms.map(({ rule }) => rule),
      names,
    );
  });

  it("describes every policy in full", () => {
    for (const policy of policies as readonly Policy[]) {
      const { name, description, severity, enforcementLevel, remediationSteps, url = "" } = policy;
      assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)+$/);
      assert.match(description, /^[A-Z].*\.$/, name);
      assert.match(remediationSteps ?? "", /^[A-Z].*\.$/, name);
      assert.match(url, /^https:\/\/docs\.aws\.amazon\.com\//, name);
      assert.ok(severity && enforcementLevel, name);
    }
  });

  it("makes what the product promises mandatory, and full access", () => {
    const promises = ["encryption", "public-access", "tags"];
    for (const { name, tags = [], enforcementLevel } of policies as readonly Policy[]) {
      const isPromise = promises.includes(tags[0] ?? "") || name === "iam-role-forbid-full-access";
      assert.equal(enforcementLevel, isPromise ? "mandatory" : "advisory", name);
    }
  });

  it("has a README that lists the policies as they are", async () => {
    const file = path.join(pack, "README.md");
    assert.equal(readFileSync(file, "utf8"), await formatted(documentRules(), file));
  });

  it("knows the types of the installed @pulumi/aws", () => {
    assert.deepEqual(awsTypes, listAwsTypes());
  });
});
