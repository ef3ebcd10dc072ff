import { type BlockDevices, blockDevices } from "../data/block-devices";
import { cis, fsbp } from "../lib/reference";
import type { Block, CheckedResource } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { maySet } from "../lib/values";

const volumeType = "aws:ebs/volume:Volume";
/** Copies and imports, which a program may have encrypted whatever they are made of. */
const copyTypes = [
  "aws:ebs/snapshotCopy:SnapshotCopy",
  "aws:ebs/snapshotImport:SnapshotImport",
  "aws:ec2/amiCopy:AmiCopy",
];
/** https://docs.aws.amazon.com/drs/latest/APIReference/API_CreateReplicationConfigurationTemplate.html */
const recoveryType = "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate";
const accountDefaultType = "aws:ebs/encryptionByDefault:EncryptionByDefault";

/**
 * The default of an account (`aws.ebs.EncryptionByDefault`) does not count: it belongs to another
 * stack as a rule, and does not hold for what is created before it. What comes from a snapshot is
 * encrypted as that is, unless the program says otherwise.
 */
export const ebsVolumeRequireEncryption = resourceRule({
  name: "ebs-volume-require-encryption",
  description:
    "Volumes of EBS, copies of snapshots and images, and replicas are encrypted, also where instances bring them along.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("EC2.3"), fsbp("EC2.7"), fsbp("EC2.173"), fsbp("EC2.181"), cis("2.2.1")],
  remediationSteps:
    "Set encrypted to true on the volume, copy, rootBlockDevice, ebsBlockDevices or blockDeviceMappings.",
  url: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
  types: [
    volumeType,
    ...copyTypes,
    recoveryType,
    accountDefaultType,
    ...blockDevices.map(({ type }) => type),
  ],
  check(resource, report) {
    if (resource.type === accountDefaultType) {
      if (isOff(resource.known("enabled"))) {
        report("turns the account's default encryption off");
      }
      return;
    }
    if (resource.type === recoveryType && resource.known("ebsEncryption") === "NONE") {
      report("does not encrypt the volumes that it replicates to");
    }
    const isVolume = resource.type === volumeType;
    const snapshot = isVolume ? resource.declared("snapshotId") : undefined;
    if (
      (isVolume || copyTypes.includes(resource.type)) &&
      isInClear(resource.known("encrypted"), snapshot)
    ) {
      report("is not encrypted");
    }
    for (const place of placesInClear(resource)) {
      report(`does not encrypt ${place}`);
    }
  },
});

/** The properties that have a volume in clear. */
function placesInClear(resource: CheckedResource): string[] {
  const devices = blockDevices.find(({ type }) => type === resource.type);
  const places = (devices?.paths ?? []).filter(([property = "", ...within]) =>
    resource
      .blocks(property)
      .flatMap((item) => volumesIn(item, within))
      .some((volume) => {
        const encrypted = volume.known("encrypted");
        return devices?.isOptional
          ? isOff(encrypted)
          : isInClear(encrypted, volume.declared("snapshotId"));
      }),
  );
  return [
    ...(devices?.root && isMissing(resource, devices.root) ? ["its root volume"] : []),
    ...places.map((path) => path.join(".")),
  ];
}

function isMissing(resource: CheckedResource, root: NonNullable<BlockDevices["root"]>): boolean {
  return (
    resource.declared(root.property) === undefined && resource.declared(root.unless) === undefined
  );
}

/** A mapping need not have a volume: it may leave out one of the image's. */
function volumesIn(item: Block, within: readonly string[]): Block[] {
  return within.reduce((items, step) => items.flatMap((one) => one.blocks(step)), [item]);
}

/** A launch template's flags are texts. */
function isInClear(encrypted: unknown, snapshot: unknown): boolean {
  return encrypted === undefined || encrypted === "" ? !maySet(snapshot) : isOff(encrypted);
}

function isOff(flag: unknown): boolean {
  return flag === false || flag === "false";
}
