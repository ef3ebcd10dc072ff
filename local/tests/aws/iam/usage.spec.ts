import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Iam } from "../../../aws/iam/iam";
import { parseResourcePolicy } from "../../../aws/iam/resource-policy";
import type { AuthorizationRequest, Principal } from "../../../aws/iam/types";
import { maxRefusals } from "../../../aws/iam/usage";
import type { RoleUsage } from "../../../aws/iam/usage";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const principal: Principal = {
  kind: "role",
  arn: "arn:aws:sts::123456789012:assumed-role/reader/resize-image",
  roleArn: "arn:aws:iam::123456789012:role/reader",
};
const photo = "arn:aws:s3:::photos/a.jpg";
const photos = "arn:aws:s3:::photos/*";

describe("Usage", () => {
  let dataDir: string;
  let iam: Iam;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "usage-"));
    iam = new Iam({ account, dataDir, notify: () => undefined, clock: () => new Date() });
    const trust = {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    iam.createRole({ name: "reader", assumeRolePolicy: JSON.stringify({ Statement: trust }) });
  });

  afterEach(() => rm(dataDir, { recursive: true }));

  function grant(...statements: object[]): void {
    const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
    const { arn } = iam.createPolicy({
      name: "read",
      document: JSON.stringify({ Version: "2012-10-17", Statement }),
    });
    iam.attachRolePolicy("reader", arn);
  }

  function ask(action: string, change: Partial<AuthorizationRequest> = {}): void {
    iam.authorize({ principal, action, resource: photo, ...change });
  }

  function usage(): RoleUsage {
    const [role] = iam.usage();
    assert.ok(role);
    return role;
  }

  it("lists what is granted, each action on each resource, before anything is used", () => {
    grant({ Sid: "Read", Action: ["s3:GetObject", "s3:PutObject"], Resource: [photos, "*"] });
    const grants = ["s3:GetObject", "s3:PutObject"].flatMap((action) =>
      [photos, "*"].map((resource) => ({
        policy: "policy read",
        statement: "Read",
        action,
        resource,
        used: {},
      })),
    );
    assert.deepEqual(usage(), { role: "reader", grants, refused: [] });
  });

  it("counts each action by the grant that allowed it, however it is written", () => {
    grant({ Action: ["s3:Get*", "s3:PUTOBJECT"], Resource: photos });
    for (const action of ["s3:GetObject", "s3:GetObject", "s3:GetObjectTagging", "s3:PutObject"]) {
      ask(action);
    }
    const used = usage().grants.map((each) => [each.action, each.used]);
    assert.deepEqual(used, [
      ["s3:Get*", { "s3:GetObject": 2, "s3:GetObjectTagging": 1 }],
      ["s3:PUTOBJECT", { "s3:PutObject": 1 }],
    ]);
  });

  it("takes the first of several grants, so that a superfluous one shows", () => {
    grant({ Action: "s3:*", Resource: photos }, { Action: "s3:GetObject", Resource: "*" });
    ask("s3:GetObject");
    assert.deepEqual(
      usage().grants.map(({ used }) => used),
      [{ "s3:GetObject": 1 }, {}],
    );
  });

  it("counts what NotAction and NotResource leave", () => {
    grant({ NotAction: "s3:Delete*", NotResource: "arn:aws:s3:::secret/*" });
    ask("s3:GetObject");
    ask("s3:DeleteObject");
    const { grants, refused } = usage();
    assert.deepEqual(grants[0]?.used, { "s3:GetObject": 1 });
    assert.equal(grants[0].action, "all but s3:Delete*");
    assert.equal(refused[0]?.action, "s3:DeleteObject");
  });

  it("counts no use where the resource's own policy allows, and lists no denial as a grant", () => {
    grant(
      { Action: "s3:GetObject", Resource: photos },
      { Effect: "Deny", Action: "s3:PutObject", Resource: "*" },
    );
    const Statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: photos };
    ask("s3:GetObject", { resourcePolicy: parseResourcePolicy({ Statement }) });
    assert.deepEqual(
      usage().grants.map(({ used }) => used),
      [{}],
    );
  });

  it("counts what was refused, and why", () => {
    grant({ Sid: "Never", Effect: "Deny", Action: "s3:PutObject", Resource: "*" });
    ask("s3:PutObject");
    ask("s3:PutObject");
    const explanation = 'statement "Never" of policy read denies it';
    assert.deepEqual(usage().refused, [
      { action: "s3:PutObject", resource: photo, explanation, count: 2 },
    ]);
  });

  it("stays bounded, whatever keys are asked for", () => {
    grant({ Action: "s3:GetObject", Resource: photos });
    for (let index = 0; index < maxRefusals + 50; index += 1) {
      ask("s3:PutObject", { resource: `${photo}${index}` });
      ask("s3:GetObject", { resource: `${photo}${index}` });
    }
    const { grants, refused } = usage();
    assert.deepEqual(grants[0]?.used, { "s3:GetObject": maxRefusals + 50 });
    assert.equal(refused.length, maxRefusals + 1);
    assert.equal(refused.find(({ resource }) => resource === "*")?.count, 50);
  });
});
