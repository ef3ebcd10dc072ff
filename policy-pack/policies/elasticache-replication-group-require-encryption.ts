import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";
import { mayBe } from "../lib/values";

/** Those of Valkey are unless a program says that they are not, and serverless caches always. */
export const elasticacheReplicationGroupRequireEncryption = resourceRule({
  name: "elasticache-replication-group-require-encryption",
  description: "ElastiCache replication groups are encrypted at rest.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("ElastiCache.4")],
  remediationSteps: "Set atRestEncryptionEnabled to true; a group in clear has to be replaced.",
  url: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html",
  ...requiring({
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    path: ["atRestEncryptionEnabled"],
    accepts: [true],
    byDefault: (group) => mayBe(group.known("engine"), "valkey"),
    inheritsFrom: ["globalReplicationGroupId"],
    problem: "is not encrypted",
  }),
});
