import { memorydbClusterRequireTls as policy } from "../../policy-pack/policies/memorydb-cluster-require-tls";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:memorydb/cluster:Cluster",
  clean: { aclName: "orders", tlsEnabled: true },
  alsoClean: [{ tlsEnabled: undefined }],
  wrong: [[{ tlsEnabled: false }, "is reached without TLS"]],
});
