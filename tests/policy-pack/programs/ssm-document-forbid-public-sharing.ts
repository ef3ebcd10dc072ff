import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:ssm/document:Document",
    clean: { documentType: "Command", permissions: { type: "Share", account_ids: "123456789012" } },
    alsoClean: [{ permissions: undefined }],
    wrong: [
      [{ permissions: { type: "Share", account_ids: "All" } }, "is shared with everybody"],
      [
        { permissions: { type: "Share", account_ids: "123456789012,all" } },
        "is shared with everybody",
      ],
    ],
    asks: { permissions: "permissions.account_ids" },
  },
  {
    type: "aws:ssm/serviceSetting:ServiceSetting",
    clean: {
      settingId: "/ssm/documents/console/public-sharing-permission",
      settingValue: "Disable",
    },
    alsoClean: [
      { settingId: "/ssm/parameter-store/high-throughput-enabled", settingValue: "true" },
    ],
    wrong: [[{ settingValue: "Enable" }, "lets documents be shared with everybody"]],
  },
);
