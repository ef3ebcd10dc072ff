import {
  between,
  conflicts,
  flag,
  integer,
  json,
  length,
  map,
  matches,
  oneOf,
  required,
  requires,
  text,
  regional,
} from "./rule";
import type { RulesByType } from "./rule";

const aliasForm =
  'begin with "alias/", not "alias/aws/", and have letters, digits, /, _ and - only';

/** What the provider accepts of KMS. */
export const kmsRules: RulesByType = {
  "aws:kms/alias:Alias": regional(
    {
      name: text(matches(/^alias\/(?!aws\/)[\w/-]+$/, aliasForm)),
      namePrefix: text(matches(/^alias\/(?!aws\/)[\w/-]*$/, aliasForm)),
      targetKeyId: required(text()),
    },
    conflicts("name", "namePrefix"),
  ),
  "aws:kms/key:Key": regional(
    {
      bypassPolicyLockoutSafetyCheck: flag(),
      customKeyStoreId: text(length(1, 22)),
      customerMasterKeySpec: text(
        oneOf(
          "SYMMETRIC_DEFAULT",
          "RSA_2048",
          "RSA_3072",
          "RSA_4096",
          "ECC_NIST_P256",
          "ECC_NIST_P384",
          "ECC_NIST_P521",
          "ECC_SECG_P256K1",
          "ECC_NIST_EDWARDS25519",
          "HMAC_224",
          "HMAC_256",
          "HMAC_384",
          "HMAC_512",
          "ML_DSA_44",
          "ML_DSA_65",
          "ML_DSA_87",
          "ML_KEM_512",
          "ML_KEM_768",
          "ML_KEM_1024",
          "SM2",
        ),
      ),
      deletionWindowInDays: integer(between(7, 30)),
      description: text(length(0, 8192)),
      enableKeyRotation: flag(),
      isEnabled: flag(),
      keyUsage: text(
        oneOf(
          "SIGN_VERIFY",
          "ENCRYPT_DECRYPT",
          "GENERATE_VERIFY_MAC",
          "KEY_AGREEMENT",
          "ENCAPSULATE_DECAPSULATE",
        ),
      ),
      multiRegion: flag(),
      policy: text(json()),
      rotationPeriodInDays: integer(between(90, 2560)),
      tags: map(),
      xksKeyId: text(),
    },
    requires("rotationPeriodInDays", "enableKeyRotation"),
    requires("xksKeyId", "customKeyStoreId"),
  ),
};
