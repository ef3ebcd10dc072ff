import { dmsReplicationInstanceForbidPublicAccess as policy } from "../../policy-pack/policies/dms-replication-instance-forbid-public-access";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:dms/replicationInstance:ReplicationInstance",
  clean: { replicationInstanceId: "orders", publiclyAccessible: false },
  alsoClean: [{ publiclyAccessible: undefined }],
  wrong: [[{ publiclyAccessible: true }, "has a public address"]],
});
