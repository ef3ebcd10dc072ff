import assert from "node:assert/strict";
import type { GuardDuty } from "../../aws/guardduty/guardduty";
import type { PlanDefinition } from "../../aws/guardduty/plan";
import { guarddutyResources } from "../../provider/guardduty";
import { checkByProviderRules } from "../../provider/rules";
import type { PlannedResource, Properties, ResourceRequest } from "../../provider/resource";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const type = "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan";
const role = "arn:aws:iam::123456789012:role/scan";
const good = {
  role,
  protectedResource: { s3Bucket: { bucketName: "photos", objectPrefixes: ["uploads/"] } },
  actions: [{ taggings: [{ status: "ENABLED" }] }],
};

describe("guarddutyResources", () => {
  let calls: [string, PlanDefinition | string][];

  beforeEach(() => {
    calls = [];
  });

  async function plan(
    inputs: Properties,
    existing: Pick<ResourceRequest, "existing"> = {},
  ): Promise<PlannedResource> {
    const guardduty = {
      arn: (id: string) => `arn:plan/${id}`,
      createPlan: (definition: PlanDefinition) => {
        calls.push(["create", definition]);
        return Promise.resolve();
      },
      restorePlan: (definition: PlanDefinition) => calls.push(["restore", definition]),
      deletePlan: (id: string) => calls.push(["delete", id]),
    } as unknown as GuardDuty;
    const planner = guarddutyResources(guardduty, account)[type] ?? assert.fail();
    return planner({
      type,
      name: "scan",
      urn: `urn:pulumi:local::darkroom::${type}::scan`,
      inputs,
      projectDir: "",
      physicalName: () => "",
      stableId: (_purpose, length) => "f".repeat(length),
      ...existing,
    });
  }

  const createdAt = new Date("2026-01-31T12:00:00Z");
  const definition = {
    id: "f".repeat(32),
    roleArn: role,
    bucket: "photos",
    prefixes: ["uploads/"],
    tagsObjects: true,
    createdAt,
    tags: {},
  };

  it("makes a plan, and says what AWS says of it", async () => {
    const { id, outputs, create } = await plan({ ...good, tags: { a: "b" } });
    assert.equal(id, definition.id);
    const { createdAt: time, ...rest } = outputs;
    const made = new Date(String(time));
    assert.ok(Math.abs(made.getTime() - Date.now()) < 60_000);
    assert.deepEqual(rest, {
      ...good,
      tags: { a: "b" },
      tagsAll: { a: "b" },
      arn: `arn:plan/${id}`,
      region: "us-east-1",
      status: "ACTIVE",
    });
    await create();
    assert.deepEqual(calls, [["create", { ...definition, createdAt: made, tags: { a: "b" } }]]);
  });

  it("brings a plan back without trying out its role again, and deletes it", async () => {
    const outputs = { createdAt: createdAt.toISOString() };
    const { restore, remove } = await plan(good, { existing: { id: definition.id, outputs } });
    await restore?.();
    await remove?.();
    assert.deepEqual(calls, [
      ["restore", definition],
      ["delete", definition.id],
    ]);
  });

  it("scans all of a bucket, and tags nothing, unless told otherwise", async () => {
    const { create } = await plan({
      role,
      protectedResource: { s3Bucket: { bucketName: "photos" } },
      actions: [{ taggings: [{ status: "DISABLED" }] }],
    });
    await create();
    assert.partialDeepStrictEqual(calls, [["create", { prefixes: [], tagsObjects: false }]]);
  });

  it("refuses more prefixes than GuardDuty takes", async () => {
    const objectPrefixes = ["a", "b", "c", "d", "e", "f"];
    await assert.rejects(
      plan({ ...good, protectedResource: { s3Bucket: { bucketName: "p", objectPrefixes } } }),
      /at most 5 prefixes/,
    );
  });
});

describe("the provider's rules on malware protection plans", () => {
  it("accept what is well formed", () => {
    assert.deepEqual(checkByProviderRules(type, good), []);
  });

  for (const [what, change] of Object.entries({
    "no role": { role: undefined },
    "a role that is no ARN": { role: "scan" },
    "no bucket": { protectedResource: { s3Bucket: {} } },
    "another status": { actions: [{ taggings: [{ status: "ON" }] }] },
    "a plan's own argument that there is not": { detectorId: "x" },
  })) {
    it(`refuse ${what}`, () => {
      assert.equal(checkByProviderRules(type, { ...good, ...change }).length, 1);
    });
  }
});
