import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: ["aws:memorydb/cluster:Cluster", "aws:memorydb/multiRegionCluster:MultiRegionCluster"],
  clean: { aclName: "orders", tlsEnabled: true },
  alsoClean: [{ tlsEnabled: undefined }],
  wrong: [[{ tlsEnabled: false }, "is reached without TLS"]],
});
