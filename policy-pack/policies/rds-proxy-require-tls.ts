import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const rdsProxyRequireTls = resourceRule({
  name: "rds-proxy-require-tls",
  description: "RDS proxies accept connections with TLS only.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("RDS.43")],
  remediationSteps: "Set requireTls to true.",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html#rds-proxy-security.tls",
  ...requiring({
    type: "aws:rds/proxy:Proxy",
    path: ["requireTls"],
    accepts: [true],
    problem: "accepts connections without TLS",
  }),
});
