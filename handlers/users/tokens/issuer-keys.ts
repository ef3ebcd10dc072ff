import type { Logger } from "@aws-lambda-powertools/logger";
import { createLocalJWKSet, errors, type JWTVerifyGetKey } from "jose";
import * as z from "zod/mini";
import { Kept } from "../../aws/kept";
import { discoverKeySet } from "./discovery";
import { fetchJson, IssuerUnavailableError } from "./fetch-json";

/** Milliseconds for which keys are used before they are fetched again: so long a withdrawn one works. */
export const keysRefreshAfter = 10 * 60 * 1000;

/** Milliseconds after which a refresh that has failed is tried again. */
export const keysRetryAfter = 30 * 1000;

/**
 * Milliseconds between two requests for keys, whatever tokens come: else, whoever makes up names of
 * keys would have every request answered by one to the issuer.
 */
export const keysPause = 10 * 1000;

/**
 * Milliseconds that the issuer has for both of its answers. With three attempts of a second at the
 * parameter of the plan's key, a function that has just started answers in 7 s; API Gateway waits for
 * 10 s at least. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const usualTimeoutMs = 3000;

/** An issuer has a key at least: a set without any is a mistake, and must not replace what is known. */
const KeySet = z.looseObject({
  keys: z.array(z.looseObject({ kty: z.string() })).check(z.minLength(1)),
});

/** How keys are fetched. */
export interface IssuerKeysOptions {
  /** Milliseconds that the issuer has. `@default` 3000 */
  timeoutMs?: number;
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/**
 * The public keys of an issuer, fetched where its discovery document says. They are kept, and go on to
 * be used while the issuer cannot be reached.
 */
export class IssuerKeys {
  readonly #keys: Kept<JWTVerifyGetKey>;

  constructor(issuer: string, logger: Pick<Logger, "warn">, options: IssuerKeysOptions = {}) {
    const { timeoutMs = usualTimeoutMs, clock } = options;
    this.#keys = new Kept(
      {
        what: "the issuer's keys",
        read: () => fetchKeys(issuer, AbortSignal.timeout(timeoutMs)),
        refreshAfterMs: keysRefreshAfter,
        retryAfterMs: keysRetryAfter,
        pauseMs: keysPause,
      },
      logger,
      clock,
    );
  }

  /**
   * The key of a token by its header: that of its `kid`, or without one, the only key that fits its
   * `alg`. Keys for another use or algorithm do not fit. One that is not known may be new: it is
   * looked for at the issuer, once in ten seconds at most.
   *
   * @throws JWKSNoMatchingKey where the issuer has no such key.
   * @throws IssuerUnavailableError where nobody can say.
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const known = await this.#keys.current();
    try {
      return await known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) {
        throw error;
      }
    }
    const renewed = await this.#keys.renewed();
    return await renewed(header, token);
  };
}

async function fetchKeys(issuer: string, signal: AbortSignal): Promise<JWTVerifyGetKey> {
  const url = await discoverKeySet(issuer, signal);
  const set = await fetchJson(url, "a JSON Web Key Set", KeySet, signal);
  try {
    return createLocalJWKSet(set);
  } catch (cause) {
    // It is nested too deeply. To the caller, errors of the library are about tokens.
    throw new IssuerUnavailableError(`What ${url} answers cannot be copied.`, { cause });
  }
}
