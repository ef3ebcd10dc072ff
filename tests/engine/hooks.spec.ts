import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineStack, root } from "./engine-stack";
import { StandIn } from "./stand-in";

/** The calls of one resource's hooks in their order, as what runs at once has none. */
type Calls = Record<string, unknown[]>;

describe("Hooks on the real engine", function () {
  this.timeout(600_000);
  let dir: string;
  let engine: EngineStack;
  let standIn: StandIn;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "hooks-"));
    cpSync(join(__dirname, "fixtures/hooks"), dir, { recursive: true });
    await symlink(join(root, "node_modules"), join(dir, "node_modules"));
    setSeconds(0);
    engine = await EngineStack.start(dir);
    standIn = await StandIn.start(dir);
  });

  after(async () => {
    await standIn.stop();
    await engine.stop();
    await rm(dir, { recursive: true });
  });

  function setSeconds(seconds: number): void {
    const lines = ["config:", "  aws:region: us-east-1", `  hooked:seconds: ${seconds}`];
    writeFileSync(join(dir, "Pulumi.local.yaml"), `${lines.join("\n")}\n`);
  }

  async function callsOf(run: () => Promise<unknown>): Promise<Calls> {
    const file = join(dir, "calls");
    await run();
    const text = existsSync(file) ? readFileSync(file, "utf8").trimEnd() : "";
    rmSync(file, { force: true });
    const calls = text.split("\n").filter(Boolean);
    const parsed = calls.map((line) => JSON.parse(line) as [urn: string, ...call: unknown[]]);
    const urns = new Set(parsed.map(([urn]) => urn));
    return Object.fromEntries(
      [...urns].sort().map((urn) => [urn, parsed.filter(([each]) => each === urn)]),
    );
  }

  const steps: [what: string, seconds: number, moments: string[]][] = [
    ["creates", 30, ["beforeCreate", "afterCreate"]],
    ["leaves as it is", 30, []],
    ["updates", 40, ["beforeUpdate", "afterUpdate"]],
    ["deletes", 0, ["beforeDelete", "afterDelete"]],
  ];
  for (const [what, seconds, moments] of steps) {
    it(`are told the same as under the stand-in of what it ${what}`, async () => {
      setSeconds(seconds);
      const real = await callsOf(async () => {
        const { code, stdout, stderr } = await engine.run("up", "--yes", "--skip-preview");
        assert.equal(code, 0, stdout + stderr);
      });
      await standIn.restart();
      const ours = await callsOf(() => standIn.steps({ create: true }));
      assert.deepEqual(ours, real);
      for (const calls of Object.values(real)) {
        assert.deepEqual(
          calls.map((call) => (call as unknown[])[1]),
          moments,
        );
      }
      assert.equal(Object.keys(real).length, moments.length);
    });
  }
});
