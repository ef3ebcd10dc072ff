import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:eks/cluster:Cluster",
  clean: {
    vpcConfig: {
      subnetIds: ["subnet-1"],
      endpointPublicAccess: false,
      endpointPrivateAccess: true,
    },
  },
  alsoClean: [{ vpcConfig: { subnetIds: ["subnet-1"], publicAccessCidrs: ["203.0.113.0/24"] } }],
  wrong: [
    [{ vpcConfig: { subnetIds: ["subnet-1"] } }, "has an endpoint that the whole internet reaches"],
    [
      { vpcConfig: { subnetIds: ["subnet-1"], endpointPublicAccess: true } },
      "has an endpoint that the whole internet reaches",
    ],
    [
      {
        vpcConfig: { subnetIds: ["subnet-1"], publicAccessCidrs: ["203.0.113.0/24", "0.0.0.0/0"] },
      },
      "has an endpoint that the whole internet reaches",
    ],
    [
      { vpcConfig: { subnetIds: ["subnet-1"], publicAccessCidrs: [] } },
      "has an endpoint that the whole internet reaches",
    ],
  ],
  asks: { vpcConfig: "vpcConfig.endpointPublicAccess" },
});
