import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:rds/instance:Instance",
    clean: { engine: "postgres", publiclyAccessible: false },
    alsoClean: [{ publiclyAccessible: undefined }],
    wrong: [[{ publiclyAccessible: true }, "has a public address"]],
  },
  {
    type: "aws:rds/clusterInstance:ClusterInstance",
    clean: { engine: "aurora-postgresql", publiclyAccessible: false },
    alsoClean: [{ publiclyAccessible: undefined }],
    wrong: [[{ publiclyAccessible: true }, "has a public address"]],
  },
  {
    type: "aws:rds/shardGroup:ShardGroup",
    clean: { dbClusterIdentifier: "orders", maxAcu: 128, publiclyAccessible: false },
    alsoClean: [{ publiclyAccessible: undefined }],
    wrong: [[{ publiclyAccessible: true }, "has a public address"]],
  },
);
