import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const codebuildProjectRequireEncryption = resourceRule({
  name: "codebuild-project-require-encryption",
  description: "Artifacts, logs and reports of CodeBuild are encrypted.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("CodeBuild.3"), fsbp("CodeBuild.7")],
  remediationSteps: "Leave encryptionDisabled out.",
  url: "https://docs.aws.amazon.com/codebuild/latest/userguide/security-encryption.html",
  ...requiring(
    {
      type: "aws:codebuild/project:Project",
      path: ["artifacts", "encryptionDisabled"],
      accepts: [false],
      byDefault: false,
      problem: "does not encrypt its artifacts",
    },
    {
      type: "aws:codebuild/project:Project",
      path: ["logsConfig", "s3Logs", "encryptionDisabled"],
      accepts: [false],
      byDefault: false,
      problem: "does not encrypt its logs in S3",
    },
    {
      type: "aws:codebuild/reportGroup:ReportGroup",
      path: ["exportConfig", "s3Destination", "encryptionDisabled"],
      accepts: [false],
      byDefault: false,
      problem: "does not encrypt the reports that it exports",
    },
  ),
});
