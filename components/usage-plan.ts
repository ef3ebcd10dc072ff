import * as aws from "@pulumi/aws";
import type * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "./recorded-args";

/** Requests that are let in. */
export interface Throttle {
  /** Requests per second in the long run. */
  rateLimit: number;
  /** Requests that may arrive at once. */
  burstLimit: number;
}

/** Arguments of `UsagePlan`. */
export interface UsagePlanArgs {
  /** Requests that the key may make in a day (UTC). */
  dailyRequestQuota: number;
  /**
   * Of each key, to all methods together.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
   */
  throttle: Throttle;
  /** Of each key, to POST /process, within `throttle`. */
  processThrottle: Throttle;
}

/**
 * An API key, and the usage plan by which it is metered once `meter` was called. The key identifies
 * nobody: it is no login.
 */
export class UsagePlan extends pulumi.ComponentResource {
  /** The key's value, secret. */
  readonly apiKey: pulumi.Output<string>;
  private readonly key: aws.apigateway.ApiKey;
  private readonly name: string;
  private readonly args: UsagePlanArgs;

  constructor(name: string, args: UsagePlanArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:api:UsagePlan", name, recordedArgs(args), opts);
    this.name = name;
    this.args = args;
    this.key = new aws.apigateway.ApiKey(`${name}-key`, {}, { parent: this });
    this.apiKey = pulumi.secret(this.key.value);
    this.registerOutputs({ apiKey: this.apiKey });
  }

  /** Makes the plan, of a stage that may need the key before it is there. */
  meter({ restAPI, stage }: awsx.classic.apigateway.API): void {
    const { dailyRequestQuota, throttle, processThrottle } = this.args;
    const plan = new aws.apigateway.UsagePlan(
      `${this.name}-plan`,
      {
        apiStages: [
          {
            apiId: restAPI.id,
            stage: stage.stageName,
            throttles: [{ path: "/process/POST", ...processThrottle }],
          },
        ],
        quotaSettings: { limit: dailyRequestQuota, period: "DAY" },
        throttleSettings: throttle,
      },
      { parent: this },
    );
    new aws.apigateway.UsagePlanKey(
      `${this.name}-plan-key`,
      { keyId: this.key.id, keyType: "API_KEY", usagePlanId: plan.id },
      { parent: this },
    );
  }
}
