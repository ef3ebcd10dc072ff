import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HandlerFunction as StackFunction } from "../components/functions/handler-function";
import { bundleEntry } from "./entry-bundle";
import { withAbsoluteFiles } from "./plugin-files";
import { readSettings } from "./settings";

/** Something that a function may do. */
export interface Grant {
  /** Actions, such as s3:GetObject. */
  actions: string[];
  /** ARNs of what they may be done to. */
  resources: pulumi.Input<pulumi.Input<string>[]>;
}

/** Arguments of `HandlerFunction`; defaults are those of the stack's config, where it has the key. */
export interface HandlerFunctionArgs {
  /**
   * Path of the handler's file, TypeScript or JavaScript, relative to the program's folder. It exports
   * createHandler(settings), which is given the environment and returns the handler, or the handler itself.
   */
  entry: string;
  /** Environment variables of the handler, besides those of the logger. Default none. */
  environment?: Record<string, pulumi.Input<string>>;
  /** What the function may do besides logging and tracing. Default nothing. */
  grants?: Grant[];
  /** Days for which its logs are kept. Default 30. */
  logRetentionDays?: number;
  /** Whether runs are traced by X-Ray. Default true. */
  xrayTracing?: boolean;
  /** Seconds before the handler is stopped, 1 to 900. Default 30. */
  timeoutSeconds?: number;
  /** Megabytes of memory, 128 to 10240. Default 512. */
  memoryMegabytes?: number;
}

/**
 * A Lambda function made of one file, which is bundled with all that it imports, with a role, a managed
 * policy and a log group of its own, on Graviton. It can be invoked by nobody until a permission says so.
 */
export class HandlerFunction extends pulumi.ComponentResource {
  /** Its name. */
  readonly functionName: pulumi.Output<string>;
  /** Its ARN. */
  readonly functionArn: pulumi.Output<string>;
  /** ARN by which API Gateway invokes it. */
  readonly invokeArn: pulumi.Output<string>;
  /** ARN of its role. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: HandlerFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    const {
      entry,
      environment = {},
      grants = [],
      timeoutSeconds,
      memoryMegabytes,
      ...settings
    } = args;
    const { logRetentionDays, xrayTracing } = readSettings(`HandlerFunction ${name}`, settings);
    const operation = bundleEntry(entry);
    super("darkroom:index:HandlerFunction", name, args, {
      ...opts,
      transformations: [withAbsoluteFiles],
    });
    const { function: made } = new StackFunction(
      name,
      {
        operation,
        environment: { POWERTOOLS_SERVICE_NAME: name, ...environment },
        statements: pulumi.output(grants).apply(statementsOf),
        logRetentionDays,
        tracing: xrayTracing,
        timeoutSeconds,
        memoryMegabytes,
      },
      { parent: this },
    );
    this.functionName = made.name;
    this.functionArn = made.arn;
    this.invokeArn = made.invokeArn;
    this.roleArn = made.role;
    this.registerOutputs({
      functionName: this.functionName,
      functionArn: this.functionArn,
      invokeArn: this.invokeArn,
      roleArn: this.roleArn,
    });
  }
}

function statementsOf(
  grants: { actions: string[]; resources: string[] }[],
): aws.iam.PolicyStatement[] {
  return grants.map(({ actions, resources }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: resources,
  }));
}
