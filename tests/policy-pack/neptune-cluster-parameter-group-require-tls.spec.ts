import { neptuneClusterParameterGroupRequireTls as policy } from "../../policy-pack/policies/neptune-cluster-parameter-group-require-tls";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
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
