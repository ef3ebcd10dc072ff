import { rdsProxyRequireTls as policy } from "../../policy-pack/policies/rds-proxy-require-tls";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:rds/proxy:Proxy",
  clean: { engineFamily: "POSTGRESQL", requireTls: true },
  wrong: [
    [{ requireTls: false }, "accepts connections without TLS"],
    [{ requireTls: undefined }, "accepts connections without TLS"],
  ],
});
