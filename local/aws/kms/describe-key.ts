import { z } from "zod";
import { macAlgorithms, materialIdOf } from "./key";
import { refuseGrantTokens, type Operation } from "./operation";
import { parseInput } from "../parse-input";

const describeInput = z.object({ KeyId: z.string().min(1).max(2048) });

/** DescribeKey: what is known of a key. */
export const describeKey: Operation = (input, context) => {
  const { KeyId } = parseInput(describeInput, input);
  refuseGrantTokens(input, "DescribeKey");
  const key = context.authorizedKey(KeyId, "kms:DescribeKey");
  const algorithms = Object.entries(macAlgorithms).filter(([, { spec }]) => spec === key.spec);
  return {
    KeyMetadata: {
      AWSAccountId: context.accountId,
      KeyId: key.keyId,
      Arn: key.arn,
      CreationDate: key.createdAt.getTime() / 1000,
      Enabled: key.enabled,
      Description: key.description,
      KeyUsage: key.usage,
      KeyState: key.enabled ? "Enabled" : "Disabled",
      Origin: "AWS_KMS",
      KeyManager: key.manager,
      CustomerMasterKeySpec: key.spec,
      KeySpec: key.spec,
      ...(key.usage === "ENCRYPT_DECRYPT"
        ? {
            EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
            CurrentKeyMaterialId: materialIdOf(key),
          }
        : { MacAlgorithms: algorithms.map(([name]) => name) }),
      MultiRegion: false,
    },
  };
};
