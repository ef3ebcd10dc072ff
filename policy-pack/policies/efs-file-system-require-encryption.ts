import { cis, fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const efsFileSystemRequireEncryption = resourceRule({
  name: "efs-file-system-require-encryption",
  description: "EFS file systems are encrypted at rest.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("EFS.1"), fsbp("EFS.8"), cis("2.4.1")],
  remediationSteps: "Set encrypted to true; a file system in clear has to be replaced.",
  url: "https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",
  ...requiring({
    type: "aws:efs/fileSystem:FileSystem",
    path: ["encrypted"],
    accepts: [true],
    problem: "is not encrypted",
  }),
});
