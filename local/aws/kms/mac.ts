import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { AwsError } from "../aws-error";
import { macAlgorithms } from "./key";
import type { Key } from "./key";
import { checkUsable, refuseGrantTokens } from "./operation";
import type { Operation, OperationContext } from "./operation";
import { parseInput } from "../parse-input";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html */
const maxMessageBytes = 4096;
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html */
const maxMacBytes = 6144;

const macInput = z.object({
  KeyId: z.string().min(1).max(2048),
  Message: bytes(maxMessageBytes),
  MacAlgorithm: z.enum(Object.keys(macAlgorithms)),
  DryRun: z.boolean().optional(),
});
const verifyInput = macInput.extend({ Mac: bytes(maxMacBytes) });

/** GenerateMac: the MAC of a message of 1–4,096 bytes. */
export const generateMac: Operation = (input, context) => {
  const request = parseInput(macInput, input);
  refuseGrantTokens(input, "GenerateMac");
  const { key, mac } = compute(request, context, "GenerateMac");
  return { KeyId: key.arn, Mac: mac.toString("base64"), MacAlgorithm: request.MacAlgorithm };
};

/**
 * VerifyMac: whether a MAC is the message's.
 *
 * @throws AwsError `KMSInvalidMacException` when it is not.
 */
export const verifyMac: Operation = (input, context) => {
  const request = parseInput(verifyInput, input);
  refuseGrantTokens(input, "VerifyMac");
  const { key, mac } = compute(request, context, "VerifyMac");
  if (request.Mac.length !== mac.length || !timingSafeEqual(request.Mac, mac)) {
    // KMS says no more of it.
    throw new AwsError("KMSInvalidMacException", "");
  }
  return { KeyId: key.arn, MacValid: true, MacAlgorithm: request.MacAlgorithm };
};

function compute(
  request: z.infer<typeof macInput>,
  context: OperationContext,
  operation: string,
): { key: Key; mac: Buffer } {
  const { KeyId, Message, MacAlgorithm } = request;
  const key = context.authorizedKey(KeyId, `kms:${operation}`, {
    "kms:MacAlgorithm": MacAlgorithm,
  });
  checkUsable(key, "GENERATE_VERIFY_MAC", operation);
  const algorithm = macAlgorithms[MacAlgorithm];
  if (algorithm?.spec !== key.spec) {
    throw new AwsError(
      "InvalidKeyUsageException",
      `Algorithm ${MacAlgorithm} is incompatible with key spec ${key.spec}.`,
    );
  }
  if (request.DryRun) {
    throw new AwsError(
      "DryRunOperationException",
      "The request would have succeeded, but the DryRun option is set.",
    );
  }
  const material = context.material.of(key.keyId, algorithm.materialBytes);
  return { key, mac: createHmac(algorithm.hash, material).update(Message).digest() };
}

/** Base64 of 1–`max` bytes. */
function bytes(max: number) {
  return z
    .base64()
    .transform((text) => Buffer.from(text, "base64"))
    .refine((value) => value.length >= 1 && value.length <= max, {
      error: `Member must have length between 1 and ${max}`,
    });
}
