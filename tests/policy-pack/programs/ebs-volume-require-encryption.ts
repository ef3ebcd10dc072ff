import { programsOf } from "../support/examples";

export const programs = programsOf(
  {
    type: "aws:ebs/volume:Volume",
    clean: { availabilityZone: "eu-west-1a", encrypted: true },
    alsoClean: [{ encrypted: undefined, snapshotId: "snap-1" }],
    wrong: [
      [{ encrypted: false }, "is not encrypted"],
      [{ encrypted: undefined }, "is not encrypted"],
      [{ encrypted: false, snapshotId: "snap-1" }, "is not encrypted"],
    ],
  },
  {
    type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    clean: { enabled: true },
    alsoClean: [{ enabled: undefined }],
    wrong: [[{ enabled: false }, "turns the account's default encryption off"]],
  },
  {
    type: ["aws:ec2/instance:Instance", "aws:ec2/launchConfiguration:LaunchConfiguration"],
    clean: {
      rootBlockDevice: { encrypted: true, volumeSize: 20 },
      ebsBlockDevices: [{ deviceName: "/dev/sdf", encrypted: true, volumeSize: 20 }],
    },
    alsoClean: [
      { ebsBlockDevices: undefined },
      { rootBlockDevice: undefined, launchTemplate: { id: "lt-1" } },
      { ebsBlockDevices: [{ deviceName: "/dev/sdf", snapshotId: "snap-1" }] },
    ],
    wrong: [
      [{ rootBlockDevice: undefined }, "does not encrypt its root volume"],
      [{ rootBlockDevice: { volumeSize: 20 } }, "does not encrypt rootBlockDevice"],
      [
        {
          ebsBlockDevices: [
            { deviceName: "/dev/sdf", encrypted: true, volumeSize: 20 },
            { deviceName: "/dev/sdg", encrypted: false },
          ],
        },
        "does not encrypt ebsBlockDevices",
      ],
    ],
    asks: {
      ebsBlockDevices: "ebsBlockDevices.encrypted",
      rootBlockDevice: "rootBlockDevice.encrypted",
    },
  },
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    clean: {
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 20 } },
      ],
    },
    alsoClean: [
      { blockDeviceMappings: undefined },
      { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: true } }] },
      { blockDeviceMappings: [{ deviceName: "/dev/sdb", noDevice: "true" }] },
    ],
    wrong: [
      [
        { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }] },
        "does not encrypt blockDeviceMappings.ebs",
      ],
      [
        { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 20 } }] },
        "does not encrypt blockDeviceMappings.ebs",
      ],
      [
        { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: false } }] },
        "does not encrypt blockDeviceMappings.ebs",
      ],
    ],
    asks: { blockDeviceMappings: "blockDeviceMappings.ebs.encrypted" },
  },
  {
    type: "aws:ec2/spotFleetRequest:SpotFleetRequest",
    clean: { launchSpecifications: [{ rootBlockDevices: [{ encrypted: true, volumeSize: 20 }] }] },
    wrong: [
      [
        { launchSpecifications: [{ rootBlockDevices: [{ volumeSize: 20 }] }] },
        "does not encrypt launchSpecifications.rootBlockDevices",
      ],
    ],
    asks: {
      launchSpecifications:
        "launchSpecifications.rootBlockDevices.encrypted, launchSpecifications.ebsBlockDevices.encrypted",
    },
  },
);
