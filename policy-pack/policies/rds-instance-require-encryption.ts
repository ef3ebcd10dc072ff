import { cis, fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

/**
 * A replica, and what is restored, is encrypted as its source is, which belongs to another
 * resource. Instances of Aurora are encrypted as their cluster is.
 */
export const rdsInstanceRequireEncryption = resourceRule({
  name: "rds-instance-require-encryption",
  description: "RDS instances are encrypted at rest.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("RDS.3"), cis("2.3.1")],
  remediationSteps:
    "Set storageEncrypted to true; what is stored in clear has to be restored from an encrypted copy of a snapshot.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
  ...requiring({
    type: "aws:rds/instance:Instance",
    path: ["storageEncrypted"],
    accepts: [true],
    inheritsFrom: ["replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime"],
    problem: "is not encrypted",
  }),
});
