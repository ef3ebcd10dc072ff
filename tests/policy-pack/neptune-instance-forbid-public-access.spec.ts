import { neptuneInstanceForbidPublicAccess as policy } from "../../policy-pack/policies/neptune-instance-forbid-public-access";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:neptune/clusterInstance:ClusterInstance",
  clean: { instanceClass: "db.r6g.large", publiclyAccessible: false },
  alsoClean: [{ publiclyAccessible: undefined }],
  wrong: [[{ publiclyAccessible: true }, "has a public address"]],
});
