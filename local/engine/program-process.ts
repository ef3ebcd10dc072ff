import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { hostEnvironment } from "./host-environment";
import { endGroup, spawnGroup } from "./process-group";
import type { GroupLeader } from "./process-group";
import type { Project } from "./project";
import { sdkPreload, unknownAnswers } from "./sdk-preload";
import type { StackConfig } from "./stack-config";

export interface ProgramOptions {
  project: Project;
  stack: string;
  config: StackConfig;
  /** Variables that its process has beside the host's. */
  environment: Readonly<Record<string, string>>;
  dryRun: boolean;
  /** Whether what is not known may be used like what is. */
  judgeOnly: boolean;
  /** Where both of the engine's services listen. */
  address: string;
  /** Called with each line that the program prints. */
  onLine: (line: string) => void;
  /** Stops the program and the processes that it started. */
  signal: AbortSignal;
}

/** How a program's process ended. */
export interface ProgramExit {
  code: number | null;
  /** Set when a signal ended it, such as `SIGKILL`. */
  signal: NodeJS.Signals | null;
}

/**
 * Runs the program as Pulumi's language host does, and waits for its end. Processes that it leaves
 * behind are ended.
 */
export async function runProgramProcess(options: ProgramOptions): Promise<ProgramExit> {
  const { programDir } = options.project;
  const program = spawnGroup(programArguments(options), programDir, programEnvironment(options));
  const stop = () => {
    endGroup(program);
  };
  options.signal.addEventListener("abort", stop);
  if (options.signal.aborted) {
    stop();
  }
  try {
    return await exitOf(program, options.onLine);
  } finally {
    options.signal.removeEventListener("abort", stop);
  }
}

function programArguments({
  project,
  stack,
  dryRun,
  judgeOnly,
  address,
}: ProgramOptions): string[] {
  const requireFromProject = createRequire(join(project.programDir, "Pulumi.yaml"));
  return [
    ...sdkPreload,
    ...(judgeOnly ? unknownAnswers : []),
    ...project.nodeArgs,
    requireFromProject.resolve("@pulumi/pulumi/cmd/run"),
    `--monitor=${address}`,
    `--engine=${address}`,
    // What Pulumi says where no organization is involved.
    "--organization=organization",
    `--project=${project.name}`,
    `--stack=${stack}`,
    `--root-directory=${project.dir}`,
    `--pwd=${project.programDir}`,
    ...(dryRun ? ["--dry-run"] : []),
    project.entryPoint,
  ];
}

/** The provider's SDK takes the region from there where the program gives none; no more is of the host. */
const regionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION"];

function programEnvironment({ project, config, environment }: ProgramOptions): NodeJS.ProcessEnv {
  return {
    ...hostEnvironment(project.programDir),
    ...Object.fromEntries(
      regionVariables.flatMap((name) => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    ...environment,
    PULUMI_CONFIG: JSON.stringify(config.values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys),
    PULUMI_NODEJS_TYPESCRIPT: String(project.typescript),
    // Type checking takes seconds at each start, and `npm run check` does it.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    ...(project.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig }),
  };
}

async function exitOf(program: GroupLeader, onLine: (line: string) => void): Promise<ProgramExit> {
  for (const stream of [program.stdout, program.stderr]) {
    createInterface({ input: stream }).on("line", onLine);
  }
  return await new Promise((resolve, reject) => {
    program.once("error", reject);
    // A process that the program left behind would hold its output streams open.
    program.once("exit", () => {
      endGroup(program);
    });
    program.once("close", (code, signal) => {
      resolve({ code, signal });
    });
  });
}
