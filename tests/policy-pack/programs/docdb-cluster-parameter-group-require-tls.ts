import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
  clean: {
    family: "docdb5.0",
    parameters: [
      { name: "max_connections", value: "100" },
      { name: "tls", value: "enabled" },
    ],
  },
  alsoClean: [
    { parameters: undefined },
    {
      parameters: [
        { name: "max_connections", value: "100" },
        { name: "tls", value: "tls1.3+" },
      ],
    },
  ],
  wrong: [
    [
      {
        parameters: [
          { name: "max_connections", value: "100" },
          { name: "tls", value: "disabled" },
        ],
      },
      "sets tls to disabled, so that connections without TLS are accepted",
    ],
  ],
});
