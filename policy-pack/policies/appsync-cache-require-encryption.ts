import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const appsyncCacheRequireEncryption = resourceRule({
  name: "appsync-cache-require-encryption",
  description: "Caches of AppSync APIs are encrypted, at rest and in transit.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("AppSync.1"), fsbp("AppSync.6")],
  remediationSteps:
    "Set atRestEncryptionEnabled and transitEncryptionEnabled to true; the cache has to be replaced.",
  url: "https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html",
  ...requiring(
    {
      type: "aws:appsync/apiCache:ApiCache",
      path: ["atRestEncryptionEnabled"],
      accepts: [true],
      problem: "is not encrypted",
    },
    {
      type: "aws:appsync/apiCache:ApiCache",
      path: ["transitEncryptionEnabled"],
      accepts: [true],
      problem: "is reached without TLS",
    },
  ),
});
