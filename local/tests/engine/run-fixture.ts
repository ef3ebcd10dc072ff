import { join } from "node:path";
import type { EngineEvent } from "../../engine/events";
import { loadProject } from "../../engine/project";
import { runProgram } from "../../engine/run-program";
import type { ProgramResult, RunOptions } from "../../engine/run-program";
import { loadStackConfig } from "../../engine/stack-config";
import { FakeProvider } from "./fake-provider";

/** A run that is under way. */
export interface FixtureRun {
  provider: FakeProvider;
  events: EngineEvent[];
  result: Promise<ProgramResult>;
}

/** Runs the program in `fixtures/<name>` with the stack `dev`. */
export async function startFixture(
  name: string,
  overrides: Record<string, string> = {},
  options: Partial<RunOptions> = {},
): Promise<FixtureRun> {
  const project = await loadProject(join(__dirname, "fixtures", name));
  const config = await loadStackConfig(project, "dev", overrides);
  const provider = new FakeProvider();
  const events: EngineEvent[] = [];
  const run: RunOptions = {
    project,
    stack: "dev",
    config,
    provider,
    onEvent: (event) => events.push(event),
    ...options,
  };
  const result = runProgram(run, (planned) => Promise.resolve(planned));
  return { provider, events, result };
}
