import { daxClusterRequireEncryption as policy } from "../../policy-pack/policies/dax-cluster-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:dax/cluster:Cluster",
  clean: { nodeType: "dax.t3.small", serverSideEncryption: { enabled: true } },
  wrong: [
    [{ serverSideEncryption: { enabled: false } }, "is not encrypted"],
    [{ serverSideEncryption: undefined }, "is not encrypted"],
  ],
});
