import { appsyncCacheRequireEncryption as policy } from "../../policy-pack/policies/appsync-cache-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:appsync/apiCache:ApiCache",
  clean: { type: "SMALL", atRestEncryptionEnabled: true, transitEncryptionEnabled: true },
  wrong: [
    [{ atRestEncryptionEnabled: false }, "is not encrypted"],
    [{ transitEncryptionEnabled: undefined }, "is reached without TLS"],
  ],
});
