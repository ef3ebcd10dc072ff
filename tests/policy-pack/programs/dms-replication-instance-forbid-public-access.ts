import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:dms/replicationInstance:ReplicationInstance",
  clean: { replicationInstanceId: "orders", publiclyAccessible: false },
  alsoClean: [{ publiclyAccessible: undefined }],
  wrong: [[{ publiclyAccessible: true }, "has a public address"]],
});
