import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { isKnown } from "../lib/values";

const documentType = "aws:ssm/document:Document";
const settingType = "aws:ssm/serviceSetting:ServiceSetting";

export const ssmDocumentForbidPublicSharing = resourceRule({
  name: "ssm-document-forbid-public-sharing",
  description: "Documents of Systems Manager are shared with accounts by id, if at all.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("SSM.4"), fsbp("SSM.7")],
  remediationSteps: "List the ids of accounts, and leave public sharing of documents disabled.",
  url: "https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html",
  types: [documentType, settingType],
  check(resource, report) {
    const accounts = resource.known("permissions", "account_ids");
    if (isKnown(accounts) && String(accounts).toLowerCase().split(",").includes("all")) {
      report("is shared with everybody");
    }
    const setting = resource.known("settingId");
    if (
      typeof setting === "string" &&
      setting.endsWith("/ssm/documents/console/public-sharing-permission") &&
      resource.known("settingValue") === "Enable"
    ) {
      report("lets documents be shared with everybody");
    }
  },
});
