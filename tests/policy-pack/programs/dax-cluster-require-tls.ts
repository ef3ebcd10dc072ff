import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:dax/cluster:Cluster",
  clean: { clusterEndpointEncryptionType: "TLS" },
  wrong: [
    [{ clusterEndpointEncryptionType: "NONE" }, "is reached without TLS"],
    [{ clusterEndpointEncryptionType: undefined }, "is reached without TLS"],
  ],
});
