import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Iam } from "../../aws/iam/iam";
import { Kms } from "../../aws/kms/kms";
import { kmsResources } from "../../provider/kms";
import type { Properties, ResourceState } from "../../provider/resource";
import { createPlanned } from "./create-planned";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };

describe("kmsResources", () => {
  let folder: string;
  let kms: Kms;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "kms-resources-"));
    const common = { account, dataDir: folder, notify: () => undefined, clock: () => new Date() };
    const iam = new Iam(common);
    kms = new Kms({ ...common, authenticator: iam, authorizer: iam });
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function create(
    type: string,
    inputs: Properties,
    name = "alias/cursors",
  ): Promise<ResourceState> {
    return createPlanned(kmsResources(kms, account), {
      type,
      name,
      urn: `urn:pulumi:local::p::${type}::cursors`,
      inputs,
      projectDir: "",
      physicalName: () => (inputs.name as string | undefined) ?? `${name}-1a2b3c4`,
      stableId: (_purpose, length) => "0123456789abcdef".repeat(2).slice(0, length),
    });
  }

  const keyId = "01234567-89ab-4cde-8f01-23456789abcd";
  const arn = `arn:aws:kms:us-east-1:123456789012:key/${keyId}`;

  it("makes keys with the outputs of AWS's", async () => {
    const { id, outputs } = await create("aws:kms/key:Key", { enableKeyRotation: true });
    assert.equal(id, keyId);
    const { policy, ...rest } = outputs;
    assert.match(String(policy), /Enable IAM User Permissions/);
    assert.deepEqual(rest, {
      arn,
      keyId,
      description: "Managed by Pulumi",
      keyUsage: "ENCRYPT_DECRYPT",
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      isEnabled: true,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      multiRegion: false,
      region: "us-east-1",
      tagsAll: {},
    });
  });

  it("makes keys for MACs, with the policy given", async () => {
    const policy = JSON.stringify({
      Statement: {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "kms:*",
        Resource: "*",
      },
    });
    const { outputs } = await create("aws:kms/key:Key", {
      keyUsage: "GENERATE_VERIFY_MAC",
      customerMasterKeySpec: "HMAC_256",
      isEnabled: false,
      policy,
    });
    assert.deepEqual(
      [outputs.keyUsage, outputs.customerMasterKeySpec, outputs.isEnabled, outputs.policy],
      ["GENERATE_VERIFY_MAC", "HMAC_256", false, policy],
    );
    assert.equal("rotationPeriodInDays" in outputs, false);
  });

  it("makes aliases, under the name given or one of their own", async () => {
    await create("aws:kms/key:Key", {});
    const { id, outputs } = await create("aws:kms/alias:Alias", { targetKeyId: arn });
    assert.equal(id, "alias/cursors-1a2b3c4");
    assert.deepEqual(outputs, {
      name: "alias/cursors-1a2b3c4",
      arn: "arn:aws:kms:us-east-1:123456789012:alias/cursors-1a2b3c4",
      targetKeyId: keyId,
      targetKeyArn: arn,
      region: "us-east-1",
    });
    const named = await create("aws:kms/alias:Alias", { name: "alias/mine", targetKeyId: keyId });
    assert.equal(named.id, "alias/mine");
  });

  it("refuses an alias whose logical name does not begin as an alias has to", async () => {
    await create("aws:kms/key:Key", {});
    await assert.rejects(create("aws:kms/alias:Alias", { targetKeyId: arn }, "cursors"), /alias/);
  });

  it("refuses keys that are not emulated", async () => {
    await assert.rejects(create("aws:kms/key:Key", { multiRegion: true }), /multiRegion/);
    await assert.rejects(create("aws:kms/key:Key", { customerMasterKeySpec: "RSA_2048" }), {
      code: "UnsupportedOperationException",
    });
  });
});
