import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { hostEnvironment } from "../../engine/host-environment";
import { localFolder } from "../../folder";
import { keepEnvironment } from "../../../tests/support/environment";

const checkout = dirname(localFolder);

describe("hostEnvironment", () => {
  let restore: () => void;

  beforeEach(() => {
    restore = keepEnvironment();
    delete process.env.NODE_COMPILE_CACHE;
    delete process.env.TS_NODE_CACHE_DIRECTORY;
  });

  afterEach(() => {
    restore();
  });

  it("is the host's, without its settings of AWS and Pulumi, but for debugging", () => {
    const given = {
      AWS_PROFILE: "a",
      aws_region: "b",
      PULUMI_HOME: "c",
      EDITOR: "d",
      PULUMI_DEBUG_PROMISE_LEAKS: "e",
    };
    Object.assign(process.env, given);
    const environment = hostEnvironment(checkout);
    assert.deepEqual(
      Object.keys(given).filter((name) => name in environment),
      ["EDITOR", "PULUMI_DEBUG_PROMISE_LEAKS"],
    );
    assert.equal(environment.PATH, process.env.PATH);
  });

  it("keeps what is compiled of the checkout in the checkout", () => {
    const cache = join(checkout, "node_modules", ".cache");
    for (const dir of [checkout, join(checkout, "policy-pack")]) {
      const { NODE_COMPILE_CACHE, TS_NODE_CACHE_DIRECTORY } = hostEnvironment(dir);
      assert.equal(NODE_COMPILE_CACHE, join(cache, "compiled-code"));
      assert.equal(TS_NODE_CACHE_DIRECTORY, join(cache, "ts-node"));
    }
  });

  it("keeps what is compiled of other programs with the system's temporary files", () => {
    const dir = mkdtempSync(join(tmpdir(), "program-"));
    try {
      for (const other of [dir, `${checkout}-other`]) {
        const environment = hostEnvironment(other);
        assert.equal(environment.NODE_COMPILE_CACHE, join(tmpdir(), "node-compile-cache"));
        assert.equal("TS_NODE_CACHE_DIRECTORY" in environment, false);
      }
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it("leaves a folder for it that the host has chosen", () => {
    process.env.NODE_COMPILE_CACHE = "/chosen";
    process.env.TS_NODE_CACHE_DIRECTORY = "/chosen-too";
    const environment = hostEnvironment(checkout);
    assert.equal(environment.NODE_COMPILE_CACHE, "/chosen");
    assert.equal(environment.TS_NODE_CACHE_DIRECTORY, "/chosen-too");
  });
});
