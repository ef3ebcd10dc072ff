import type { CloudOptions } from "../../local/cli/local-cloud";
import { type InProcessRun, startInProcess } from "./in-process-run";
import { type TokenOf, localTokens } from "./local-tokens";

/** A run whose stack takes tokens of the local issuer. */
export interface UsersRun extends InProcessRun {
  token: TokenOf;
}

/**
 * Runs the program with users, in a local cloud of this process on free ports, beside any other one.
 *
 * @param config values that go before those of the stack, by key or by path, such as
 * `{"allowApiKeys": "true", "oidcAudience[0]": "other"}`.
 * @param options what the local cloud is to do in another way.
 */
export async function startWithUsers(
  config: Readonly<Record<string, string>> = {},
  options: Pick<CloudOptions, "faults" | "lambda"> = {},
): Promise<UsersRun> {
  const run = await startInProcess(options, { oidcIssuer: "local", ...config });
  return { ...run, token: localTokens(run.dataDir) };
}
