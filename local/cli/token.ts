import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { signAccessToken } from "../issuer/access-token";
import { issuerFolder, lastIssuerOf } from "../issuer/issuer";
import { signingKeysIn } from "../issuer/signing-keys";
import { isObject } from "../is-object";
import { parseJson } from "../parse-json";
import { isDataFolder } from "./data-folder";
import { runCommand } from "./run-command";
import { interruptedExitCode } from "./shutdown";
import { parseTokenOptions } from "./token-options";
import { UserError } from "./user-error";

const howToStart = "start it with npm start -- -c oidcIssuer=local";

/**
 * Prints an access token, and nothing else.
 *
 * @param args the command line after the script's name.
 * @returns the exit code.
 */
export function runToken(args: readonly string[]): Promise<number> {
  return runCommand(async () => {
    const { user, admin, expires, audience, data } = parseTokenOptions(args);
    const dataDir = resolve(data);
    const issuer = requireIssuer(dataDir);
    const { keys } = await signingKeysIn(issuerFolder(dataDir));
    const token = await signAccessToken(keys[0], {
      issuer: issuer.url,
      audience: audience ?? issuer.audience,
      user,
      isAdmin: admin,
      expiresSeconds: expires,
    });
    process.stdout.write(`${token}\n`);
    return 0;
  }, interruptedExitCode);
}

/** The issuer whose tokens the stack takes. */
function requireIssuer(dataDir: string): { url: string; audience: string } {
  if (!isDataFolder(dataDir)) {
    throw new UserError(
      `There is no local run in the folder ${dataDir}: ${howToStart}, or name its folder with --data.`,
    );
  }
  const issuer = lastIssuerOf(dataDir);
  if (issuer === undefined || outputsIn(dataDir).oidcIssuer !== issuer.url) {
    throw new UserError(
      `The local run in ${dataDir} takes no tokens of its own issuer: ${howToStart}.`,
    );
  }
  return issuer;
}

/** The outputs of the stack that was last run; none before it was created. */
function outputsIn(dataDir: string): Record<string, unknown> {
  const file = join(dataDir, "outputs.json");
  const outputs = existsSync(file) ? parseJson(readFileSync(file, "utf8")) : undefined;
  return isObject(outputs) ? outputs : {};
}
