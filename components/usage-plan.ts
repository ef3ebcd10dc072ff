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
  api: awsx.classic.apigateway.API;
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

/** A usage plan and the API key that it meters. The key identifies nobody: it is no login. */
export class UsagePlan extends pulumi.ComponentResource {
  /** The key's value, secret. */
  readonly apiKey: pulumi.Output<string>;

  constructor(name: string, args: UsagePlanArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:api:UsagePlan", name, recordedArgs(args), opts);
    const { api, dailyRequestQuota, throttle, processThrottle } = args;
    const plan = new aws.apigateway.UsagePlan(
      `${name}-plan`,
      {
        apiStages: [
          {
            apiId: api.restAPI.id,
            stage: api.stage.stageName,
            throttles: [{ path: "/process/POST", ...processThrottle }],
          },
        ],
        quotaSettings: { limit: dailyRequestQuota, period: "DAY" },
        throttleSettings: throttle,
      },
      { parent: this },
    );
    const key = new aws.apigateway.ApiKey(`${name}-key`, {}, { parent: this });
    new aws.apigateway.UsagePlanKey(
      `${name}-plan-key`,
      { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id },
      { parent: this },
    );
    this.apiKey = pulumi.secret(key.value);
    this.registerOutputs({ apiKey: this.apiKey });
  }
}
