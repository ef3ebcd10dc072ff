import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { loadPolicyPack } from "../../local/engine/policy-pack";
import { ConfigurationError } from "../../local/engine/configuration-error";
import { EngineStack, root } from "./engine-stack";
import type { CliRun } from "./engine-stack";
import { engineReports } from "./reports";
import type { Reports } from "./reports";
import { judgeProgram, judgeState, packDir } from "./stand-in-pack";

/** By policy, or under `all`. */
type Levels = Readonly<Record<string, unknown>>;

interface Tuning {
  /** `darkroom-policy:config` of the stack. Default: there is none. */
  stack?: Levels;
  /** What the file of `--policy-pack-config` has. Default: there is no such file. */
  file?: Levels;
}

const tags = "aws-resource-require-tags";
const versioning = "s3-bucket-require-versioning";
const owner = { required: { Owner: [] } };

/** The levels at which two policies then report, of which one is mandatory by itself and one is not. */
const tunings: readonly [
  title: string,
  tuning: Tuning,
  levels: Record<string, string | undefined>,
][] = [
  ["none", {}, { [tags]: "mandatory", [versioning]: "advisory" }],
  [
    "all of the stack",
    { stack: { all: "mandatory" } },
    { [tags]: "mandatory", [versioning]: "mandatory" },
  ],
  [
    "all of the file",
    { file: { all: "mandatory" } },
    { [tags]: "mandatory", [versioning]: "mandatory" },
  ],
  [
    "one beside all",
    { stack: { all: "mandatory", [versioning]: "advisory" } },
    { [tags]: "mandatory", [versioning]: "advisory" },
  ],
  [
    "one that is disabled",
    { stack: { [tags]: "disabled" } },
    { [tags]: undefined, [versioning]: "advisory" },
  ],
  [
    "settings alone",
    { stack: { [tags]: owner } },
    { [tags]: "mandatory", [versioning]: "advisory" },
  ],
  [
    "settings beside all",
    { stack: { all: "mandatory", [tags]: owner } },
    { [tags]: "mandatory", [versioning]: "mandatory" },
  ],
  [
    "settings with a level",
    { stack: { [tags]: { enforcementLevel: "advisory", ...owner } } },
    { [tags]: "advisory", [versioning]: "advisory" },
  ],
  [
    "the file before the stack",
    { stack: { all: "mandatory" }, file: { all: "advisory" } },
    { [tags]: "advisory", [versioning]: "advisory" },
  ],
  [
    "a level of the file beside settings of the stack",
    { stack: { [tags]: owner }, file: { [tags]: "advisory" } },
    { [tags]: "advisory", [versioning]: "advisory" },
  ],
  ["all disabled", { file: { all: "disabled" } }, { [tags]: undefined, [versioning]: undefined }],
];

const mistaken = {
  "s3-bucket-require-magic": "mandatory",
  [tags]: { enforcementLevel: "mandatory", requird: { Owner: [] } },
};

/** The lines in which the pack refuses it. */
const mistakes = [
  "s3-bucket-require-magic is no policy of this pack; accepted: all, or a name that README.md lists",
  "aws-resource-require-tags.requird is no setting; accepted: required",
];

