import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

/**
 * Serverless caches always do. A secondary group of a global datastore does as its primary, and a
 * cluster as the group that it is a replica of. A cluster of Redis by itself cannot.
 */
export const elasticacheReplicationGroupRequireTls = resourceRule({
  name: "elasticache-replication-group-require-tls",
  description: "ElastiCache replication groups and clusters encrypt what they send.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("ElastiCache.5")],
  remediationSteps:
    "Set transitEncryptionEnabled to true; in place of one cluster of Redis or Valkey, make a replication group.",
  url: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html",
  ...requiring(
    {
      type: "aws:elasticache/replicationGroup:ReplicationGroup",
      path: ["transitEncryptionEnabled"],
      accepts: [true],
      inheritsFrom: ["globalReplicationGroupId"],
      problem: "is reached without TLS",
    },
    {
      type: "aws:elasticache/cluster:Cluster",
      path: ["transitEncryptionEnabled"],
      accepts: [true],
      inheritsFrom: ["replicationGroupId"],
      problem: "is reached without TLS",
    },
  ),
});
