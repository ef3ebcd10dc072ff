import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:rds/snapshot:Snapshot",
    clean: { sharedAccounts: ["123456789012"] },
    alsoClean: [{ sharedAccounts: undefined }],
    wrong: [[{ sharedAccounts: ["all"] }, "is shared with everybody"]],
  },
  {
    type: "aws:rds/clusterSnapshot:ClusterSnapshot",
    clean: { sharedAccounts: ["123456789012"] },
    alsoClean: [{ sharedAccounts: undefined }],
    wrong: [[{ sharedAccounts: ["all"] }, "is shared with everybody"]],
  },
  {
    type: "aws:rds/snapshotCopy:SnapshotCopy",
    clean: { sharedAccounts: ["123456789012"] },
    alsoClean: [{ sharedAccounts: undefined }],
    wrong: [[{ sharedAccounts: ["all"] }, "is shared with everybody"]],
  },
  {
    type: "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
    clean: { sharedAccounts: ["123456789012"] },
    alsoClean: [{ sharedAccounts: undefined }],
    wrong: [[{ sharedAccounts: ["all"] }, "is shared with everybody"]],
  },
);
