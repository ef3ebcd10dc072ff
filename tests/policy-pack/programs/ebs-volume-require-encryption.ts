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
    type: [
      "aws:ebs/snapshotCopy:SnapshotCopy",
      "aws:ebs/snapshotImport:SnapshotImport",
      "aws:ec2/amiCopy:AmiCopy",
    ],
    clean: { description: "nightly", encrypted: true },
    wrong: [
      [{ encrypted: false }, "is not encrypted"],
      [{ encrypted: undefined }, "is not encrypted"],
    ],
  },
  {
    type: "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate",
    clean: { createPublicIp: false, ebsEncryption: "DEFAULT" },
    alsoClean: [{ ebsEncryption: "CUSTOM" }],
    wrong: [[{ ebsEncryption: "NONE" }, "does not encrypt the volumes that it replicates to"]],
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
    type: "aws:ec2/ami:Ami",
    clean: { ebsBlockDevices: [{ deviceName: "/dev/sdf", encrypted: true, volumeSize: 20 }] },
    alsoClean: [
      { ebsBlockDevices: undefined },
      { ebsBlockDevices: [{ deviceName: "/dev/xvda", snapshotId: "snap-1" }] },
    ],
    wrong: [
      [
        { ebsBlockDevices: [{ deviceName: "/dev/sdf", volumeSize: 20 }] },
        "does not encrypt ebsBlockDevices",
      ],
    ],
    asks: { ebsBlockDevices: "ebsBlockDevices.encrypted" },
  },
  {
    type: "aws:imagebuilder/imageRecipe:ImageRecipe",
    clean: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }] },
    alsoClean: [{ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 20 } }] }],
    wrong: [
      [
        { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }] },
        "does not encrypt blockDeviceMappings.ebs",
      ],
    ],
    asks: { blockDeviceMappings: "blockDeviceMappings.ebs.encrypted" },
  },
  {
    type: "aws:imagebuilder/containerRecipe:ContainerRecipe",
    clean: { instanceConfiguration: { blockDeviceMappings: [{ ebs: { encrypted: "true" } }] } },
    wrong: [
      [
        { instanceConfiguration: { blockDeviceMappings: [{ ebs: { encrypted: "false" } }] } },
        "does not encrypt instanceConfiguration.blockDeviceMappings.ebs",
      ],
    ],
    asks: { instanceConfiguration: "instanceConfiguration.blockDeviceMappings.ebs.encrypted" },
  },
  {
    type: "aws:ecs/service:Service",
    clean: { volumeConfiguration: { name: "data", managedEbsVolume: { sizeInGb: 20 } } },
    wrong: [
      [
        { volumeConfiguration: { name: "data", managedEbsVolume: { encrypted: false } } },
        "does not encrypt volumeConfiguration.managedEbsVolume",
      ],
    ],
    asks: { volumeConfiguration: "volumeConfiguration.managedEbsVolume.encrypted" },
  },
  {
    type: "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    clean: {
      policyDetails: {
        schedules: [
          { name: "daily", crossRegionCopyRules: [{ target: "eu-west-1", encrypted: true }] },
        ],
      },
    },
    alsoClean: [{ policyDetails: { schedules: [{ name: "daily" }] } }],
    wrong: [
      [
        {
          policyDetails: {
            schedules: [
              { name: "daily" },
              { name: "weekly", crossRegionCopyRules: [{ target: "eu-west-1", encrypted: false }] },
            ],
          },
        },
        "does not encrypt policyDetails.schedules.crossRegionCopyRules",
      ],
    ],
    asks: {
      policyDetails:
        "policyDetails.schedules.crossRegionCopyRules.encrypted, policyDetails.action.crossRegionCopies.encryptionConfiguration.encrypted",
    },
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
