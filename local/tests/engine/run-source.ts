import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { transformSync } from "esbuild";
import type { DiagnosticEvent, EngineEvent } from "../../engine/events";
import { loadProject } from "../../engine/project";
import { runProgram } from "../../engine/run-program";
import type { ProgramResult, RunOptions } from "../../engine/run-program";
import { loadStackConfig } from "../../engine/stack-config";
import { FakeProvider } from "./fake-provider";

const packages = join(__dirname, "../../../node_modules");
const files = {
  "Pulumi.yaml": "name: source\nruntime: nodejs\n",
  "Pulumi.dev.yaml": "config: {}\n",
  "package.json": '{ "main": "index.ts" }',
  "tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "target": "es2022" } }',
};

/** What became of a program that was written for one test. */
export interface SourceRun {
  /** Absent where the run failed. */
  result?: ProgramResult;
  /** Why it failed. */
  error?: Error;
  /** Messages without colours, each after its severity. */
  messages: string[];
  diagnostics: DiagnosticEvent[];
}

/**
 * Runs a program of these files, by path, with the stack `dev`, and removes it again. What is not
 * given is that of an ordinary program in TypeScript.
 *
 * @param folder the folder of `Pulumi.yaml`.
 * @param use gets the plan, which may then be created.
 */
export async function runSource(
  source: Readonly<Record<string, string>>,
  options: Partial<RunOptions> = {},
  folder = ".",
  use: (planned: ProgramResult) => Promise<void> = () => Promise.resolve(),
): Promise<SourceRun> {
  const dir = await mkdtemp(join(tmpdir(), "source-"));
  try {
    await symlink(packages, join(dir, "node_modules"));
    for (const [name, content] of Object.entries({ ...files, ...source })) {
      await mkdir(dirname(join(dir, name)), { recursive: true });
      await writeFile(join(dir, name), content);
    }
    return await run(join(dir, folder), options, use);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** The files of a program without its types, which starts without a compiler in half of the time. */
export function javaScript(program: string): Record<string, string> {
  const { code } = transformSync(program, { loader: "ts", format: "cjs", target: "node24" });
  return {
    "Pulumi.yaml": "name: source\nruntime: { name: nodejs, options: { typescript: false } }\n",
    "package.json": '{ "main": "index.js" }',
    "index.js": code,
  };
}

async function run(
  dir: string,
  options: Partial<RunOptions>,
  use: (planned: ProgramResult) => Promise<void>,
): Promise<SourceRun> {
  const project = await loadProject(dir);
  const config = await loadStackConfig(project, "dev");
  const events: EngineEvent[] = [];
  const { result, error } = await runProgram(
    {
      project,
      stack: "dev",
      config,
      provider: new FakeProvider(),
      onEvent: (event) => events.push(event),
      ...options,
    },
    async (planned) => {
      await use(planned);
      return planned;
    },
  ).then(
    (planned) => ({ result: planned, error: undefined }),
    (reason: unknown) => ({ result: undefined, error: reason as Error }),
  );
  const diagnostics = events.flatMap((event) =>
    event.kind === "diagnostic"
      ? [{ ...event, message: stripVTControlCharacters(event.message) }]
      : [],
  );
  const messages = diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
  return { result, error, messages, diagnostics };
}
