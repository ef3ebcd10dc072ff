import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    clean: { engine: "valkey", description: "sessions", transitEncryptionEnabled: true },
    alsoClean: [{ transitEncryptionEnabled: undefined, globalReplicationGroupId: "sessions" }],
    wrong: [
      [{ transitEncryptionEnabled: false }, "is reached without TLS"],
      [{ transitEncryptionEnabled: undefined }, "is reached without TLS"],
    ],
  },
  {
    type: "aws:elasticache/cluster:Cluster",
    clean: { engine: "memcached", numCacheNodes: 2, transitEncryptionEnabled: true },
    alsoClean: [{ transitEncryptionEnabled: undefined, replicationGroupId: "sessions" }],
    wrong: [
      [{ transitEncryptionEnabled: false }, "is reached without TLS"],
      [{ transitEncryptionEnabled: undefined }, "is reached without TLS"],
      [{ transitEncryptionEnabled: undefined, engine: "redis" }, "is reached without TLS"],
    ],
  },
);
