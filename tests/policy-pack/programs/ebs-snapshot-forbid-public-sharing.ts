import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
  clean: { state: "block-all-sharing" },
  alsoClean: [{ state: "block-new-sharing" }],
  wrong: [[{ state: "unblocked" }, "lets snapshots be shared with everybody"]],
});
