import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:dms/replicationInstance:ReplicationInstance",
    clean: { replicationInstanceId: "orders", publiclyAccessible: false },
    alsoClean: [{ publiclyAccessible: undefined }],
    wrong: [[{ publiclyAccessible: true }, "has a public address"]],
  },
  {
    type: "aws:dms/instanceProfile:InstanceProfile",
    clean: { networkType: "IPV4", publiclyAccessible: false },
    wrong: [
      [{ publiclyAccessible: true }, "gives public addresses"],
      [{ publiclyAccessible: undefined }, "gives public addresses"],
    ],
  },
);
