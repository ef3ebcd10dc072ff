import { kmsKeyRequireRotation as policy } from "../../policy-pack/policies/kms-key-require-rotation";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("kms-key-require-rotation", () => {
  const key = resource("aws:kms/key:Key", "alerts-key", { enableKeyRotation: true });
  const problem = 'aws.kms.Key "alerts-key" is never rotated';

  it("accepts a key that is rotated, or may turn out to be", async () => {
    await assertAccepted(policy, [key, spoiled(key, { enableKeyRotation: outputOf() })]);
  });

  it("accepts keys that KMS cannot rotate", async () => {
    const unrotated = spoiled(key, { enableKeyRotation: undefined });
    await assertAccepted(policy, [
      spoiled(unrotated, { customerMasterKeySpec: "HMAC_256", keyUsage: "GENERATE_VERIFY_MAC" }),
      spoiled(unrotated, { customerMasterKeySpec: "RSA_2048" }),
      spoiled(unrotated, { customKeyStoreId: "cks-1234567890abcdef0" }),
    ]);
  });

  for (const value of [undefined, false]) {
    it(`refuses a key with enableKeyRotation ${String(value)}`, async () => {
      await assertRefused(policy, [spoiled(key, { enableKeyRotation: value })], problem);
    });
  }

  it("refuses a symmetric key that says so", async () => {
    const changes = {
      enableKeyRotation: false,
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
    };
    await assertRefused(policy, [spoiled(key, changes)], problem);
  });
});
