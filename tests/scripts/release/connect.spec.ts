import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../../local/cli/user-error";
import { connect } from "../../../scripts/release/connect";
import { parseReleaseOptions } from "../../../scripts/release/options";

const alertTopicArn = "arn:aws:sns:eu-west-1:123456789012:alerts";
const rollout = {
  application: "darkroom-rollout-0a1b2c3",
  groups: { "get-image": { group: "get-image", function: "f", alias: "live" } },
};

describe("connect to a stack to be released", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "release-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, value: unknown) => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(value));
    return file;
  };

  it("finds the functions, and the region in the topic's ARN", async () => {
    const outputs = write("outputs.json", { alertTopicArn, rollout, apiUrl: "https://a.example" });
    const stack = connect({ outputs });
    assert.equal(stack?.application, "darkroom-rollout-0a1b2c3");
    assert.deepEqual(stack.functions, [
      { operation: "get-image", group: "get-image", function: "f", alias: "live" },
    ]);
    assert.equal(await stack.codeDeploy.config.region(), "eu-west-1");
    assert.equal(stack.intervalMs, 5000);
  });

  it("finds a local run by the endpoints beside its outputs", async () => {
    const outputs = write("outputs.json", { alertTopicArn, rollout });
    write("endpoints.json", {
      ...{ region: "us-east-1", accessKeyId: "a", secretAccessKey: "b" },
      aws: "http://127.0.0.1:4001",
    });
    const stack = connect({ outputs });
    assert.equal(await stack?.lambda.config.region(), "us-east-1");
    assert.equal((await stack?.lambda.config.endpoint?.())?.port, 4001);
    assert.ok((stack?.intervalMs ?? 5000) < 5000);
  });

  it("finds nothing to release in a stack without a rollout", () => {
    assert.equal(connect({ outputs: write("outputs.json", { alertTopicArn }) }), undefined);
  });

  it("says what is wrong with a file that is none of outputs", () => {
    const outputs = write("outputs.json", { alertTopicArn, rollout: { application: "" } });
    assert.throws(() => connect({ outputs }), UserError);
    assert.throws(
      () => connect({ outputs: join(folder, "none.json") }),
      /There is no .*none\.json/,
    );
  });

  it("takes the local run in a data folder", () => {
    assert.equal(parseReleaseOptions(["--data", "other"]).data, "other");
    assert.throws(
      () => connect({ data: join(folder, "none") }),
      /There is no local run in .*none:/,
    );
    write("outputs.json", { alertTopicArn });
    assert.equal(connect({ data: folder }), undefined);
  });

  it("takes one stack", () => {
    assert.throws(() => parseReleaseOptions(["--stack", "a", "--outputs", "b"]), UserError);
    assert.deepEqual(parseReleaseOptions(["--stack", "a", "--back"]), {
      stack: "a",
      check: false,
      back: true,
    });
  });
});
