import { strict as assert } from "node:assert";
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountOf } from "../../local/cli/account";
import { startCloud } from "../../local/cloud";
import type { RunningCloud } from "../../local/cloud";
import { loadProject } from "../../local/engine/project";
import { runProgram } from "../../local/engine/run-program";
import type { ProgramResult, RunOptions } from "../../local/engine/run-program";
import { loadStackConfig } from "../../local/engine/stack-config";

describe("The program, before its resources are created", function () {
  this.timeout(180_000);
  let dataDir: string;
  let cloud: RunningCloud;
  let result: ProgramResult;
  let filesOfTheCloud: string[];
  const diagnostics: string[] = [];

  before(async () => {
    const project = await loadProject(join(__dirname, "../.."));
    const config = await loadStackConfig(project, "local", {});
    dataDir = await mkdtemp(join(tmpdir(), "plan-"));
    const account = accountOf(config);
    const lambda = { sourceDir: project.programDir };
    cloud = await startCloud({ port: 0, dataDir, account, lambda, notify: () => undefined });
    filesOfTheCloud = files();
    const { provider } = cloud;
    const onEvent: RunOptions["onEvent"] = (event) => {
      if (event.kind === "diagnostic") {
        diagnostics.push(event.message);
      }
    };
    const options = { project, stack: "local", config, provider, onEvent };
    result = await runProgram(options, (planned) => Promise.resolve(planned));
  });

  after(async () => {
    await cloud.stop();
    await rm(dataDir, { recursive: true });
  });

  const files = () => readdirSync(dataDir, { recursive: true, encoding: "utf8" }).sort();
  const health = async () => (await fetch(`${String(result.outputs.apiUrl)}/health`)).status;

  it("has left nothing in the data folder and is served nowhere", async () => {
    assert.deepEqual(files(), filesOfTheCloud);
    assert.equal(await health(), 403);
  });

  it("warns of nothing, such as of outputs without a value where users are not known", () => {
    assert.deepEqual(diagnostics, []);
  });

  it("knows its outputs already, which stay when it is created", async () => {
    const { imagesBucket } = result.outputs;
    await result.create();
    assert.ok(files().includes(join("s3/buckets", String(imagesBucket))));
    assert.equal(await health(), 200);
  });
});
