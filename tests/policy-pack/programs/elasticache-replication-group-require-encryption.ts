import { programsOf } from "../support/examples";

export const programs = programsOf({
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
