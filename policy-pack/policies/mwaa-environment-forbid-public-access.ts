import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const mwaaEnvironmentForbidPublicAccess = resourceRule({
  name: "mwaa-environment-forbid-public-access",
  description: "Web servers of Apache Airflow are not reached from the internet.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "public-access",
  remediationSteps: "Leave webserverAccessMode out, or set it to PRIVATE_ONLY.",
  url: "https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-networking.html",
  ...requiring({
    type: "aws:mwaa/environment:Environment",
    path: ["webserverAccessMode"],
    accepts: ["PRIVATE_ONLY"],
    byDefault: "PRIVATE_ONLY",
    problem: "has a web server that the internet reaches",
  }),
});
