import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { mayBe } from "../lib/values";

/** Engines whose connections have a mode of TLS; the others are services of AWS, or have it otherwise. */
const engines: readonly unknown[] = [
  "aurora",
  "aurora-postgresql",
  "db2",
  "docdb",
  "mariadb",
  "mongodb",
  "mysql",
  "oracle",
  "postgres",
  "sqlserver",
  "sybase",
];

export const dmsEndpointRequireTls = resourceRule({
  name: "dms-endpoint-require-tls",
  description: "Endpoints of DMS connect to databases with TLS.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("DMS.9")],
  remediationSteps: "Set sslMode to require, verify-ca or verify-full.",
  url: "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html",
  types: ["aws:dms/endpoint:Endpoint"],
  check(endpoint, report) {
    const isDatabase = engines.includes(endpoint.known("engineName"));
    const mode = isDatabase ? (endpoint.known("sslMode") ?? "none") : undefined;
    if (isDatabase && !mayBe(mode, "require", "verify-ca", "verify-full")) {
      report("connects without TLS");
    }
  },
});
