import { fsbp } from "../lib/reference";
import { requiring } from "../lib/requirement";
import { resourceRule } from "../lib/rule";

export const daxClusterRequireTls = resourceRule({
  name: "dax-cluster-require-tls",
  description: "DynamoDB Accelerator clusters are reached with TLS.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("DynamoDB.7")],
  remediationSteps: "Set clusterEndpointEncryptionType to TLS; the cluster has to be replaced.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionInTransit.html",
  ...requiring({
    type: "aws:dax/cluster:Cluster",
    path: ["clusterEndpointEncryptionType"],
    accepts: ["TLS"],
    problem: "is reached without TLS",
  }),
});
