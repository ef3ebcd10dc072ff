import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:neptune/clusterParameterGroup:ClusterParameterGroup",
  clean: {
    family: "neptune1.4",
    parameters: [
      { name: "max_connections", value: "100" },
      { name: "neptune_enforce_ssl", value: "1" },
    ],
  },
  alsoClean: [{ parameters: undefined }],
  wrong: [
    [
      {
        parameters: [
          { name: "max_connections", value: "100" },
          { name: "neptune_enforce_ssl", value: "0" },
        ],
      },
      "sets neptune_enforce_ssl to 0, so that connections without TLS are accepted",
    ],
  ],
});
