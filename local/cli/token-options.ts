import { InvalidArgumentError } from "commander";
import { accessTokenSeconds } from "../issuer/access-token";
import { userNameProblem } from "../issuer/user-name";
import { defaultDataFolder } from "./data-folder";
import { ScriptCommand } from "./script-command";

/** What `npm run token` is told on its command line. */
export interface TokenOptions {
  /** `sub`. */
  user: string;
  /** Whether the user has the role `admin`. */
  admin: boolean;
  /** Seconds for which the token is valid. */
  expires: number;
  /** `aud`. Default: what the issuer takes by itself. */
  audience?: string;
  /** The data folder of the local run whose issuer signs, relative to the working directory. */
  data: string;
}

/** Seconds; a token that never expires would be one to lose. */
const maxExpires = 366 * 24 * 3600;

/**
 * Reads the command line.
 *
 * @param args what follows the script's name.
 * @throws CommanderError after the help or the error has been printed; `exitCode` says which.
 */
export function parseTokenOptions(args: readonly string[]): TokenOptions {
  return new ScriptCommand("npm run --silent token --")
    .description(
      "Prints an access token of the issuer of the local run, which runs or has run with " +
        "npm start -- -c oidcIssuer=local. It is for local use alone.",
    )
    .requiredOption("--user <name>", "whose token it is", parseUser)
    .option("--admin", "give the user the role admin", false)
    .option("--expires <seconds>", "how long it is valid", parseExpires, accessTokenSeconds)
    .option("--audience <name>", "what it is for (default: what the stack accepts)", parseAudience)
    .option("--data <dir>", "folder of the local run", defaultDataFolder)
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<TokenOptions>();
}

function parseUser(text: string): string {
  const problem = userNameProblem(text);
  if (problem !== undefined) {
    throw new InvalidArgumentError(problem);
  }
  return text;
}

function parseExpires(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 1 || seconds > maxExpires) {
    throw new InvalidArgumentError(`It must be an integer from 1 to ${maxExpires}.`);
  }
  return seconds;
}

function parseAudience(text: string): string {
  if (text === "") {
    throw new InvalidArgumentError("It must not be empty.");
  }
  return text;
}
