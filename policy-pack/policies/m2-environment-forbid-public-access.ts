import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const m2EnvironmentForbidPublicAccess = resourceRule({
  name: "m2-environment-forbid-public-access",
  description: "Applications of Mainframe Modernization are not reached from the internet.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  remediationSteps:
    "Leave publiclyAccessible out, or set it to false; a public environment has to be replaced.",
  url: "https://docs.aws.amazon.com/m2/latest/userguide/create-environments-m2.html",
  ...requiring({
    type: "aws:m2/environment:Environment",
    path: ["publiclyAccessible"],
    accepts: [false],
    byDefault: false,
    problem: "has a public address",
  }),
});
