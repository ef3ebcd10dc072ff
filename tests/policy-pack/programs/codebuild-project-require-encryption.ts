import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:codebuild/project:Project",
    clean: { artifacts: { type: "S3" }, logsConfig: { s3Logs: { status: "ENABLED" } } },
    wrong: [
      [{ artifacts: { type: "S3", encryptionDisabled: true } }, "does not encrypt its artifacts"],
      [{ logsConfig: { s3Logs: { encryptionDisabled: true } } }, "does not encrypt its logs in S3"],
    ],
    asks: {
      artifacts: "artifacts.encryptionDisabled",
      logsConfig: "logsConfig.s3Logs.encryptionDisabled",
    },
  },
  {
    type: "aws:codebuild/reportGroup:ReportGroup",
    clean: { exportConfig: { type: "S3", s3Destination: { bucket: "reports" } } },
    wrong: [
      [
        {
          exportConfig: {
            type: "S3",
            s3Destination: { bucket: "reports", encryptionDisabled: true },
          },
        },
        "does not encrypt the reports that it exports",
      ],
    ],
    asks: { exportConfig: "exportConfig.s3Destination.encryptionDisabled" },
  },
);
