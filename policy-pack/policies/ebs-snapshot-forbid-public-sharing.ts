import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const ebsSnapshotForbidPublicSharing = resourceRule({
  name: "ebs-snapshot-forbid-public-sharing",
  description: "Snapshots of EBS cannot be shared with everybody.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("EC2.1")],
  remediationSteps: "Set the state to block-all-sharing.",
  url: "https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html",
  ...requiring({
    type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    path: ["state"],
    accepts: ["block-all-sharing", "block-new-sharing"],
    problem: "lets snapshots be shared with everybody",
  }),
});
