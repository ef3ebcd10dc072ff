import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountOf } from "../../local/cli/account";
import type { CloudOptions } from "../../local/cli/local-cloud";
import { audienceOf, issuerEnvironment } from "../../local/cli/start-local-issuer";
import { startCloud } from "../../local/cloud";
import type { RunningCloud } from "../../local/cloud";
import { loadProject } from "../../local/engine/project";
import type { RegisteredResource } from "../../local/engine/registered-resource";
import { type RunOptions as ProgramRun, runProgram } from "../../local/engine/run-program";
import { loadStackConfig } from "../../local/engine/stack-config";
import { LocalIssuer } from "../../local/issuer/issuer";
import { connect, type Stack } from "../e2e/support/stack";
import { maxEnvironments } from "./local-run";

/** The program in a local cloud of this process, whose identities a test can look into. */
export interface InProcessRun {
  cloud: RunningCloud;
  stack: Stack;
  /** The resources of a type, such as `aws:s3/bucket:Bucket`. */
  resourcesOf(type: string): RegisteredResource[];
  /** What `npm start` would have printed about calls so far. */
  lines: string[];
  dataDir: string;
  /** Stops it; the data folder stays. */
  stop(): Promise<void>;
  /** Stops it and removes its data folder. */
  remove(): Promise<void>;
}

/** What is to be in another way than `npm start` has it. */
export interface RunOptions extends Pick<CloudOptions, "cloudwatch" | "faults" | "lambda"> {
  /** Address of the issuer that config calls `local`. `@default` one of the run itself */
  issuer?: string;
}

/**
 * Runs the program in a local cloud on free ports.
 *
 * @param overrides config values that go before those of the stack, by key or by path, as `presets[0]`.
 */
export async function startInProcess(
  { issuer: otherIssuer, ...options }: RunOptions = {},
  overrides: Readonly<Record<string, string>> = {},
): Promise<InProcessRun> {
  const project = await loadProject(join(__dirname, "..", ".."));
  const config = await loadStackConfig(project, "local", overrides, { paths: true });
  const dataDir = await mkdtemp(join(tmpdir(), "darkroom-"));
  const lines: string[] = [];
  const notify = (line: string) => lines.push(line);
  const issuer = new LocalIssuer({ dataDir, audience: audienceOf(project, config), notify });
  await issuer.start();
  const cloud = await startCloud({
    port: 0,
    dataDir,
    account: accountOf(config),
    notify,
    ...options,
    // As `npm start`: from there, functions have this machine's packages of native code.
    lambda: { sourceDir: project.programDir, maxEnvironments, ...options.lambda },
  });
  const stop = async () => {
    await cloud.stop();
    await issuer.stop();
  };
  const remove = async () => {
    await stop();
    await rm(dataDir, { recursive: true });
  };
  const diagnostics: string[] = [];
  try {
    const run: ProgramRun = {
      project,
      stack: "local",
      config,
      environment: issuerEnvironment(otherIssuer ?? issuer.url),
      provider: cloud.provider,
      onEvent: (event) => {
        if (event.kind === "diagnostic") {
          diagnostics.push(event.message);
        }
      },
    };
    const { outputs, resources } = await runProgram(run, async (result) => {
      await result.create();
      return result;
    });
    cloud.resume();
    await writeFile(join(dataDir, "outputs.json"), JSON.stringify(outputs));
    await writeFile(join(dataDir, "endpoints.json"), JSON.stringify(cloud.endpoints));
    return {
      cloud,
      stack: connect(dataDir),
      resourcesOf: (type) => resources.filter((resource) => resource.type === type),
      lines,
      dataDir,
      stop,
      remove,
    };
  } catch (error) {
    await remove();
    throw new Error(diagnostics.join("\n"), { cause: error });
  }
}
