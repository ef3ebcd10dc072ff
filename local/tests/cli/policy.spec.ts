import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPolicy } from "../../cli/policy";
import { StackRecords } from "../../cli/stack-records";
import { localFolder } from "../../folder";
import { isAlive, until } from "../engine/processes";
import { startFakeCloud } from "./fixtures/fake-cloud";
import { type CommandRun, runCaptured } from "./support/captured-run";

const fixtures = join(__dirname, "fixtures");
const packDir = join(fixtures, "guarded/policy-pack");

/** The process id in a file, once it is there. */
async function pidIn(file: string): Promise<number> {
  await until(() => existsSync(file) && readFileSync(file, "utf8") !== "");
  return Number(readFileSync(file, "utf8"));
}

interface JsonDocument {
  passed: boolean;
  violations: Record<string, unknown>[];
  undecided: Record<string, unknown>[];
  errors: { message: string }[];
}

interface SarifLog {
  runs: [
    {
      tool: { driver: { rules: SarifRule[] } };
      invocations: [
        {
          executionSuccessful: boolean;
          toolExecutionNotifications: { message: { text: string } }[];
        },
      ];
      results: SarifResult[];
    },
  ];
}

interface SarifRule {
  id: string;
  properties: { tags: string[] };
}

interface SarifResult {
  ruleId: string;
  level: string;
  locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
  partialFingerprints: Record<string, string>;
}

