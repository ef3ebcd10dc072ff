import { ecsTaskDefinitionRequireEfsTls as policy } from "../../policy-pack/policies/ecs-task-definition-require-efs-tls";
import { describeExamples } from "./support/examples";

describeExamples(policy, {
  type: "aws:ecs/taskDefinition:TaskDefinition",
  clean: {
    volumes: [
      {
        name: "data",
        efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "ENABLED" },
      },
    ],
  },
  alsoClean: [{ volumes: undefined }, { volumes: [{ name: "scratch" }] }],
  wrong: [
    [
      { volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } }] },
      "mounts data without TLS",
    ],
    [
      {
        volumes: [
          {
            name: "data",
            efsVolumeConfiguration: { fileSystemId: "fs-1", transitEncryption: "DISABLED" },
          },
        ],
      },
      "mounts data without TLS",
    ],
  ],
});
