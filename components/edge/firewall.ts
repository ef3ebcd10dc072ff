import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "../recorded-args";
import { cloudFrontRegion } from "../regions";
import { type FirewallScope, firewallRules, tooManyRequests, visibility } from "./firewall-rules";

/** Arguments of `Firewall`. */
export interface FirewallArgs {
  /** `CLOUDFRONT` for distributions, `REGIONAL` for an API. */
  scope: FirewallScope;
  /** Requests of one IP address in five minutes, after which the next are refused; from 10. */
  rateLimit: number;
}

/**
 * A web ACL of AWS WAF, which lets through whatever none of its rules refuses: `firewallRules`.
 *
 * A distribution names the ACL by its ARN; an API is put behind it by `protect`.
 *
 *     const firewall = new Firewall(`${name}-api-firewall`, { scope: "REGIONAL", rateLimit: 10_000 });
 *     firewall.protect(api.stage.arn);
 */
export class Firewall extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  private readonly name: string;

  constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:Firewall", name, recordedArgs(args), opts);
    const { scope, rateLimit } = args;
    const isGlobal = scope === "CLOUDFRONT";
    this.name = name;
    this.arn = new aws.wafv2.WebAcl(
      name,
      {
        ...(isGlobal && { region: cloudFrontRegion, customResponseBodies: [tooManyRequests] }),
        scope,
        defaultAction: { allow: {} },
        rules: firewallRules(scope, rateLimit),
        visibilityConfig: visibility(name),
      },
      { parent: this },
    ).arn;
    this.registerOutputs({ arn: this.arn });
  }

  /** Puts the stage of an API behind it. */
  protect(stageArn: pulumi.Input<string>): void {
    new aws.wafv2.WebAclAssociation(
      `${this.name}-association`,
      { resourceArn: stageArn, webAclArn: this.arn },
      { parent: this },
    );
  }
}
