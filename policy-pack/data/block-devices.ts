/** Where a type says of volumes that come with it, or of copies that it makes, that they are encrypted. */
export interface BlockDevices {
  type: string;
  /** Lists of volumes, or the one volume; each with what is within the other. */
  paths: readonly (readonly string[])[];
  /** The volume that there is even if the program says nothing of it, here or where `unless` refers to. */
  root?: { property: string; unless: string };
  /** Where the program need not say it: AWS encrypts them, or does as with what they are made of. */
  isOptional?: true;
}

const ofInstance = {
  paths: [["rootBlockDevice"], ["ebsBlockDevices"]],
  root: { property: "rootBlockDevice", unless: "launchTemplate" },
} as const;

/**
 * A launch template need not say anything of the root volume: what uses it may, and the template's
 * control looks at the volumes that it names alone.
 */
export const blockDevices: readonly BlockDevices[] = [
  { type: "aws:ec2/instance:Instance", ...ofInstance },
  { type: "aws:ec2/spotInstanceRequest:SpotInstanceRequest", ...ofInstance },
  { type: "aws:ec2/launchConfiguration:LaunchConfiguration", ...ofInstance },
  { type: "aws:ec2/launchTemplate:LaunchTemplate", paths: [["blockDeviceMappings", "ebs"]] },
  { type: "aws:ec2/ami:Ami", paths: [["ebsBlockDevices"]] },
  {
    type: "aws:imagebuilder/imageRecipe:ImageRecipe",
    paths: [["blockDeviceMappings", "ebs"]],
    isOptional: true,
  },
  {
    type: "aws:imagebuilder/containerRecipe:ContainerRecipe",
    paths: [["instanceConfiguration", "blockDeviceMappings", "ebs"]],
    isOptional: true,
  },
  {
    type: "aws:ecs/service:Service",
    paths: [["volumeConfiguration", "managedEbsVolume"]],
    isOptional: true,
  },
  {
    type: "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    paths: [
      ["policyDetails", "schedules", "crossRegionCopyRules"],
      ["policyDetails", "action", "crossRegionCopies", "encryptionConfiguration"],
    ],
  },
  {
    type: "aws:ec2/spotFleetRequest:SpotFleetRequest",
    paths: [
      ["launchSpecifications", "rootBlockDevices"],
      ["launchSpecifications", "ebsBlockDevices"],
    ],
  },
];
