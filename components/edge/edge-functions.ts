import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RenditionSettings } from "../../handlers/renditions/settings";
import { recordedArgs } from "../recorded-args";
import { type EdgeFunctionName, edgeFunctionCode } from "./edge-code";

/** Arguments of `EdgeFunctions`. */
export interface EdgeFunctionsArgs {
  /** What may be asked for: compiled into the functions. */
  settings: RenditionSettings;
  /** Origins of pages whose scripts may read images, `*` alone for any: compiled in as well. */
  allowedOrigins: readonly string[];
}

/**
 * The CloudFront Functions that images are asked for through, each in `handlers/edge/<name>.ts`: what
 * checks and normalises the request, and what completes the response's headers.
 */
export class EdgeFunctions extends pulumi.ComponentResource {
  /** For behaviors of a distribution. */
  readonly associations: aws.types.input.cloudfront.DistributionOrderedCacheBehaviorFunctionAssociation[];

  constructor(name: string, args: EdgeFunctionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:EdgeFunctions", name, recordedArgs(args), opts);
    const create = (operation: EdgeFunctionName) =>
      new aws.cloudfront.Function(
        `${name}-${operation}`,
        {
          runtime: "cloudfront-js-2.0",
          code: edgeFunctionCode(operation, args),
          publish: true,
        },
        { parent: this },
      ).arn;
    this.associations = [
      { eventType: "viewer-request", functionArn: create("image-request") },
      { eventType: "viewer-response", functionArn: create("image-response") },
    ];
    this.registerOutputs({ associations: this.associations });
  }
}
