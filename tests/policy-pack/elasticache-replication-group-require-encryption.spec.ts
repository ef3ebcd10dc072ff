import { elasticacheReplicationGroupRequireEncryption as policy } from "../../policy-pack/policies/elasticache-replication-group-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:elasticache/replicationGroup:ReplicationGroup",
  clean: { engine: "redis", description: "sessions", atRestEncryptionEnabled: true },
  alsoClean: [
    { atRestEncryptionEnabled: undefined, engine: "valkey" },
    { atRestEncryptionEnabled: "true" },
    { atRestEncryptionEnabled: undefined, globalReplicationGroupId: "sessions" },
  ],
  wrong: [
    [{ atRestEncryptionEnabled: false }, "is not encrypted"],
    [{ atRestEncryptionEnabled: undefined }, "is not encrypted"],
  ],
});
