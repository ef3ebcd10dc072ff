import { ebsSnapshotForbidPublicSharing as policy } from "../../policy-pack/policies/ebs-snapshot-forbid-public-sharing";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
  clean: { state: "block-all-sharing" },
  alsoClean: [{ state: "block-new-sharing" }],
  wrong: [[{ state: "unblocked" }, "lets snapshots be shared with everybody"]],
});
