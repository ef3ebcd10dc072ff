import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Where resources are created. */
export interface Location {
  /** Such as `aws`. */
  partition: string;
  /** Such as `us-east-1`. */
  region: string;
  /** Twelve digits. */
  accountId: string;
}

/** Where the provider creates the resources of `parent`. */
export function locationOf(parent: pulumi.Resource): pulumi.Output<Location> {
  const opts = { parent };
  return pulumi
    .all([
      aws.getPartitionOutput({}, opts).partition,
      aws.getRegionOutput({}, opts).region,
      aws.getCallerIdentityOutput({}, opts).accountId,
    ])
    .apply(([partition, region, accountId]) => ({ partition, region, accountId }));
}
