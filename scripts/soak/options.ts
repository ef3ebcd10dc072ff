import { randomInt } from "node:crypto";
import { type Command, InvalidArgumentError } from "commander";
import { addConfig, type WithOptional } from "../../local/cli/config-option";
import { ScriptCommand } from "../../local/cli/script-command";

/** The proofs in the order in which they are carried out. */
export const proofNames = ["ingest", "malformed", "kill", "throttle"] as const;

export type ProofName = (typeof proofNames)[number];

/** What the proofs are told. */
export interface SoakOptions {
  /** Repeats what the run with the same seed did, as far as timing allows. */
  seed: number;
  /** Uploads, processes, records, deletes, renditions, focal points and lists of `ingest`, and again of `kill`. */
  operations: number;
  /** Requests of `malformed`. */
  requests: number;
  /** Seconds of each part of `throttle`. */
  seconds: number;
  /** How often `kill` kills the local run. */
  kills: number;
  /** Config values of the local run of `ingest` and `kill`; keys may be paths into values. */
  config: Record<string, string>;
  /** Seconds for which a client repeats a request until it gives up. */
  patience: number;
}

/** What `npm run soak` is told on its command line. */
export interface SoakCommand extends SoakOptions {
  only: ProofName[];
}

/**
 * Reads the command line.
 *
 * @param args what follows the script's name.
 * @throws CommanderError after the help or the error has been printed; `exitCode` says which.
 */
export function parseSoakOptions(args: readonly string[]): SoakCommand {
  const command = new ScriptCommand("npm run soak --")
    .description(
      "Proves by much use that nothing is lost, left over or let through.\n\n" +
        "ingest     uploads, documents, records, deletes, renditions at the edge and\n" +
        "           focal points, under faults, and events of what comes of them\n" +
        "malformed  requests that must be refused\n" +
        "kill       the same as ingest, while the local run is killed and started again\n" +
        "throttle   more requests than throttles and quota let in",
    )
    .option("--only <proofs>", `some of ${proofNames.join()}`, parseProofs, [...proofNames])
    .option("--operations <number>", "operations of ingest, and of kill", parseCount, 2000)
    .option("--requests <number>", "requests of malformed", parseCount, 20_000)
    .option("--seconds <number>", "length of each part of throttle", parseCount, 60)
    .option("--kills <number>", "how often kill kills the local run", parseCount, 3)
    .option(
      "-c, --config <key=value>",
      "config value of the local run of ingest and kill; repeatable",
      addConfig,
    )
    .option("--patience <seconds>", "how long clients repeat a request", parseCount, 60)
    .option("--seed <number>", "repeat the run that printed this number", parseCount)
    .addHelpText(
      "after",
      "\nClients have the API key: with -c oidcIssuer=local, it is let in beside users.\n" +
        "Exits with 1 when a proof does not hold.",
    )
    .exitOverride()
    .parse(args, { from: "user" });
  const given = command.opts<WithOptional<SoakCommand, "config" | "seed">>();
  const { seed = randomInt(1, 2 ** 32), config = {}, ...options } = given;
  return { seed, ...options, config: lettingKeysIn(config, command) };
}

/** Config by which a stack with users takes the API key, too, that clients have. */
function lettingKeysIn(config: SoakOptions["config"], command: Command): SoakOptions["config"] {
  // The project's name may stand before a key.
  const values = new Map(
    Object.entries(config).map(([key, value]) => [key.split(":").at(-1), value]),
  );
  if (!values.has("oidcIssuer")) {
    return config;
  }
  const allowed = values.get("allowApiKeys");
  if (allowed !== undefined && allowed !== "true") {
    command.error(`error: allowApiKeys is ${allowed}, and must be true: clients have the API key`);
  }
  return { ...config, ...(allowed === undefined && { allowApiKeys: "true" }) };
}

function parseProofs(text: string): ProofName[] {
  const given = text.split(",");
  const unknown = given.filter((name) => !proofNames.some((proof) => proof === name));
  if (unknown.length > 0) {
    throw new InvalidArgumentError(`It may be ${proofNames.join(", ")}.`);
  }
  return proofNames.filter((name) => given.includes(name));
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) {
    throw new InvalidArgumentError("It must be an integer above 0.");
  }
  return Number(text);
}
