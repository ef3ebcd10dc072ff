import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const mqBrokerForbidPublicAccess = resourceRule({
  name: "mq-broker-forbid-public-access",
  description: "Amazon MQ brokers have no public addresses.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "public-access",
  remediationSteps:
    "Leave publiclyAccessible out, or set it to false; a public broker has to be replaced.",
  url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html",
  ...requiring({
    type: "aws:mq/broker:Broker",
    path: ["publiclyAccessible"],
    accepts: [false],
    byDefault: false,
    problem: "has a public address",
  }),
});
