import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { parse } from "yaml";
import { Analyzer } from "../../local/engine/analyzer";
import { loadPolicyPack } from "../../local/engine/policy-pack";
import { loadProject } from "../../local/engine/project";
import { runChecked } from "../../local/engine/run-checked";
import { loadStackConfig } from "../../local/engine/stack-config";
import { policies } from "../../policy-pack/policies";
import { FakeProvider } from "../local/engine/fake-provider";

describe("the pack on this program", function () {
  // A build, a program and a pack, on a machine that is busy.
  this.timeout(120_000);

  before(async () => {
    await promisify(execFile)("npm", ["run", "build", "--workspace", "policy-pack"]);
  });

  it("is mandatory in production for encryption, public access and tags", () => {
    const { config } = parse(readFileSync("Pulumi.production.yaml", "utf8")) as {
      config: Record<string, Record<string, string | { enforcementLevel: string }>>;
    };
    const levels = config["darkroom-policy:config"] ?? {};
    const promised = policies.filter(({ tags = [] }) =>
      tags.some((tag) => ["encryption", "public-access", "tags"].includes(tag)),
    );
    assert.ok(promised.length > 0);
    for (const { name } of promised) {
      const level = levels[name];
      assert.equal(typeof level === "object" ? level.enforcementLevel : level, "mandatory", name);
    }
  });

  for (const stack of ["production", "local"]) {
    it(`has nothing to say about a preview of the stack ${stack}`, async () => {
      const project = await loadProject(".");
      const config = await loadStackConfig(project, stack, {});
      const pack = await loadPolicyPack("policy-pack");
      const run = { project, stack, config, dryRun: true };
      const analyzer = Analyzer.start({ ...run, project: project.name, pack, packConfig: {} });
      const { findings, result } = await runChecked({
        ...run,
        analyzer,
        provider: new FakeProvider(),
        onEvent: () => undefined,
      }).finally(async () => (await analyzer).stop());
      assert.deepEqual(
        findings.violations.map(({ policy, message }) => `${policy}: ${message}`),
        [],
      );
      assert.equal(findings.pack.policies.length, policies.length);
      assert.ok(result.resources.length > 50);
    });
  }
});
