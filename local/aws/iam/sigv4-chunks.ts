import { sameSignature } from "./compare";
import { scopeText, sha256Hex, sign } from "./sigv4-canonical";
import type { SignatureClaim } from "./sigv4-claim";
import type { ChunkVerifier } from "./types";

/**
 * Checks the signatures of a body of `STREAMING-AWS4-HMAC-SHA256-PAYLOAD`, whose first link is the
 * signature of the request itself.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function chunkVerifier(claim: SignatureClaim, secretAccessKey: string): ChunkVerifier {
  let previous = claim.signature;
  const check = (kind: string, hashes: readonly string[], signature: string) => {
    const stringToSign = [
      `AWS4-HMAC-SHA256-${kind}`,
      claim.date,
      scopeText(claim.scope),
      previous,
      ...hashes,
    ].join("\n");
    const expected = sign(secretAccessKey, claim.scope, stringToSign);
    if (!sameSignature(signature, expected)) {
      throw claim.faults.mismatch({
        AWSAccessKeyId: claim.accessKeyId,
        StringToSign: stringToSign,
        SignatureProvided: signature,
      });
    }
    previous = signature;
  };
  return {
    chunk: (data, signature) => {
      check("PAYLOAD", [sha256Hex(""), sha256Hex(data)], signature);
    },
    trailer: (text, signature) => {
      check("TRAILER", [sha256Hex(text)], signature);
    },
  };
}
