import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:timestreaminfluxdb/dbInstance:DbInstance",
    clean: { dbInstanceType: "db.influx.medium", publiclyAccessible: false },
    alsoClean: [{ publiclyAccessible: undefined }],
    wrong: [[{ publiclyAccessible: true }, "has a public address"]],
  },
  {
    type: "aws:timestreaminfluxdb/dbCluster:DbCluster",
    clean: { dbInstanceType: "db.influx.medium", publiclyAccessible: false },
    alsoClean: [{ publiclyAccessible: undefined }],
    wrong: [[{ publiclyAccessible: true }, "has public addresses"]],
  },
);
