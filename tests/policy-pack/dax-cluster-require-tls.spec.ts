import { daxClusterRequireTls as policy } from "../../policy-pack/policies/dax-cluster-require-tls";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:dax/cluster:Cluster",
  clean: { clusterEndpointEncryptionType: "TLS" },
  wrong: [
    [{ clusterEndpointEncryptionType: "NONE" }, "is reached without TLS"],
    [{ clusterEndpointEncryptionType: undefined }, "is reached without TLS"],
  ],
});
