import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dependencies } from "../../package.json";
import { bundlePath } from "../bundle";
import { type NativeModule, nativeModuleFiles, provideNativeModules } from "../native-modules";
import { metricsEnvironment, type MetricsLocation } from "../operations/business-metrics";
import { functionPolicy, lambdaTrustPolicy } from "../policies/function-policy";
import { recordedArgs } from "../recorded-args";
import { type InvocationTarget, newestOf, releasedOf } from "./invocation-target";
import { createServiceRole } from "./service-role";

/** Arguments of `HandlerFunction`. */
export interface HandlerFunctionArgs {
  /** Name of a file in `handlers/`, without its extension, that `bundleHandlers` has bundled. */
  operation: string;
  /** Environment variables of the handler, to which those of the logger are added. */
  environment: Record<string, pulumi.Input<string>>;
  /** What the function may do besides logging and tracing. */
  statements: pulumi.Input<aws.iam.PolicyStatement[]>;
  /** Days for which its logs are kept. */
  logRetentionDays: number;
  /** Whether runs are traced by X-Ray. `@default` true */
  tracing?: boolean;
  /**
   * Executions at a time, from 0, that the account keeps for the function, and that it has at most; more
   * are throttled. Of the account's, 100 have to be left to functions without.
   * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html `@default` it shares the account's
   */
  reservedConcurrency?: number | undefined;
  /**
   * Whether each change of it becomes a version, which is invoked only once an alias names it: that is the first
   * one, until a release moves the alias on. `@default` false: it is invoked as it is
   */
  versioned?: boolean;
  /** Where it counts for the business, if it has anything to count. `@default` it does not */
  metrics?: MetricsLocation;
  /** Seconds before the handler is stopped, 1–900; API Gateway waits for 29. `@default` 30 */
  timeoutSeconds?: number;
  /**
   * Megabytes of memory, 128–10,240, and a vCPU per 1,769 of them. `@default` 512: of a whole core, requests
   * take 0.6 to 4 ms, so that more would save a client few milliseconds; the largest uploads, one after
   * another, fill 150 MB; and a start, which takes the processor too, lasts longer with less. Measured by
   * `npm run bench -- hot-path memory`
   */
  memoryMegabytes?: number;
  /** Modules with native code that the handler loads. `@default` none */
  nativeModules?: readonly NativeModule[];
}

/**
 * A Lambda function made of one bundled file of `handlers/`, with a role, a managed policy and a log group
 * of its own. It can be invoked by nobody until a permission says so.
 */
export class HandlerFunction extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly target: InvocationTarget;

  constructor(name: string, args: HandlerFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:api:HandlerFunction", name, recordedArgs(args), opts);
    // Lambda would create a group without retention; the prefix is where operators look for it.
    const logGroup = new aws.cloudwatch.LogGroup(
      `/aws/lambda/${name}`,
      { retentionInDays: args.logRetentionDays },
      { parent: this },
    );
    const { tracing = true } = args;
    const { role, attachment } = createRole(name, { ...args, tracing }, logGroup, this);
    this.function = new aws.lambda.CallbackFunction(
      name,
      {
        ...handlerCode(args),
        role,
        runtime: "nodejs24.x",
        architectures: ["arm64"],
        memorySize: args.memoryMegabytes ?? 512,
        timeout: args.timeoutSeconds ?? 30,
        ...(args.versioned && { publish: true }),
        ...(args.reservedConcurrency !== undefined && {
          reservedConcurrentExecutions: args.reservedConcurrency,
        }),
        tracingConfig: { mode: tracing ? "Active" : "PassThrough" },
        loggingConfig: { logFormat: "JSON", logGroup: logGroup.name },
        environment: {
          variables: {
            POWERTOOLS_SERVICE_NAME: args.operation,
            POWERTOOLS_LOG_LEVEL: "INFO",
            ...metricsEnvironment(args.operation, args.metrics),
            ...args.environment,
          },
        },
      },
      { parent: this, dependsOn: attachment },
    );
    this.target = args.versioned ? releasedOf(name, this.function, this) : newestOf(this.function);
    this.registerOutputs({ function: this.function });
  }
}

function createRole(
  name: string,
  { statements, tracing }: Pick<HandlerFunctionArgs, "statements"> & { tracing: boolean },
  logGroup: aws.cloudwatch.LogGroup,
  parent: pulumi.Resource,
) {
  const { accountId } = aws.getCallerIdentityOutput({}, { parent });
  const document = pulumi
    .all([logGroup.arn, statements])
    .apply(([logGroupArn, granted]) => functionPolicy(logGroupArn, granted, { tracing }));
  return createServiceRole(name, { trust: accountId.apply(lambdaTrustPolicy), document }, parent);
}

/**
 * The handler's bundle, and the closure that loads it. Pulumi serialises the closure to source text:
 * one that held the handler itself would take along every dependency, and run slower and in places
 * differently inside the `with` blocks that serialised code is wrapped in.
 */
function handlerCode({ operation, nativeModules = [] }: HandlerFunctionArgs) {
  const bundle = bundlePath(operation);
  if (nativeModules.length > 0) {
    provideNativeModules();
  }
  return {
    callbackFactory: () =>
      // Written into the archive as it stands, and resolved there, from the archive's root.
      // oxlint-disable-next-line typescript/no-require-imports
      (require(bundle) as HandlerModule).createHandler(process.env),
    codePathOptions: {
      extraIncludePaths: [bundle, ...nativeModules.flatMap(nativeModuleFiles)],
      // All that package.json depends on would be packed otherwise. A new array each time: the
      // function that gets it changes it.
      extraExcludePackages: Object.keys(dependencies),
    },
  };
}

/** What every file in `handlers/` exports. */
interface HandlerModule {
  createHandler(settings: NodeJS.ProcessEnv): aws.lambda.Callback<unknown, unknown>;
}
