import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Iam } from "../../aws/iam/iam";
import { Kms } from "../../aws/kms/kms";
import { Ssm } from "../../aws/ssm/ssm";
import type { PlannedResource, Properties } from "../../provider/resource";
import { ssmResources } from "../../provider/ssm";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const type = "aws:ssm/parameter:Parameter";
const secret = { type: "SecureString", value: "a secret" };

describe("ssmResources", () => {
  let folder: string;
  let ssm: Ssm;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "ssm-resources-"));
    await mkdir(join(folder, "kms"));
    const common = { account, notify: () => undefined, clock: () => new Date() };
    const iam = new Iam({ ...common, dataDir: join(folder, "iam") });
    const access = { authenticator: iam, authorizer: iam };
    const keys = new Kms({ ...common, ...access, dataDir: join(folder, "kms") });
    ssm = new Ssm({ ...common, ...access, dataDir: join(folder, "ssm"), keys });
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function plan(inputs: Properties): Promise<PlannedResource> {
    const planner = ssmResources(ssm, account)[type] ?? assert.fail();
    return planner({
      type,
      name: "key",
      urn: `urn:pulumi:local::darkroom::${type}::key`,
      inputs,
      projectDir: "",
      physicalName: () => (inputs.name as string | undefined) ?? "key-1a2b3c4",
      stableId: () => "",
    });
  }

  it("creates a SecureString with all that AWS and the provider fill in", async () => {
    const planned = await plan({ ...secret, tags: { Environment: "Production" } });
    assert.equal(planned.id, "key-1a2b3c4");
    assert.deepEqual(planned.outputs, {
      arn: "arn:aws:ssm:us-east-1:123456789012:parameter/key-1a2b3c4",
      dataType: "text",
      hasValueWo: false,
      insecureValue: "",
      keyId: "alias/aws/ssm",
      name: "key-1a2b3c4",
      region: "us-east-1",
      tags: { Environment: "Production" },
      tagsAll: { Environment: "Production" },
      tier: "Standard",
      type: "SecureString",
      value: "a secret",
      version: 1,
    });
    assert.deepEqual(planned.secretOutputs, ["value"]);
    await planned.create();
    assert.equal((await plan(secret)).outputs.version, 1);
    assert.equal((await plan({ ...secret, value: "b" })).outputs.version, 2);
  });

  it("does not show the value of an insecure parameter as a secret one", async () => {
    const { outputs } = await plan({ type: "String", insecureValue: "fast" });
    assert.equal(outputs.insecureValue, "fast");
    assert.equal(outputs.value, "");
    assert.equal(outputs.keyId, "");
  });

  it("tells the tier that intelligent tiering comes to", async () => {
    for (const [length, tier] of [
      [4096, "Standard"],
      [4097, "Advanced"],
    ] as const) {
      const inputs = { type: "String", value: "x".repeat(length), tier: "Intelligent-Tiering" };
      assert.equal((await plan(inputs)).outputs.tier, tier);
    }
  });

  it("refuses what AWS refuses when it is planned, and leaves nothing", async () => {
    await assert.rejects(plan({ ...secret, name: "a b" }), { code: "ValidationException" });
    assert.equal((await plan(secret)).outputs.version, 1);
  });

  it("refuses what would be something else in AWS", async () => {
    for (const inputs of [
      { type: "String", value: "ami-1", dataType: "aws:ec2:image" },
      { type: "SecureString", valueWo: "a", valueWoVersion: 1 },
    ]) {
      await assert.rejects(plan(inputs), /key: the local cloud does not emulate/);
    }
  });

  it("changes and deletes a parameter", async () => {
    await (await plan(secret)).create();
    const changed = await plan({ ...secret, value: "b" });
    await changed.update?.();
    assert.equal((await plan({ ...secret, value: "b" })).outputs.version, 2);
    await changed.remove?.();
    assert.equal((await plan(secret)).outputs.version, 1);
  });
});
