import * as aws from "@pulumi/aws";
import type * as apigateway from "@pulumi/awsx/classic/apigateway";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "../recorded-args";

/** Requests that are let in. */
export interface Throttle {
  /** Requests per second in the long run. */
  rateLimit: number;
  /** Requests that may arrive at once. */
  burstLimit: number;
}

/** The key that a stack has unless it says otherwise, whose resources have no further name. */
const usualKeyName = "1";

/** Arguments of `UsagePlan`. */
export interface UsagePlanArgs {
  /**
   * Names of API keys: each once, at least one. The first is `apiKey`, all are accepted. A key lives as
   * long as its name is in the list.
   */
  apiKeyNames: readonly string[];
  /** Requests that each key may make in a day (UTC). */
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
 * API keys, and the usage plan by which they are metered once `meter` was called, each by itself. Keys
 * identify nobody: they are no login.
 */
export class UsagePlan extends pulumi.ComponentResource {
  /** The first key's value, secret. */
  readonly apiKey: pulumi.Output<string>;
  /** The values of all keys by name, secret. */
  readonly apiKeys: pulumi.Output<Record<string, string>>;
  private readonly keys: ReadonlyMap<string, aws.apigateway.ApiKey>;
  private readonly name: string;
  private readonly args: UsagePlanArgs;

  constructor(name: string, args: UsagePlanArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:api:UsagePlan", name, recordedArgs(args), opts);
    this.name = name;
    this.args = args;
    this.keys = new Map(args.apiKeyNames.map((keyName) => [keyName, this.createKey(keyName)]));
    const [first] = this.keys.values();
    if (!first) {
      throw new Error("apiKeyNames must have one name at least, and has none");
    }
    this.apiKey = pulumi.secret(first.value);
    const values = [...this.keys].map(([keyName, { value }]) => [keyName, value] as const);
    this.apiKeys = pulumi.secret(pulumi.all(Object.fromEntries(values)));
    this.registerOutputs({ apiKey: this.apiKey, apiKeys: this.apiKeys });
  }

  /** Makes the plan, of a stage that may need the key before it is there. */
  meter({ restAPI, stage }: apigateway.API): void {
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
    for (const [keyName, { id }] of this.keys) {
      new aws.apigateway.UsagePlanKey(
        `${this.name}-plan-key${ending(keyName)}`,
        { keyId: id, keyType: "API_KEY", usagePlanId: plan.id },
        { parent: this },
      );
    }
  }

  private createKey(keyName: string): aws.apigateway.ApiKey {
    return new aws.apigateway.ApiKey(`${this.name}-key${ending(keyName)}`, {}, { parent: this });
  }
}

function ending(keyName: string): string {
  return keyName === usualKeyName ? "" : `-${keyName}`;
}
