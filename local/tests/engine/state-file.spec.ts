import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { readStateFile } from "../../engine/state-file";

const root = "urn:pulumi:production::shop::pulumi:pulumi:Stack::shop-production";
const provider = "urn:pulumi:production::shop::pulumi:providers:aws::default_7_48_0";
const bucket = "urn:pulumi:production::shop::aws:s3/bucket:Bucket::images";

const stack = { urn: root, custom: false, type: "pulumi:pulumi:Stack" };
const aws = { urn: provider, custom: true, id: "p-1", type: "pulumi:providers:aws", inputs: {} };

describe("the state in a file", () => {
  let dir: string;
  let file: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "state-"));
    file = join(dir, "state.json");
  });

  after(() => rm(dir, { recursive: true }));

  async function read(content: unknown) {
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
    return await readStateFile(file);
  }

  function exported(...resources: object[]) {
    return { version: 3, deployment: { manifest: {}, resources } };
  }

  it("has the resources with all that policies look at, of the stack in their URNs", async () => {
    const state = await read(
      exported(stack, aws, {
        urn: bucket,
        custom: true,
        id: "images-1",
        type: "aws:s3/bucket:Bucket",
        inputs: { bucket: "images-1" },
        outputs: { bucket: "images-1", arn: "arn:aws:s3:::images-1" },
        parent: root,
        provider: `${provider}::p-1`,
        dependencies: [root],
        propertyDependencies: { bucket: null, tags: [root] },
        protect: true,
      }),
    );
    assert.equal(state.project, "shop");
    assert.equal(state.stack, "production");
    assert.equal(state.resources.length, 3);
    const { options, ...found } = state.resources[2] ?? assert.fail();
    assert.deepEqual(found, {
      urn: bucket,
      type: "aws:s3/bucket:Bucket",
      name: "images",
      custom: true,
      parent: root,
      provider: `${provider}::p-1`,
      inputs: { bucket: "images-1" },
      outputs: { bucket: "images-1", arn: "arn:aws:s3:::images-1" },
      id: "images-1",
      dependencies: [root],
      propertyDependencies: { bucket: [], tags: [root] },
    });
    assert.equal(options.protect, true);
  });

  it("leaves out what is about to be deleted", async () => {
    const gone = { urn: bucket, type: "aws:s3/bucket:Bucket", delete: true };
    assert.equal((await read(exported(stack, gone))).resources.length, 1);
  });

  it("opens secrets that are in clear, and stands in for others", async () => {
    const secret = { [specialSigKey]: specialSecretSig };
    const state = await read(
      exported({
        ...stack,
        outputs: {
          clear: { ...secret, plaintext: '"hunter2"' },
          list: [{ ...secret, plaintext: '{"a":[1]}' }],
          sealed: { ...secret, ciphertext: "v1:abc" },
        },
      }),
    );
    assert.deepEqual(state.resources[0]?.outputs, {
      clear: { ...secret, value: "hunter2" },
      list: [{ ...secret, value: { a: [1] } }],
      sealed: { ...secret, value: "[secret]" },
    });
    assert.deepEqual(state.secrets, ["hunter2"]);
  });

  for (const [what, content, message] of [
    ["that is no JSON", "resources:", /cannot be read: /],
    ["of a policy pack", { all: "mandatory" }, /no deployment\. Write one by pulumi stack export/],
    ["with a list", [], /it has no deployment/],
    ["without resources", { deployment: {} }, /has no resources/],
    ["with one resource", { deployment: { resources: {} } }, /its resources are no list/],
    ["of another kind", exported(stack, { name: "x" }), /resource 2 has no URN or no type/],
  ] as const) {
    it(`is not in a file ${what}`, async () => {
      await assert.rejects(read(content), { name: "ConfigurationError", message });
    });
  }

  it("is not in a file that is not there", async () => {
    await assert.rejects(
      readStateFile(join(dir, "none.json")),
      /none\.json cannot be read: ENOENT/,
    );
  });
});
