import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { accountOf } from "../../local/cli/account";
import { loadPolicyPack } from "../../local/engine/policy-pack";
import { loadProject } from "../../local/engine/project";
import { runChecked } from "../../local/engine/run-checked";
import { loadStackConfig } from "../../local/engine/stack-config";
import { shortType } from "../../local/cli/diagnostics";
import { Shutdown } from "../../local/cli/shutdown";
import { startAnalyzer } from "../../local/cli/start-analyzer";
import { accountInvokes } from "../../local/provider/account";
import { Identity } from "../../local/provider/identity";
import { Inventory } from "../../local/provider/inventory";
import { rulePrograms } from "../policy-pack/programs";
import { EngineStack, root } from "./engine-stack";
import { LenientProvider } from "./lenient-provider";

const projectDir = join(__dirname, "fixtures/programs");
const packDir = join(root, "policy-pack");
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

/** A report in one text: level, policy, resource and message. */
type Report = string;

describe("The policy pack on the real engine", function () {
  this.timeout(600_000);
  let dir: string;
  let provider: LenientProvider;
  let engine: EngineStack;

  before(async () => {
    // The CLI takes the pack as it was built last.
    execFileSync("npm", ["run", "--silent", "build"], { cwd: packDir });
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
    // Each program is to be seen to its end, whatever it violates.
    await writeFile(join(dir, "levels.json"), JSON.stringify({ all: "advisory" }));
  });

  after(async () => {
    await engine.stop();
    await rm(dir, { recursive: true });
  });

  async function reportsOfEngine(way: string): Promise<Report[]> {
    const { stdout, stderr, code } = await engine.run(
      "preview",
      ...["--policy-pack", packDir, "--policy-pack-config", join(dir, "levels.json")],
      ...["-c", `way=${way}`, "--suppress-progress"],
    );
    assert.equal(code, 0, stdout + stderr);
    return reportsIn(stdout);
  }

  async function reportsOfStandIn(way: string): Promise<Report[]> {
    const project = await loadProject(projectDir);
    const config = await loadStackConfig(project, "local", { way });
    const shutdown = new Shutdown();
    const pack = loadPolicyPack(packDir);
    const run = { stack: "local", config, dryRun: true };
    const analyzer = startAnalyzer(
      {
        ...run,
        project: project.name,
        pack,
        packConfig: { all: { level: "advisory" } },
      },
      shutdown,
    );
    const onEvent = () => undefined;
    try {
      return await runChecked({ ...run, project, provider, analyzer, onEvent }, ({ findings }) =>
        Promise.resolve(
          findings.violations.map(({ level, policy, urn, message }) =>
            reportOf(level, policy, subjectOf(urn), message),
          ),
        ),
      );
    } finally {
      await shutdown.run();
    }
  }

  for (const way of ways) {
    it(`reports the same as under the stand-in on programs written ${way}`, async () => {
      const expected = (await reportsOfEngine(way)).filter((report) => !isUndecided(report));
      assert.ok(expected.length > 0);
      assert.deepEqual((await reportsOfStandIn(way)).sort(), expected.sort());
    });
  }
});

function reportOf(level: string, policy: string, subject: string, message: string): Report {
  const lines = message.split("\n").map((line) => line.trim());
  return [`[${level}] ${policy} (${subject})`, ...lines].join("\n");
}

function subjectOf(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${shortType(types.split("$").at(-1) ?? "")}: ${name}`;
}

/** What a policy says about a value that is not known yet, which the stand-in tells apart. */
function isUndecided(report: Report): boolean {
  return report.includes("not known before the deployment");
}

/** The reports in the CLI's text. */
function reportsIn(text: string): Report[] {
  const section = /^Policies:\n([\s\S]*?)(?=^\S|(?![\s\S]))/m.exec(stripVTControlCharacters(text));
  const reports = (section?.[1] ?? "").split(/^ +- (?=\[)/m).slice(1);
  return reports.map((report) => {
    const [head = "", ...lines] = report.trimEnd().split("\n");
    const [, level = "", policy = "", subject = ""] =
      /^\[(\w+)\]\s+(?:.* )?(\S+)\s+\((.*)\)$/.exec(head) ?? [];
    return reportOf(level, policy, subject, lines.filter((line) => line.trim() !== "").join("\n"));
  });
}
