import { createPublicKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { AwsError } from "../aws-error";

/**
 * The key in a PEM text.
 *
 * @throws AwsError `InvalidArgument` unless it is a public key of RSA with 2048 bits or of ECDSA on
 * the curve P-256.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
export function parsePublicKey(pem: string): KeyObject {
  const key = publicKeyOf(pem);
  const details = key?.asymmetricKeyDetails;
  const isRsa = key?.asymmetricKeyType === "rsa" && details?.modulusLength === 2048;
  const isEcdsa = key?.asymmetricKeyType === "ec" && details?.namedCurve === "prime256v1";
  if (key === undefined || !(isRsa || isEcdsa)) {
    throw new AwsError(
      "InvalidArgument",
      "The encoded key must be the PEM of a public key of RSA with 2048 bits or of ECDSA on P-256",
    );
  }
  return key;
}

function publicKeyOf(pem: string): KeyObject | undefined {
  // Out of a private key, OpenSSL would make the public one; CloudFront does not take it.
  if (!/^\s*-----BEGIN PUBLIC KEY-----\s/.test(pem)) {
    return undefined;
  }
  try {
    return createPublicKey(pem);
  } catch {
    // Each version of OpenSSL has its own errors for what is no key.
    return undefined;
  }
}
