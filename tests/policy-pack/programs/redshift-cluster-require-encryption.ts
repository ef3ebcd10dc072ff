import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:redshift/cluster:Cluster",
  clean: { nodeType: "ra3.large", encrypted: true },
  alsoClean: [{ encrypted: "true" }, { encrypted: undefined }],
  wrong: [[{ encrypted: false }, "is not encrypted"]],
});
