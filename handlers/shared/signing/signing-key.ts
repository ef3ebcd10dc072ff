import type { Logger } from "@aws-lambda-powertools/logger";
import { GetParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import * as z from "zod";
import { parseJson } from "../json";

/** What signs URLs: a key that the distribution trusts. */
export interface SigningKey {
  /** CloudFront's id of the public key, such as `K2JCJMDEHXQW5F`. */
  keyPairId: string;
  /** PEM. */
  privateKey: string;
}

/** Milliseconds for which a key is used before it is read again: so long a rotation takes at most. */
export const refreshAfter = 5 * 60 * 1000;

/** Milliseconds after which a refresh that has failed is tried again. */
export const retryAfter = 30 * 1000;

const Stored = z.object({
  keyPairId: z.string().min(1),
  privateKey: z.string().startsWith("-----BEGIN"),
});

/** Reads the key that signs URLs, once and then from time to time. */
export class SigningKeys {
  readonly #client: SSMClient;
  readonly #parameter: string;
  readonly #logger: Pick<Logger, "warn">;
  readonly #clock: () => number;
  #key: SigningKey | undefined;
  #refreshAt = 0;
  #reading: Promise<SigningKey> | undefined;

  /**
   * @param parameter name of a SecureString that holds JSON with `keyPairId` and `privateKey`.
   * @param clock milliseconds since 1970.
   */
  constructor(
    client: SSMClient,
    parameter: string,
    logger: Pick<Logger, "warn">,
    clock: () => number = Date.now,
  ) {
    this.#client = client;
    this.#parameter = parameter;
    this.#logger = logger;
    this.#clock = clock;
  }

  /**
   * The key. One that cannot be read again goes on to be used: the distribution trusts it longer than
   * this process lives.
   *
   * @throws Error when no key has ever been read.
   */
  async current(): Promise<SigningKey> {
    if (this.#key && this.#clock() < this.#refreshAt) {
      return this.#key;
    }
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return await this.#reading;
  }

  async #read(): Promise<SigningKey> {
    try {
      this.#key = await this.#stored();
      this.#refreshAt = this.#clock() + refreshAfter;
    } catch (error) {
      if (!this.#key) {
        throw error;
      }
      this.#logger.warn("the signing key could not be read again", error as Error);
      this.#refreshAt = this.#clock() + retryAfter;
    }
    return this.#key;
  }

  async #stored(): Promise<SigningKey> {
    const { Parameter } = await this.#client.send(
      new GetParameterCommand({ Name: this.#parameter, WithDecryption: true }),
    );
    const { data } = Stored.safeParse(parseJson(Parameter?.Value ?? ""));
    if (!data) {
      // Nothing of the value, which is secret, may get into a log.
      throw new Error(
        `The parameter ${this.#parameter} does not hold JSON with keyPairId and privateKey.`,
      );
    }
    return data;
  }
}
