import { mskClusterForbidPublicAccess as policy } from "../../policy-pack/policies/msk-cluster-forbid-public-access";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:msk/cluster:Cluster",
  clean: {
    brokerNodeGroupInfo: {
      instanceType: "kafka.m7g.large",
      connectivityInfo: { publicAccess: { type: "DISABLED" } },
    },
  },
  alsoClean: [{ brokerNodeGroupInfo: { instanceType: "kafka.m7g.large" } }],
  wrong: [
    [
      {
        brokerNodeGroupInfo: {
          instanceType: "kafka.m7g.large",
          connectivityInfo: { publicAccess: { type: "SERVICE_PROVIDED_EIPS" } },
        },
      },
      "has public addresses",
    ],
  ],
});
