import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: ["aws:redshift/cluster:Cluster", "aws:redshiftserverless/workgroup:Workgroup"],
  clean: { publiclyAccessible: false },
  alsoClean: [{ publiclyAccessible: undefined }],
  wrong: [[{ publiclyAccessible: true }, "has public addresses"]],
});
