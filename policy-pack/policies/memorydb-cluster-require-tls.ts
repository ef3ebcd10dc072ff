import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

/** At rest they are always encrypted. */
export const memorydbClusterRequireTls = resourceRule({
  name: "memorydb-cluster-require-tls",
  description: "MemoryDB clusters, also of several regions, are reached with TLS only.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  remediationSteps: "Leave tlsEnabled out, or set it to true.",
  url: "https://docs.aws.amazon.com/memorydb/latest/devguide/in-transit-encryption.html",
  ...requiring(
    {
      type: "aws:memorydb/cluster:Cluster",
      path: ["tlsEnabled"],
      accepts: [true],
      byDefault: true,
      problem: "is reached without TLS",
    },
    {
      type: "aws:memorydb/multiRegionCluster:MultiRegionCluster",
      path: ["tlsEnabled"],
      accepts: [true],
      byDefault: true,
      problem: "is reached without TLS",
    },
  ),
});
