import { redshiftClusterForbidPublicAccess as policy } from "../../policy-pack/policies/redshift-cluster-forbid-public-access";
import { describeExamples } from "./support/examples";

describeExamples(
  policy,
  {
    type: "aws:redshift/cluster:Cluster",
    clean: { publiclyAccessible: false },
    alsoClean: [{ publiclyAccessible: undefined }],
    wrong: [[{ publiclyAccessible: true }, "has public addresses"]],
  },
  {
    type: "aws:redshiftserverless/workgroup:Workgroup",
    clean: { publiclyAccessible: false },
    alsoClean: [{ publiclyAccessible: undefined }],
    wrong: [[{ publiclyAccessible: true }, "has public addresses"]],
  },
);
