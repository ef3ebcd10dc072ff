import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const timestreamDatabaseForbidPublicAccess = resourceRule({
  name: "timestream-database-forbid-public-access",
  description: "Instances and clusters of Timestream for InfluxDB have no public addresses.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  remediationSteps:
    "Leave publiclyAccessible out, or set it to false; a public database has to be replaced.",
  url: "https://docs.aws.amazon.com/timestream/latest/developerguide/timestream-for-influx-getting-started-creating-db-instance.html",
  ...requiring(
    {
      type: "aws:timestreaminfluxdb/dbInstance:DbInstance",
      path: ["publiclyAccessible"],
      accepts: [false],
      byDefault: false,
      problem: "has a public address",
    },
    {
      type: "aws:timestreaminfluxdb/dbCluster:DbCluster",
      path: ["publiclyAccessible"],
      accepts: [false],
      byDefault: false,
      problem: "has public addresses",
    },
  ),
});
