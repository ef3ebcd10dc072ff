import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:neptune/clusterInstance:ClusterInstance",
    clean: { instanceClass: "db.r6g.large", publiclyAccessible: false },
    alsoClean: [{ publiclyAccessible: undefined }],
    wrong: [[{ publiclyAccessible: true }, "has a public address"]],
  },
  {
    type: "aws:neptunegraph/graph:Graph",
    clean: { provisionedMemory: 16, publicConnectivity: false },
    alsoClean: [{ publicConnectivity: undefined }],
    wrong: [[{ publicConnectivity: true }, "has a public address"]],
  },
);
