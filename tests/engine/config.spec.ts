import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { yamlForms } from "../local/engine/yaml-forms";
import { EngineStack, root } from "./engine-stack";

describe("Config on the real engine", function () {
  this.timeout(600_000);
  let dir: string;
  let engine: EngineStack;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "config-"));
    cpSync(join(__dirname, "fixtures/config"), dir, { recursive: true });
    await symlink(join(root, "node_modules"), join(dir, "node_modules"));
    engine = await EngineStack.start(dir);
  });

  after(async () => {
    await engine.stop();
    await rm(dir, { recursive: true });
  });

  it("is read as the stand-in reads it, in each form of YAML", async () => {
    const lines = yamlForms.map(([form], index) => `  config:k${index}: ${form}\n`);
    writeFileSync(join(dir, "Pulumi.local.yaml"), `config:\n${lines.join("")}`);
    const { code, stdout, stderr } = await engine.run("preview");
    assert.equal(code, 0, stdout + stderr);
    const received = JSON.parse(readFileSync(join(dir, "received.json"), "utf8")) as Record<
      string,
      string
    >;
    assert.deepEqual(
      yamlForms.map(([form], index) => [form, received[`config:k${index}`]]),
      yamlForms,
    );
  });
});
