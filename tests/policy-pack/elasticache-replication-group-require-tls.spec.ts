import { elasticacheReplicationGroupRequireTls as policy } from "../../policy-pack/policies/elasticache-replication-group-require-tls";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:elasticache/replicationGroup:ReplicationGroup",
  clean: { engine: "valkey", description: "sessions", transitEncryptionEnabled: true },
  alsoClean: [{ transitEncryptionEnabled: undefined, globalReplicationGroupId: "sessions" }],
  wrong: [
    [{ transitEncryptionEnabled: false }, "is reached without TLS"],
    [{ transitEncryptionEnabled: undefined }, "is reached without TLS"],
  ],
});
