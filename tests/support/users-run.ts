import { type InProcessRun, type RunOptions, startInProcess } from "./in-process-run";
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
 */
export async function startWithUsers(
  config: Readonly<Record<string, string>> = {},
  options: RunOptions = {},
): Promise<UsersRun> {
  const run = await startInProcess(options, { oidcIssuer: "local", ...config });
  return { ...run, token: localTokens(run.dataDir) };
}
