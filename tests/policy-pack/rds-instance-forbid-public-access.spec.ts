import { rdsInstanceForbidPublicAccess as policy } from "../../policy-pack/policies/rds-instance-forbid-public-access";
import { describeExamples } from "./support/examples";

describeExamples(
  policy,
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
);
