import { coverMostOfInternet } from "../lib/ip-ranges";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { isKnown, listOf, stringsOf } from "../lib/values";

/** Unless a program says otherwise, the whole internet reaches a cluster's endpoint. */
export const eksClusterForbidPublicEndpoint = resourceRule({
  name: "eks-cluster-forbid-public-endpoint",
  description: "Endpoints of EKS clusters are private, or reached from known addresses only.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("EKS.1")],
  remediationSteps:
    "Set vpcConfig.endpointPublicAccess to false and endpointPrivateAccess to true, or list publicAccessCidrs.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
  types: ["aws:eks/cluster:Cluster"],
  check(cluster, report) {
    const isPublic = cluster.known("vpcConfig", "endpointPublicAccess");
    if (!isKnown(isPublic) || isPublic === false) {
      return;
    }
    const ranges = cluster.known("vpcConfig", "publicAccessCidrs");
    const isLimited = listOf(ranges).length > 0 && !coverMostOfInternet(stringsOf(ranges));
    if (!isLimited) {
      report("has an endpoint that the whole internet reaches");
    }
  },
});