describe("Levels and settings of the policy pack on the real engine", function () {
  this.timeout(600_000);
  let dir: string;
  let engine: EngineStack;

  before(async () => {
    // The CLI takes the pack as it was built last.
    await loadPolicyPack(packDir);
    dir = await mkdtemp(join(tmpdir(), "levels-"));
    cpSync(join(__dirname, "fixtures/levels"), dir, { recursive: true });
    await symlink(join(root, "node_modules"), join(dir, "node_modules"));
    engine = await EngineStack.start(dir);
  });

  after(async () => {
    await engine.stop();
    await rm(dir, { recursive: true });
  });

  /** Writes what is given where it belongs. @returns the file of `--policy-pack-config`, if there is one. */
  function write({ stack, file }: Tuning): string | undefined {
    const config = stack ? { config: { "darkroom-policy:config": stack } } : {};
    writeFileSync(join(dir, "Pulumi.local.yaml"), stringify(config));
    const path = join(dir, "levels.json");
    writeFileSync(path, JSON.stringify(file ?? {}));
    return file && path;
  }

  const packArguments = (file: string | undefined) => [
    ...["--policy-pack", packDir],
    ...(file === undefined ? [] : ["--policy-pack-config", file]),
  ];

  async function preview(file: string | undefined): Promise<CliRun & { reports: Reports }> {
    const log = join(dir, "events");
    writeFileSync(log, "");
    const run = await engine.run("preview", ...packArguments(file), "--event-log", log);
    return { ...run, reports: engineReports(readFileSync(log, "utf8")) };
  }

  const standIn = async (packConfig: string | undefined) =>
    await judgeProgram({
      projectDir: dir,
      packConfig,
      provider: engine.cloud.provider,
      dryRun: true,
    });

  for (const [title, tuning, levels] of tunings) {
    it(`hold as under the stand-in: ${title}`, async () => {
      const file = write(tuning);
      const [{ code, reports, stdout }, found] = await Promise.all([preview(file), standIn(file)]);
      assert.deepEqual(
        Object.fromEntries(
          Object.keys(levels).map((policy) => [policy, levelOf(policy, reports)] as const),
        ),
        levels,
      );
      assert.deepEqual(found, reports);
      const isRefused = reports.violations.some((report) => report.startsWith("[mandatory]"));
      assert.equal(code === 0, !isRefused, stdout);
    });
  }

  for (const [title, tuning] of [
    ["the stack", { stack: mistaken }],
    ["the file", { file: mistaken }],
  ] satisfies [string, Tuning][]) {
    it(`are refused as under the stand-in where ${title} has what the pack does not know`, async () => {
      const file = write(tuning);
      const { code, stdout, stderr } = await preview(file);
      assert.notEqual(code, 0);
      for (const mistake of mistakes) {
        assert.ok((stdout + stderr).includes(mistake), stdout + stderr);
      }
      const refusal: unknown = await standIn(file).catch((error: unknown) => error);
      assert.ok(refusal instanceof ConfigurationError, String(refusal));
      assert.match(refusal.message, /s3-bucket-require-magic/);
      assert.match(refusal.message, /aws-resource-require-tags.*requird/);
    });
  }

  it("stop a deployment before what they refuse is created", async () => {
    const file = write({});
    const { code, stdout } = await engine.run(
      "up",
      "--yes",
      "--skip-preview",
      ...packArguments(file),
    );
    assert.notEqual(code, 0, stdout);
    assert.deepEqual(
      engine.cloud.inventory.all().filter(({ type }) => type === "aws:sqs/queue:Queue"),
      [],
    );
  });

  describe("for what is there already", () => {
    let state: string;

    before(async () => {
      const file = write({ file: { all: "advisory" } });
      const up = await engine.run("up", "--yes", "--skip-preview", ...packArguments(file));
      assert.equal(up.code, 0, up.stdout + up.stderr);
      state = join(dir, "state.json");
      assert.equal((await engine.run("stack", "export", "--file", state)).code, 0);
    });

    const analyze = async (file: string | undefined, ...of: string[]) =>
      await engine.run("policy", "analyze", "--json", ...packArguments(file), ...of);

    for (const [title, levels, expected] of [
      ["the rules' own levels", undefined, "mandatory"],
      ["those of a file", { all: "advisory" }, "advisory"],
      ["settings of a file", { [tags]: owner }, "mandatory"],
    ] satisfies [string, Levels | undefined, string][]) {
      it(`are ${title}, for the stack as for its export, with and without the CLI`, async () => {
        const file = write({ file: levels });
        const ofStack = await analyze(file, "--stack", "local");
        const ofFile = await analyze(file, "--file", state);
        const reports = engineReports(ofStack.stdout);
        assert.equal(levelOf(tags, reports), expected);
        assert.deepEqual(engineReports(ofFile.stdout), reports);
        assert.deepEqual(await judgeState(state, file), reports);
        assert.deepEqual(
          [ofStack.code === 0, ofFile.code === 0],
          Array(2).fill(expected === "advisory"),
        );
      });
    }

    it("are refused where the file has what the pack does not know", async () => {
      const { code, stdout, stderr } = await analyze(write({ file: mistaken }), "--file", state);
      assert.notEqual(code, 0);
      assert.ok((stdout + stderr).includes(mistakes[0] ?? ""), stdout + stderr);
    });
  });
});

/** The level of what a policy reports; nothing where it reports nothing. */
function levelOf(policy: string, { violations }: Reports): string | undefined {
  const report = violations.find((text) => text.includes(`] ${policy} (`));
  return report === undefined ? undefined : /^\[(\w+)\]/.exec(report)?.[1];
}
