import type { Logger } from "@aws-lambda-powertools/logger";
import type { SSMClient } from "@aws-sdk/client-ssm";
import * as z from "zod/mini";
import type { Kept } from "../../aws/kept";
import { keptParameter } from "../../aws/kept-parameter";
import { parseJson } from "../../http/json";

/** What signs URLs: a key that the distribution trusts. */
export interface SigningKey {
  /** CloudFront's id of the public key, such as `K2JCJMDEHXQW5F`. */
  keyPairId: string;
  /** PEM. */
  privateKey: string;
}

const Stored = z.object({
  keyPairId: z.string().check(z.minLength(1)),
  privateKey: z.string().check(z.startsWith("-----BEGIN")),
});

/**
 * Keeps the key that signs URLs.
 *
 * @param parameter name of a SecureString that holds JSON with `keyPairId` and `privateKey`.
 */
export function keptSigningKey(
  client: SSMClient,
  parameter: string,
  logger: Pick<Logger, "warn">,
): Kept<SigningKey> {
  return keptParameter(
    client,
    {
      name: parameter,
      what: "the signing key",
      holds: "JSON with keyPairId and privateKey",
      read: (text) => Stored.safeParse(parseJson(text)).data,
    },
    logger,
  );
}