describe("npm run policy", function () {
  // A program and a pack, on a machine that is busy.
  this.timeout(60_000);

  let dir: string;
  /** Variables that the command gets beside those of the specs. */
  let environment: NodeJS.ProcessEnv;

  beforeEach(async () => {
    environment = {};
    dir = await mkdtemp(join(tmpdir(), "policy-spec-"));
  });

  afterEach(async () => {
    await rm(dir, { recursive: true });
  });

  function startPolicy(...args: string[]) {
    return spawn(
      process.execPath,
      [
        join(localFolder, "launch.mjs"),
        "tests/cli/fixtures/policy",
        `--policy-pack=${packDir}`,
        ...args,
      ],
      { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment } },
    );
  }

  /** The command as people run it. */
  async function policyProcess(...args: string[]): Promise<CommandRun> {
    const child = startPolicy(...args);
    const run: CommandRun = { exitCode: null, stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => (run.stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (run.stderr += chunk.toString()));
    [run.exitCode] = (await once(child, "close")) as [number | null];
    return run;
  }

  /** The same without a process of its own. */
  function policy(...args: string[]): Promise<CommandRun> {
    const settings = {
      args: [`--policy-pack=${packDir}`, ...args],
      projectDir: join(fixtures, "guarded"),
      startCloud: startFakeCloud,
    };
    return runCaptured(() => runPolicy(settings, new AbortController().signal));
  }

  async function configFile(config: unknown): Promise<string> {
    const file = join(dir, "config.json");
    await writeFile(file, JSON.stringify(config));
    return file;
  }

  async function sarif(...args: string[]): Promise<SarifLog> {
    return (await policyAndSarif(...args)).log;
  }

  async function policyAndSarif(...args: string[]): Promise<CommandRun & { log: SarifLog }> {
    const file = join(dir, "policy.sarif");
    const run = await policy(`--sarif=${file}`, ...args);
    return { ...run, log: JSON.parse(await readFile(file, "utf8")) as SarifLog };
  }

  it("accepts a program that violates nothing", async () => {
    const config = await configFile({ "thing-have-label": "disabled" });
    const { exitCode, stdout } = await policyProcess(`--policy-pack-config=${config}`);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^Policies:\n {4}✅ things@v1\.0\.0 \(local: .*policy-pack\)\n$/);
  });

  it("accepts a program that violates advisory policies only, and prints how", async () => {
    const { exitCode, stdout } = await policy();
    assert.equal(exitCode, 0);
    assert.match(stdout, /^ {4}⚠️ things@v1\.0\.0/m);
    assert.match(
      stdout,
      /^ {8}- \[advisory\] {2}thing-have-label {2}\(test:index\/thing:Thing: second\)\n {10}A thing has a label\.\n {10}It has none\.\n/m,
    );
  });

  it("judges by the outputs of a stack in the data folder that the program refers to", async () => {
    await new StackRecords(dir).record({ project: "limits", stack: "dev" }, { size: 11 });
    for (const preview of [[], ["--preview"]]) {
      const reference = ["-c", "sizes=organization/limits/dev", `--data=${dir}`];
      const { exitCode, stdout } = await policy(...reference, ...preview);
      assert.equal(exitCode, 1);
      assert.match(stdout, /first has the size 11, over 10/);
    }
  });

  it("tells the program of an issuer, which nobody asks for anything", async () => {
    for (const preview of [[], ["--preview"]]) {
      const { stderr } = await policy("-c", "how=tell", ...preview);
      assert.match(stderr, /^ {4}issuer: http:\/\/127\.0\.0\.1:\d+$/m);
    }
  });

  it("refuses a program that violates a mandatory policy, and prints everything", async () => {
    const { exitCode, stdout } = await policyProcess("-c", "size=11");
    assert.equal(exitCode, 1);
    assert.match(
      stdout,
      /^Policies:\n {4}❌ things@.*\n {8}- \[advisory\] {2}thing-have-label .*\n.*\n.*\n {8}- \[mandatory\] {2}thing-limit-size {2}\(test:index\/thing:Thing: first\)\n {10}A thing is no larger than the limit\.\n {10}first has the size 11, over 10\.\n$/,
    );
  });

  it("checks the state in a file without the program", async () => {
    const file = join(dir, "state.json");
    const inputs = { size: 11, label: "x" };
    const thing = (name: string, changes: object) => ({
      urn: `urn:pulumi:live::shop::test:index/thing:Thing::${name}`,
      type: "test:index/thing:Thing",
      custom: true,
      id: name,
      inputs: { ...inputs, ...changes },
      outputs: { ...inputs, ...changes },
    });
    const resources = [thing("large", {}), thing("small", { size: 1 })];
    await writeFile(file, JSON.stringify({ version: 3, deployment: { resources } }));
    const { exitCode, stdout } = await policy(`--state=${file}`, "--json");
    assert.equal(exitCode, 1);
    const document = JSON.parse(stdout) as JsonDocument & { stack: string; resources: number };
    assert.equal(document.stack, "live");
    assert.equal(document.resources, 2);
    assert.deepEqual(
      document.violations.map(({ policy: name, name: resource }) => [name, resource]),
      [["thing-limit-size", "large"]],
    );
    const other = await policy(`--state=${await configFile({})}`);
    assert.equal(other.exitCode, 1);
    assert.match(other.stderr, /is no state of a stack: it has no deployment/);
  });

  it("knows what the cloud computes, unless it is a preview", async () => {
    const config = await configFile({ "thing-limit-size": { limit: 4 } });
    // The second thing is as large as the token that only the cloud knows is long: 5.
    const names = async (...args: string[]) => {
      const { stdout } = await policy("-c", "size=1", `--policy-pack-config=${config}`, ...args);
      return stdout.match(/limit-size {2}\(.*\)/g);
    };
    assert.deepEqual(await names(), ["limit-size  (test:index/thing:Thing: second)"]);
    assert.match((await policy("--preview")).stdout, /\n {8}- thing-limit-size {2}\(.*: second\)/);
  });

  it("counts the resources that a policy has changed", async () => {
    const config = await configFile({ "thing-have-label": "remediate" });
    const { stdout } = await policy(`--policy-pack-config=${config}`);
    assert.match(stdout, /✅.*\n {8}- \[remediate\] {2}thing-have-label {2}\(1 resource\)\n$/);
  });

  it("prints nothing but a document with --json", async () => {
    const { exitCode, stdout, stderr } = await policyProcess("--json", "-c", "size=11");
    assert.equal(exitCode, 1);
    const document = JSON.parse(stdout) as JsonDocument;
    const [, violation] = document.violations;
    assert.deepEqual(
      { ...document, violations: document.violations.length },
      {
        stack: "local",
        preview: false,
        resources: 3,
        passed: false,
        pack: { name: "things", version: "1.0.0" },
        violations: 2,
        undecided: [],
        remediations: [],
        errors: [],
      },
    );
    assert.deepEqual(violation, {
      policy: "thing-limit-size",
      level: "mandatory",
      severity: "high",
      message: "A thing is no larger than the limit.\nfirst has the size 11, over 10.",
      description: "A thing is no larger than the limit.",
      urn: "urn:pulumi:local::guarded::test:index/thing:Thing::first",
      source: { file: "index.ts", line: 5 },
      type: "test:index/thing:Thing",
      name: "first",
      remediationSteps: "Make it smaller.",
      url: "https://example.com/limit-size",
    });
    assert.match(stderr, /hello from the program/);
  });

  it("tells apart what cannot be judged before the deployment, and counts it", async () => {
    const { exitCode, stdout, log } = await policyAndSarif("--preview");
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /^ {4}⚠️ .*\n(?: {8}.*\n)+ {4}Not to be judged before it is deployed \(1\):\n {8}- thing-limit-size {2}\(.*: second\)\n {10}string value at \.size can't be known during preview\n$/m,
    );
    assert.doesNotMatch(stdout, /can't run policy/);
    const document = JSON.parse((await policy("--preview", "--json")).stdout) as JsonDocument;
    assert.deepEqual(
      document.violations.map(({ policy }) => policy),
      ["thing-have-label"],
    );
    assert.deepEqual(
      document.undecided.map(({ policy, name }) => [policy, name]),
      [["thing-limit-size", "second"]],
    );
    const [{ results }] = log.runs;
    assert.deepEqual(
      results.map(({ ruleId, level }) => [ruleId, level]),
      [
        ["thing-have-label", "warning"],
        ["thing-limit-size", "note"],
      ],
    );
  });

  it("reports what it found before the program failed, and the failure", async () => {
    const args = ["-c", "size=11", "-c", "how=throw"];
    const { exitCode, stdout, stderr, log } = await policyAndSarif(...args);
    assert.equal(exitCode, 1);
    assert.match(stdout, /❌ things@.*\n[^]*\[mandatory\] {2}thing-limit-size {2}\(.*: first\)/);
    assert.match(stderr, /Error: boom/);
    const json = await policy("--json", ...args);
    const document = JSON.parse(json.stdout) as JsonDocument;
    assert.equal(json.exitCode, 1);
    assert.equal(document.passed, false);
    assert.equal(document.violations.at(-1)?.policy, "thing-limit-size");
    assert.match(document.errors.map(({ message }) => message).join(), /Error: boom/);
    const [{ results, invocations }] = log.runs;
    assert.equal(results.at(-1)?.ruleId, "thing-limit-size");
    assert.equal(invocations[0].executionSuccessful, false);
    assert.match(invocations[0].toolExecutionNotifications[0]?.message.text ?? "", /Error: boom/);
  });

  it("hides secrets in everything that it prints and writes", async () => {
    const args = ["--stack=secret", "-c", "word=sesame", "-c", "how=throw"];
    const { stdout, stderr } = await policyProcess("--json", ...args);
    assert.match(stdout, /Error: boom \[secret\]/);
    assert.match(stderr, /Error: boom \[secret\]/);
    const log = JSON.stringify(await sarif(...args));
    assert.match(log, /Error: boom \[secret\]/);
    assert.doesNotMatch(stdout + stderr + log, /sesame/);
  });

  it("ends quietly when nobody reads any more what it prints", async () => {
    const child = startPolicy("-c", "size=11");
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    assert.deepEqual(await once(child, "close"), [1, null]);
    assert.doesNotMatch(stderr, /EPIPE/);
  });

  it("refuses a file that it cannot write before it does anything else", async () => {
    const refusals: [RegExp, string][] = [
      [
        /^error: --sarif: .*nowhere\/log\.sarif cannot be written: no such file.*\.\n$/,
        "nowhere/log.sarif",
      ],
      [/^error: --sarif: .* is a folder; name a file in it\.\n$/, "."],
      [
        /^error: --sarif: .*log\.sarif cannot be written: .*file is no folder\.\n$/,
        "file/log.sarif",
      ],
    ];
    await writeFile(join(dir, "file"), "");
    for (const [message, path] of refusals) {
      const { exitCode, stdout, stderr } = await policy(`--sarif=${join(dir, path)}`);
      assert.deepEqual([exitCode, stdout], [1, ""]);
      assert.match(stderr, message);
    }
    // There, and may be written to, but has no room.
    const full = await policy("--sarif=/dev/full");
    assert.equal(full.exitCode, 1);
    assert.match(
      full.stderr,
      /^error: --sarif: \/dev\/full cannot be written: no space left on device\.$/m,
    );
  });

  let madeOfPreview: Promise<SarifLog> | undefined;
  /** What one run of a preview has written, that several tests look at. */
  const previewLog = () => (madeOfPreview ??= sarif("--preview", "-c", "size=11"));

  it("writes a SARIF log with a rule for each policy and a result for each violation", async () => {
    const [{ tool, results }] = (await previewLog()).runs;
    assert.deepEqual(tool.driver.rules.map(({ id }) => id).sort(), [
      "stack-describe",
      "stack-have-source",
      "thing-have-label",
      "thing-know-size",
      "thing-limit-size",
    ]);
    assert.deepEqual(
      tool.driver.rules.find(({ id }) => id === "thing-limit-size"),
      {
        id: "thing-limit-size",
        shortDescription: { text: "A thing is no larger than the limit." },
        fullDescription: { text: "A thing is no larger than the limit." },
        help: {
          text: "Make it smaller.",
          markdown: "Make it smaller.\n\n[Read more](https://example.com/limit-size)",
        },
        helpUri: "https://example.com/limit-size",
        defaultConfiguration: { level: "error" },
        properties: { tags: ["security", "size"], precision: "high", "security-severity": "8.0" },
      },
    );
    const result = results.find(({ level }) => level === "error");
    assert.deepEqual(
      { ...result, partialFingerprints: undefined },
      {
        ruleId: "thing-limit-size",
        level: "error",
        message: {
          text: "test:index/thing:Thing first: A thing is no larger than the limit.\nfirst has the size 11, over 10.",
        },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "index.ts" },
              region: { startLine: 5 },
            },
            logicalLocations: [
              {
                fullyQualifiedName: "urn:pulumi:local::guarded::test:index/thing:Thing::first",
                name: "first",
                kind: "resource",
              },
            ],
          },
        ],
        partialFingerprints: undefined,
      },
    );
  });

  it("writes a SARIF log in which what is about the whole stack lies in the program's file", async () => {
    const config = await configFile({ all: "disabled", "stack-have-source": "advisory" });
    const [{ results }] = (await sarif("--preview", `--policy-pack-config=${config}`)).runs;
    const [result, ...others] = results;
    assert.deepEqual(others, []);
    assert.equal(result?.locations[0]?.physicalLocation.artifactLocation.uri, "index.ts");
    assert.equal(result.level, "warning");
  });

  it("writes SARIF fingerprints that are the same at every run, and differ by policy and resource", async () => {
    const fingerprintsOf = ({ runs: [{ results }] }: SarifLog) =>
      results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    const first = fingerprintsOf(await previewLog());
    assert.deepEqual(fingerprintsOf(await sarif("--preview", "-c", "size=11")), first);
    assert.equal(new Set(first).size, first.length);
  });

  it("leaves nothing behind", async () => {
    environment.TMPDIR = dir;
    await policyProcess();
    const left = (await readdir(dir)).filter((name) => name.startsWith("policy-"));
    assert.deepEqual(left, []);
  });

  it("stops everything on Ctrl-C, and exits as interrupted", async () => {
    const pidFile = join(dir, "pid");
    const child = startPolicy("--config=how=hang", `--config=pack:pidFile=${pidFile}`);
    const packPid = await pidIn(pidFile);
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "close"), [130, null]);
    await until(() => !isAlive(packPid));
  });

  it("prints an error of the program as Pulumi does, and exits with 1", async () => {
    const { exitCode, stdout, stderr } = await policy("-c", "how=throw");
    assert.equal(exitCode, 1);
    assert.match(stdout, /^Policies:\n {4}⚠️ things@/);
    assert.match(
      stderr,
      /Diagnostics:\n {2}pulumi:pulumi:Stack \(guarded-local\):\n[^]*Error: boom/,
    );
  });

  it("says in one sentence what is wrong with what it was given", async () => {
    const refusals: [RegExp, ...string[]][] = [
      [/^error: unknown option '--zone'\n$/, "--zone"],
      [/^error: There is no stack 'prod'.*\n$/, "--stack=prod"],
      [/^error: .*nowhere is no policy pack: .*\n$/, "--policy-pack=nowhere"],
      [
        /^error: The policy pack config no\.json cannot be read.*\n$/,
        "--policy-pack-config=no.json",
      ],
      [
        /^error: The policy pack config no\.json cannot be read.*\n$/,
        "--policy-pack=nowhere",
        "--policy-pack-config=no.json",
      ],
    ];
    for (const [message, ...args] of refusals) {
      const { exitCode, stderr } = await policy(...args);
      assert.equal(exitCode, 1);
      assert.match(stderr, message);
    }
  });

  it("says which values the pack does not accept", async () => {
    const config = await configFile({ "thing-limit-size": { unit: "km" }, nothing: "disabled" });
    const { exitCode, stderr } = await policyProcess(`--policy-pack-config=${config}`);
    assert.equal(exitCode, 1);
    assert.equal(
      stderr,
      "error: invalid policy pack config:\n" +
        "  nothing: the policy pack has no such policy\n" +
        "  thing-limit-size: unit must be equal to one of the allowed values: cm, m\n",
    );
  });
});
