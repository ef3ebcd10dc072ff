import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { stringsOf } from "../lib/values";

export const rdsSnapshotForbidPublicSharing = resourceRule({
  name: "rds-snapshot-forbid-public-sharing",
  description: "Snapshots of RDS and Aurora are shared with accounts by id, if at all.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("RDS.1")],
  remediationSteps: "List the ids of accounts in sharedAccounts.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html",
  types: [
    "aws:rds/clusterSnapshot:ClusterSnapshot",
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
    "aws:rds/snapshot:Snapshot",
    "aws:rds/snapshotCopy:SnapshotCopy",
  ],
  check(snapshot, report) {
    if (stringsOf(snapshot.known("sharedAccounts")).includes("all")) {
      report("is shared with everybody");
    }
  },
});
