import type { Logger } from "@aws-lambda-powertools/logger";
import { GetParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { Kept } from "./kept";

/** Milliseconds for which a parameter is used before it is read again: so long a rotation takes at most. */
export const refreshAfter = 5 * 60 * 1000;

/** Milliseconds after which a refresh that has failed is tried again. */
export const retryAfter = 30 * 1000;

/** A SecureString, and what it is to hold. */
export interface Parameter<Value> {
  name: string;
  /** What it is, as a log calls it, such as `the signing key`. */
  what: string;
  /** What it has to hold, for whoever set it, such as `JSON with keyPairId and privateKey`. */
  holds: string;
  /** What its text says; `undefined` if it does not hold that. */
  read: (text: string) => Value | undefined;
}

/**
 * Keeps what a parameter holds. One that cannot be read again goes on to be used: what it holds works
 * longer than this process lives.
 *
 * @param clock milliseconds since 1970.
 */
export function keptParameter<Value>(
  client: SSMClient,
  parameter: Parameter<Value>,
  logger: Pick<Logger, "warn">,
  clock?: () => number,
): Kept<Value> {
  const { what } = parameter;
  const read = () => stored(client, parameter);
  const keeping = { what, read, refreshAfterMs: refreshAfter, retryAfterMs: retryAfter };
  return new Kept(keeping, logger, clock);
}

async function stored<Value>(
  client: SSMClient,
  { name, holds, read }: Parameter<Value>,
): Promise<Value> {
  const command = new GetParameterCommand({ Name: name, WithDecryption: true });
  const { Parameter: found } = await client.send(command);
  const value = read(found?.Value ?? "");
  if (value === undefined) {
    // Nothing of the value, which is secret, may get into a log.
    throw new Error(`The parameter ${name} does not hold ${holds}.`);
  }
  return value;
}
