import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Analyzer } from "../../engine/analyzer";
import { loadPolicyPack } from "../../engine/policy-pack";
import type { PackConfig } from "../../engine/policy-types";
import { loadProject } from "../../engine/project";
import { runChecked } from "../../engine/run-checked";
import type { Checked, CheckedRunOptions } from "../../engine/run-checked";
import { loadStackConfig } from "../../engine/stack-config";
import { FakeProvider } from "./fake-provider";
import { isAlive, until } from "./processes";

const fixtures = join(__dirname, "fixtures");
const urnOf = (name: string, parent = "") =>
  `urn:pulumi:dev::checked::${parent}test:index/thing:Thing::${name}`;
const firstUrn = urnOf("first", "test:index:Group$");
const secondUrn = urnOf("second");

describe("A program under a policy pack", function () {
  // A program and a pack, on a machine that is busy.
  this.timeout(60_000);

  let dir: string;
  let pidFile: string;
  let provider: FakeProvider;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "checked-"));
    pidFile = join(dir, "pid");
    provider = new FakeProvider();
  });

  afterEach(async () => {
    if (existsSync(pidFile)) {
      const pid = Number(readFileSync(pidFile, "utf8"));
      await until(() => !isAlive(pid));
    }
    await rm(dir, { recursive: true });
  });

  /** Runs the program `checked` with the stack `dev` and the pack `things`. */
  async function run(
    packConfig: PackConfig = {},
    overrides: Record<string, string> = {},
    options: Partial<CheckedRunOptions> = {},
  ) {
    const project = await loadProject(join(fixtures, "checked"));
    const config = await loadStackConfig(project, "dev", { "pack:pidFile": pidFile, ...overrides });
    const analyzer = Analyzer.start({
      project: "checked",
      stack: "dev",
      config,
      dryRun: options.dryRun ?? false,
      pack: await loadPolicyPack(join(fixtures, "packs/things")),
      packConfig,
    });
    try {
      return await runChecked(
        {
          project,
          stack: "dev",
          config,
          provider,
          analyzer,
          onEvent: () => undefined,
          ...options,
        },
        (checked) => Promise.resolve(checked),
      );
    } finally {
      await analyzer.then(
        (started) => started.stop(),
        () => undefined,
      );
    }
  }

  /** What the pack sees of each resource, by name. */
  async function seen(dryRun: boolean): Promise<Record<string, Record<string, unknown>>> {
    const { findings } = await run({ "stack-describe": { level: "advisory" } }, {}, { dryRun });
    const descriptions = findings.violations
      .filter(({ policy }) => policy === "stack-describe")
      .map(({ message }) => JSON.parse(message.split("\n")[1] ?? "") as { name: string });
    return Object.fromEntries(descriptions.map((description) => [description.name, description]));
  }

  it("is told what each violation is about, and where it comes from", async () => {
    const { findings, result } = await run({}, { size: "11" });
    assert.equal(findings.pack.name, "things");
    assert.equal(findings.pack.version, "1.2.3");
    assert.deepEqual(
      findings.violations.toSorted((a, b) => a.policy.localeCompare(b.policy)),
      [
        {
          policy: "thing-have-label",
          level: "advisory",
          severity: undefined,
          message: "A thing has a label.\nIt has none.",
          description: "A thing has a label.",
          urn: secondUrn,
          source: { file: "index.ts", line: 13 },
        },
        {
          policy: "thing-limit-size",
          level: "mandatory",
          severity: "high",
          message: "A thing is no larger than the limit.\nfirst has the size 11, over 10.",
          description: "A thing is no larger than the limit.",
          urn: firstUrn,
          source: { file: "index.ts", line: 8 },
        },
      ],
    );
    assert.equal(result.outputs.arn, "arn:first");
  });

  it("gets from the pack what describes a policy", async () => {
    const { findings } = await run();
    const limit = findings.pack.policies.find(({ name }) => name === "thing-limit-size");
    assert.deepEqual(limit, {
      name: "thing-limit-size",
      description: "A thing is no larger than the limit.",
      level: "mandatory",
      configSchema: {
        properties: {
          limit: { type: "integer", default: 10 },
          unit: { type: "string", enum: ["cm", "m"] },
        },
        required: [],
      },
      severity: "high",
      remediationSteps: "Make it smaller.",
      url: "https://example.com/limit-size",
      tags: ["size"],
    });
  });

  it("is checked by the levels and values of the config", async () => {
    const { findings } = await run({
      all: { level: "disabled" },
      "thing-limit-size": { level: "advisory", properties: { limit: 4 } },
    });
    assert.deepEqual(
      findings.violations.map(({ policy, level, urn }) => [policy, level, urn]),
      [["thing-limit-size", "advisory", firstUrn]],
    );
  });

  it("is checked by the config that the pack brings along, which the stack's config may hold", async () => {
    const initial = JSON.stringify({
      "thing-have-label": "disabled",
      "thing-limit-size": { enforcementLevel: "advisory", limit: 1 },
    });
    const { findings } = await run(
      { "thing-limit-size": { level: "mandatory" } },
      { "pack:initial": initial },
    );
    assert.deepEqual(
      findings.violations.map(({ policy, level }) => [policy, level]),
      [["thing-limit-size", "mandatory"]],
    );
  });

  it("is shown to stack policies with its outputs, relations and provider", async () => {
    const { first, second } = await seen(false);
    assert.deepEqual(first?.props, {
      arn: "arn:first",
      id: "id-first",
      label: "a",
      password: "hush",
      size: 5,
      token: "t0ken",
    });
    assert.equal(first.protect, true);
    assert.equal(first.timeout, 90);
    assert.equal(first.parent, "group");
    assert.deepEqual(first.provider, {
      type: "pulumi:providers:test",
      name: "default",
      props: { region: "north" },
    });
    assert.deepEqual(second?.dependencies, ["first"]);
    assert.deepEqual(second.propertyDependencies, { source: ["first"] });
  });

  it("is shown to stack policies with unknown values in a preview, and planned by nobody", async () => {
    const { second } = await seen(true);
    assert.deepEqual(second?.props, {
      id: "UnknownValueError",
      size: 1,
      source: "UnknownValueError",
    });
    assert.deepEqual(second.propertyDependencies, { source: ["first"] });
    assert.deepEqual(provider.planned, []);
  });

  it("gives the pack the stack and its config, and nothing of the host's", async () => {
    process.env.AWS_PROFILE = "host";
    const { first } = await seen(true);
    delete process.env.AWS_PROFILE;
    const { PULUMI_CONFIG, ...environment } = first?.environment as Record<string, string>;
    assert.deepEqual(environment, {
      PULUMI_ORGANIZATION: "organization",
      PULUMI_PROJECT: "checked",
      PULUMI_STACK: "dev",
      PULUMI_DRY_RUN: "true",
      PULUMI_NODEJS_ORGANIZATION: "organization",
      PULUMI_NODEJS_PROJECT: "checked",
      PULUMI_NODEJS_STACK: "dev",
      PULUMI_NODEJS_DRY_RUN: "true",
    });
    assert.equal(
      (JSON.parse(PULUMI_CONFIG ?? "") as Record<string, string>)["checked:secret"],
      "hush",
    );
  });

  it("is blamed as a whole for what a stack policy reports about no resource of it", async () => {
    const { findings } = await run({
      all: { level: "disabled" },
      "stack-have-source": { level: "mandatory" },
    });
    assert.deepEqual(
      findings.violations.map(({ urn, source }) => [urn, source]),
      [["urn:pulumi:dev::checked::pulumi:pulumi:Stack::checked-dev", undefined]],
    );
  });

  it("gets its inputs changed by a policy that remediates, before it is planned and analyzed", async () => {
    const { findings } = await run({ "thing-have-label": { level: "remediate" } });
    assert.deepEqual(
      findings.remediations.map(({ policy, urn }) => [policy, urn]),
      [["thing-have-label", secondUrn]],
    );
    assert.deepEqual(findings.violations, []);
    assert.equal(provider.inputsOf("second")?.label, "remediated");
  });

  it("is told of a policy that cannot remediate an unknown value, which is no violation", async () => {
    const { findings } = await run(
      { "thing-have-label": { level: "disabled" } },
      { how: "unknown" },
      { dryRun: true },
    );
    const [undecided, ...others] = findings.undecided;
    assert.deepEqual([undecided?.policy, others], ["thing-know-size", []]);
    assert.match(undecided?.message ?? "", /^\S+ value at \.known can't be known during preview$/);
    assert.deepEqual(findings.remediations, []);
  });

  it("exists only once someone has accepted what was found", async () => {
    const { result } = await run({}, { size: "11" });
    assert.deepEqual(provider.created, []);
    await result.create();
    assert.deepEqual(provider.created, ["first", "second"]);
  });

  it("creates a dynamic resource at once, with what it needs alone", async () => {
    const { result } = await run({}, { how: "dynamic" });
    assert.equal(result.resources.find(({ name }) => name === "fourth")?.id, "made");
    assert.deepEqual(provider.created, []);
  });

  it("creates no dynamic resource once a mandatory policy is violated", async () => {
    const failed: Checked[] = [];
    const dynamicRecords = {
      all: () => [],
      put: () => assert.fail("created"),
      remove: () => undefined,
    };
    await assert.rejects(
      run(
        {},
        { how: "dynamic", size: "11" },
        {
          dynamicRecords: Promise.resolve(dynamicRecords),
          onFailure: (checked) => {
            failed.push(checked);
          },
        },
      ),
      { name: "RunFailed", message: "a mandatory policy is violated; nothing more is created" },
    );
    assert.deepEqual(
      failed
        .flatMap(({ findings }) => findings.violations.map(({ policy }) => policy))
        .includes("thing-limit-size"),
      true,
    );
  });

  it("fails when the pack does not start, with what the pack printed", async () => {
    await assert.rejects(run({}, { "pack:how": "fails-to-start" }), {
      name: "ConfigurationError",
      message: /^The policy pack .*things failed to start:\n[^]*Error: no start/,
    });
    assert.deepEqual(provider.created, []);
  });

  it("fails when the pack ends by itself, with what the pack printed", async () => {
    await assert.rejects(run({}, { "pack:how": "crashes" }), {
      name: "PolicyPackError",
      message: /^The policy pack .*things ended by itself:\n(.*\n)*I give up/,
    });
  });

  it("fails when a policy throws, with the policy's name", async () => {
    await assert.rejects(run({}, { "pack:how": "throws" }), {
      name: "PolicyPackError",
      message: /^failed to run policy: .*'thing-limit-size'[^]*Error: this policy is broken/,
    });
  });

  it("fails when the pack does not accept its config", async () => {
    await assert.rejects(run({ "thing-limit-size": { properties: { limit: "many" } } }), {
      name: "ConfigurationError",
      message: "invalid policy pack config:\n  thing-limit-size: limit must be integer",
    });
  });

  it("fails when the pack has failed before the program asks for it", async () => {
    const project = await loadProject(join(fixtures, "checked"));
    const config = await loadStackConfig(project, "dev", {});
    const analyzer = Promise.reject<Analyzer>(new Error("the pack failed"));
    const onEvent = () => undefined;
    await assert.rejects(
      runChecked({ project, stack: "dev", config, provider, analyzer, onEvent }, () =>
        Promise.resolve(),
      ),
      { message: "the pack failed" },
    );
  });

  it("leaves no process of the pack when it fails itself", async () => {
    await assert.rejects(run({}, { how: "throw" }), { name: "RunFailed" });
    assert.ok(existsSync(pidFile));
  });
});
