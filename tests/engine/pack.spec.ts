import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountOf } from "../../local/cli/account";
import { loadPolicyPack } from "../../local/engine/policy-pack";
import { accountInvokes } from "../../local/provider/account";
import { Identity } from "../../local/provider/identity";
import { Inventory } from "../../local/provider/inventory";
import { rulePrograms } from "../policy-pack/programs";
import { EngineStack } from "./engine-stack";
import type { CliRun } from "./engine-stack";
import { LenientProvider } from "./lenient-provider";
import { engineReports } from "./reports";
import type { Reports } from "./reports";
import { judgeProgram, judgeState, packDir } from "./stand-in-pack";

const projectDir = join(__dirname, "fixtures/programs");
const ways = [
  "literal",
  "with one property from an output",
  "in a component",
  "under default tags",
  "from a known output",
  "from an output that is not known yet",
];

/** The packages of the programs' resources. */
const packages = [
  ...new Set(
    rulePrograms
      .flatMap(({ programs }) => programs.flatMap(({ resources }) => resources))
      .map(({ type }) => type.split(":")[0] ?? "")
      .filter((name) => name !== "pulumi" && name !== "programs"),
  ),
];

describe("The policy pack on the real engine", function () {
  this.timeout(600_000);
  let dir: string;
  let levels: string;
  let provider: LenientProvider;
  let engine: EngineStack;

  before(async () => {
    // The CLI takes the pack as it was built last.
    await loadPolicyPack(packDir);
  });

  for (const way of ways) {
    describe(`on programs written ${way}`, () => {
      before(async () => {
        dir = await mkdtemp(join(tmpdir(), "pack-"));
        const account = accountOf({ values: {}, secretKeys: [], secrets: [] });
        provider = new LenientProvider({
          types: {},
          account,
          invokes: accountInvokes(account),
          identity: new Identity(dir),
          inventory: new Inventory(join(dir, "resources")),
        });
        engine = await EngineStack.start(projectDir, provider, packages);
        levels = join(dir, "levels.json");
        // Each program is to be seen to its end, whatever it violates.
        await writeFile(levels, JSON.stringify({ all: "advisory" }));
      });

      after(async () => {
        await engine.stop();
        await rm(dir, { recursive: true });
      });

      const pack = () => ["--policy-pack", packDir, "--policy-pack-config", levels];

      /** A command that runs the programs; `--json` is the quickest to be printed. */
      async function reportsOfEngine(command: string, ...args: string[]): Promise<Reports> {
        const log = join(dir, `${command}.events`);
        const given = [...pack(), "-c", `way=${way}`, "--json", "--event-log", log, ...args];
        requireSuccess(await engine.run(command, ...given));
        return engineReports(await readFile(log, "utf8"));
      }

      const reportsOfStandIn = (dryRun: boolean) =>
        judgeProgram({ projectDir, config: { way }, packConfig: levels, provider, dryRun });

      it("reports the same in a preview as under the stand-in", async () => {
        const [expected, found] = await Promise.all([
          reportsOfEngine("preview"),
          reportsOfStandIn(true),
        ]);
        assert.ok(expected.violations.length > 0);
        assert.equal(expected.undecided.length > 0, way.endsWith("not known yet"));
        assert.deepEqual(found, expected);
      });

      it("reports the same at a deployment, and of what is there then", async () => {
        const [expected, found] = await Promise.all([
          reportsOfEngine("up", "--yes", "--skip-preview"),
          reportsOfStandIn(false),
        ]);
        assert.ok(expected.violations.length > 0);
        assert.deepEqual(expected.undecided, []);
        assert.deepEqual(found, expected);

        const file = join(dir, "state.json");
        requireSuccess(await engine.run("stack", "export", "--file", file));
        const [analyzed, judged] = await Promise.all([
          engine.run("policy", "analyze", "--stack", "local", "--json", ...pack()),
          judgeState(file, levels),
        ]);
        requireSuccess(analyzed);
        assert.deepEqual(engineReports(analyzed.stdout), expected);
        assert.deepEqual(judged, expected);
      });
    });
  }
});

function requireSuccess({ code, stdout, stderr }: CliRun): void {
  assert.equal(code, 0, stderr + stdout.slice(-10_000));
}
