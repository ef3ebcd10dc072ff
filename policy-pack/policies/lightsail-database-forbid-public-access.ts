import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const lightsailDatabaseForbidPublicAccess = resourceRule({
  name: "lightsail-database-forbid-public-access",
  description: "Databases of Lightsail have no public addresses.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "public-access",
  remediationSteps: "Leave publiclyAccessible out, or set it to false.",
  url: "https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-configuring-database-public-mode.html",
  ...requiring({
    type: "aws:lightsail/database:Database",
    path: ["publiclyAccessible"],
    accepts: [false],
    byDefault: false,
    problem: "has a public address",
  }),
});
