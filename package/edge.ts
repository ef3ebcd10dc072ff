import * as pulumi from "@pulumi/pulumi";
import { Edge as StackEdge } from "../components/edge/edge";
import type { BucketInfo } from "./references";
import { servedBucket } from "./served-bucket";
import { readSettings } from "./settings";

/** Arguments of `Edge`; defaults are those of the stack's config. */
export interface EdgeArgs {
  /** The bucket to serve what is below results/ of: Storage's results, or a SecureBucket with servedByEdge. */
  results: pulumi.Input<BucketInfo>;
  /** Origins of pages that may read results, such as https://app.example.com. Default all. */
  allowedOrigins?: string[];
}

/**
 * A CloudFront distribution in front of a bucket, which nobody else can read: HTTPS only, reading only,
 * with origin access control. It makes the bucket's policy.
 */
export class Edge extends pulumi.ComponentResource {
  /** Where results are served, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** Id of the distribution. */
  readonly distributionId: pulumi.Output<string>;
  /** ARN of the distribution. */
  readonly distributionArn: pulumi.Output<string>;

  constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    const { results, ...settings } = args;
    const { allowedOrigins } = readSettings(`Edge ${name}`, settings);
    super("darkroom:index:Edge", name, args, opts);
    const bucket = servedBucket(`${name}-results`, results, this);
    const made = new StackEdge(name, { results: bucket, allowedOrigins }, { parent: this });
    this.url = made.url;
    this.distributionId = made.distribution.id;
    this.distributionArn = made.distribution.arn;
    this.registerOutputs({
      url: this.url,
      distributionId: this.distributionId,
      distributionArn: this.distributionArn,
    });
  }
}
