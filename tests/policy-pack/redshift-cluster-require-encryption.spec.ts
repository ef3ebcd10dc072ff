import { redshiftClusterRequireEncryption as policy } from "../../policy-pack/policies/redshift-cluster-require-encryption";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:redshift/cluster:Cluster",
  clean: { nodeType: "ra3.large", encrypted: true },
  alsoClean: [{ encrypted: "true" }, { encrypted: undefined }],
  wrong: [[{ encrypted: false }, "is not encrypted"]],
});
