import { programsOf } from "../support/examples";

export const programs = programsOf({
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
  asks: { brokerNodeGroupInfo: "brokerNodeGroupInfo.connectivityInfo.publicAccess.type" },
});
