import { programsOf } from "../support/examples";

export const programs = programsOf({
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
  asks: { volumes: "volumes.efsVolumeConfiguration.transitEncryption" },
});
