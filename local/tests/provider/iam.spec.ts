import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Iam } from "../../aws/iam/iam";
import { iamResources } from "../../provider/iam";
import type { Properties, ResourceState } from "../../provider/resource";
import { createPlanned } from "./create-planned";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const trust = {
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  },
};

function document(action: string): string {
  return JSON.stringify({ Statement: { Effect: "Allow", Action: action, Resource: "*" } });
}

describe("iamResources", () => {
  let folder: string;
  let iam: Iam;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "iam-resources-"));
    const clock = () => new Date("2026-03-04T05:06:07.890Z");
    iam = new Iam({ account, dataDir: folder, notify: () => undefined, clock });
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function create(type: string, inputs: Properties): Promise<ResourceState> {
    return createPlanned(iamResources(iam, account), {
      type,
      name: "reader",
      urn: `urn:pulumi:local::p::${type}::reader`,
      inputs,
      projectDir: "",
      physicalName: () => "reader-1a2b3c4",
      stableId: () => "",
    });
  }

  const createRole = (inputs: Properties = {}) =>
    create("aws:iam/role:Role", { assumeRolePolicy: JSON.stringify(trust), ...inputs });

  /** Whether a session of the role may do `action`. */
  function may(action: string): boolean {
    const roleArn = "arn:aws:iam::123456789012:role/reader-1a2b3c4";
    const arn = "arn:aws:sts::123456789012:assumed-role/reader-1a2b3c4/s";
    const principal = { kind: "role", arn, roleArn } as const;
    return iam.authorize({ principal, action, resource: "*" }).allowed;
  }

  it("makes roles with the outputs of AWS's", async () => {
    const { id, outputs } = await createRole({ tags: { team: "blue" } });
    assert.equal(id, "reader-1a2b3c4");
    assert.match(String(outputs.uniqueId), /^AROA[A-Z2-7]{17}$/);
    assert.match(String(outputs.createDate), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.deepEqual(
      { ...outputs, uniqueId: "AROA", createDate: "now" },
      {
        name: "reader-1a2b3c4",
        namePrefix: "",
        path: "/",
        arn: "arn:aws:iam::123456789012:role/reader-1a2b3c4",
        uniqueId: "AROA",
        createDate: "now",
        assumeRolePolicy: JSON.stringify(trust),
        inlinePolicies: [],
        managedPolicyArns: [],
        maxSessionDuration: 3600,
        forceDetachPolicies: false,
        tags: { team: "blue" },
        tagsAll: { team: "blue" },
      },
    );
  });

  it("takes the trust policy as an object, too", async () => {
    const { outputs } = await createRole({ assumeRolePolicy: trust });
    assert.equal(outputs.assumeRolePolicy, JSON.stringify(trust));
    const request = { sessionName: "s1", service: "lambda.amazonaws.com" };
    assert.ok(iam.assumeRole({ ...request, roleArn: String(outputs.arn) }));
  });

  it("gives roles their inline and managed policies", async () => {
    await createRole({
      inlinePolicies: [{ name: "read", policy: document("s3:GetObject") }, {}],
      managedPolicyArns: [basic],
    });
    assert.deepEqual(["s3:GetObject", "logs:PutLogEvents", "s3:PutObject"].map(may), [
      true,
      true,
      false,
    ]);
  });

  it("attaches policies", async () => {
    await createRole();
    const { id, outputs } = await create("aws:iam/policy:Policy", {
      policy: JSON.parse(document("s3:GetObject")) as object,
    });
    assert.equal(id, "arn:aws:iam::123456789012:policy/reader-1a2b3c4");
    assert.equal(outputs.policy, document("s3:GetObject"));
    assert.match(String(outputs.policyId), /^ANPA[A-Z2-7]{17}$/);
    const attachment = await create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
      role: "reader-1a2b3c4",
      policyArn: id,
    });
    assert.deepEqual(attachment.outputs, { role: "reader-1a2b3c4", policyArn: id });
    assert.equal(may("s3:GetObject"), true);
  });

  it("lets a role do nothing beyond its boundary, and keeps that while the role has it", async () => {
    const boundary = iam.createPolicy({ name: "boundary", document: document("s3:Get*") });
    const { outputs } = await createRole({ permissionsBoundary: boundary.arn });
    assert.equal(outputs.permissionsBoundary, boundary.arn);
    iam.putRolePolicy("reader-1a2b3c4", "inline", document("s3:*"));
    assert.deepEqual([may("s3:GetObject"), may("s3:PutObject")], [true, false]);
    iam.updatePolicy({ name: "boundary", document: document("s3:Put*") });
    assert.deepEqual([may("s3:GetObject"), may("s3:PutObject")], [false, true]);
    assert.throws(
      () => {
        iam.deletePolicy(boundary.arn);
      },
      { code: "DeleteConflict" },
    );
  });

  it("has one identity provider of an issuer", async () => {
    const type = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
    const inputs = { url: "https://id.example.com/a", clientIdLists: ["sts.amazonaws.com"] };
    const { id, outputs } = await create(type, inputs);
    assert.equal(id, "arn:aws:iam::123456789012:oidc-provider/id.example.com/a");
    assert.deepEqual(outputs, {
      clientIdLists: ["sts.amazonaws.com"],
      thumbprintLists: [],
      url: "id.example.com/a",
      arn: id,
      tagsAll: {},
    });
    await assert.rejects(create(type, inputs), {
      code: "EntityAlreadyExists",
      message: "Provider with url https://id.example.com/a already exists.",
    });
  });

  it("puts inline policies", async () => {
    await createRole();
    const inputs = { role: "reader-1a2b3c4", policy: document("s3:GetObject") };
    const { id } = await create("aws:iam/rolePolicy:RolePolicy", inputs);
    assert.equal(id, "reader-1a2b3c4:reader-1a2b3c4");
    assert.equal(may("s3:GetObject"), true);
  });

  it("refuses what the local IAM does not have", async () => {
    const policyArn = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
    await assert.rejects(
      createRole({ permissionsBoundary: policyArn }),
      /Scope ARN: .*AmazonS3FullAccess does not exist or is not attachable/,
    );
    await assert.rejects(createRole({ managedPolicyArns: [policyArn] }), /is not emulated/);
    await assert.rejects(create("aws:iam/policy:Policy", { policy: "{" }), {
      code: "MalformedPolicyDocument",
    });
  });
});
