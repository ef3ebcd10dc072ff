import * as aws from "@pulumi/aws";
// By itself: the whole of awsx loads the SDK of ECS, too.
import * as apigateway from "@pulumi/awsx/classic/apigateway";
import * as pulumi from "@pulumi/pulumi";
import type { CustomDomain } from "../edge/custom-domain";
import { hstsHeader } from "../edge/hsts";
import type { InvocationTarget, InvokedFunction } from "../functions/invocation-target";
import { mapped } from "../mapped";
import { binaryMediaTypes, gatewayDocument } from "../openapi/gateway";
import { type ByOperation, entriesOf, methodsOf, routes } from "../openapi/routes";
import { recordedArgs } from "../recorded-args";
import { accessLogFormat } from "./access-log";
import { ApiDomain } from "./api-domain";
import { Authorizer } from "./authorizer";
import { createFunctions, type FunctionsArgs } from "./functions";
import { GatewayAccount } from "./gateway-account";
import { type Throttle, UsagePlan, type UsagePlanArgs } from "./usage-plan";

/** Arguments of `Api`. */
export interface ApiArgs extends FunctionsArgs {
  /** Names of API keys, as `UsagePlanArgs` has them. */
  apiKeyNames: readonly string[];
  /** Requests that an API key may make in a day (UTC). */
  dailyRequestQuota: number;
  /**
   * Twice: in the usage plan, of each key to all methods together; in the stage, of all clients to
   * each method, so that it also holds for those without a key.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
   */
  throttle: Throttle;
  /** In the usage plan, of each key to POST /process. */
  processThrottle: Throttle;
  /** Whether there are metrics of each method besides the stage's, each billed by itself. `@default` false */
  detailedMetrics?: boolean;
  /**
   * Whether the execution log has each step of every request, some ten lines, and not only what failed: the access
   * log has a line of every request in either case. `@default` false
   */
  detailedLogs?: boolean;
  /** Whether to set the role with which API Gateway writes logs, a setting of the whole region. */
  manageAccount: boolean;
  /** The API's own name, with a certificate in the stack's region. `@default` that of AWS */
  domain?: CustomDomain | undefined;
}

/**
 * The HTTP API: a REST API made of the OpenAPI document, a function for each operation, an API key
 * with a usage plan, access and execution logs, traces and metrics; where users are known, an
 * authorizer that lets them in.
 *
 *     const api = new Api(prefix, { storage, cdnUrl: edge.url, … });
 *     api.url; // https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/v1
 */
export class Api extends pulumi.ComponentResource {
  /** Base of all routes, without a slash at the end: at the own domain, if there is one. */
  readonly url: pulumi.Output<string>;
  /** Where there is a name of its own. */
  readonly domain: ApiDomain | undefined;
  /** The API key's value, secret. */
  readonly apiKey: pulumi.Output<string>;
  /** The values of all API keys by name, secret. */
  readonly apiKeys: pulumi.Output<Record<string, string>>;
  readonly restApi: aws.apigateway.RestApi;
  readonly stage: aws.apigateway.Stage;
  /** Functions that requests run, by operation, and `authorize` where users are known. */
  readonly functions: Readonly<Record<string, aws.lambda.Function>>;
  /** How these are invoked. */
  readonly targets: Readonly<Record<string, InvocationTarget>>;
  readonly accessLog: aws.cloudwatch.LogGroup;

  constructor(name: string, args: ApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:api:Api", name, recordedArgs(args), opts);
    const usagePlan = new UsagePlan(name, usagePlanArgs(args), { parent: this });
    this.apiKey = usagePlan.apiKey;
    this.apiKeys = usagePlan.apiKeys;
    const operations = createFunctions(name, args, this);
    const authorizer = createAuthorizer(name, args, this.apiKey, this);
    const all: Record<string, InvokedFunction> = {
      ...operations,
      ...(authorizer && { authorize: authorizer }),
    };
    this.functions = mapped(all, (one) => one.function);
    this.targets = mapped(all, ({ target }) => target);
    this.accessLog = createAccessLog(name, args, this);
    const functions = { operations, authorizer };
    const api = createGateway(name, args, { ...functions, accessLog: this.accessLog }, this);
    this.restApi = api.restAPI;
    this.stage = api.stage;
    this.domain = createDomain(name, args, api, this);
    this.url = this.domain?.url ?? api.stage.invokeUrl;
    letGatewayInvoke(name, this.restApi, operations, this);
    authorizer?.letAsk(this.restApi);
    setMethods(name, args, api, this);
    usagePlan.meter(api);
    this.registerOutputs({ url: this.url, apiKey: this.apiKey });
  }
}

/** These alone, since a component's arguments are in its state: it is not to change with all that the API has. */
function usagePlanArgs(args: ApiArgs): UsagePlanArgs {
  const { apiKeyNames, dailyRequestQuota, throttle, processThrottle } = args;
  return { apiKeyNames, dailyRequestQuota, throttle, processThrottle };
}

function createAuthorizer(
  name: string,
  { users, logRetentionDays, tracing, versioned, reservedConcurrency }: ApiArgs,
  apiKey: pulumi.Input<string>,
  parent: pulumi.Resource,
): Authorizer | undefined {
  const settings = { apiKey, logRetentionDays, tracing, versioned, reservedConcurrency };
  return users && new Authorizer(`${name}-authorize`, { users, ...settings }, { parent });
}

function createDomain(
  name: string,
  { domain }: ApiArgs,
  { restAPI: restApi, stage }: apigateway.API,
  parent: pulumi.Resource,
): ApiDomain | undefined {
  return domain && new ApiDomain(`${name}-api-domain`, { domain, restApi, stage }, { parent });
}

/** What the gateway passes requests on to. */
interface GatewayFunctions {
  operations: ByOperation<InvokedFunction>;
  authorizer: Authorizer | undefined;
}

/** What the gateway works with. */
interface GatewayParts extends GatewayFunctions {
  accessLog: aws.cloudwatch.LogGroup;
}

function createGateway(
  name: string,
  args: ApiArgs,
  { accessLog, ...functions }: GatewayParts,
  parent: pulumi.Resource,
) {
  const body = createDocument(args, functions);
  return new apigateway.API(
    `${name}-api`,
    {
      swaggerString: body,
      stageName: "v1",
      restApiArgs: {
        // Metrics are published by this name, which AWS lets several APIs have.
        name: `${name}-${pulumi.getStack()}`,
        // By default the component takes every body for bytes: JSON would arrive as base64.
        binaryMediaTypes: [...binaryMediaTypes],
        endpointConfiguration: { types: "REGIONAL" },
      },
      stageArgs: {
        accessLogSettings: {
          destinationArn: writable(name, args, accessLog, parent),
          format: accessLogFormat(functions.authorizer !== undefined),
        },
        xrayTracingEnabled: args.tracing ?? true,
      },
    },
    { parent },
  );
}

function createDocument(
  { users, ...args }: ApiArgs,
  { operations, authorizer }: GatewayFunctions,
): pulumi.Output<string> {
  const invokeArns = entriesOf(operations).map(([operation, { target }]) =>
    target.invokeArn.apply((arn) => [operation, arn] as const),
  );
  return pulumi
    .all([pulumi.all(invokeArns), authorizer?.target.invokeArn])
    .apply(([arns, invokeArn]) =>
      JSON.stringify(
        gatewayDocument(Object.fromEntries(arns), {
          ...args,
          ...(users && invokeArn && { authorizer: { ...users, invokeArn } }),
          ...(args.hsts && { transportSecurity: hstsHeader(args.hsts) }),
        }),
      ),
    );
}

function createAccessLog(
  name: string,
  { logRetentionDays }: ApiArgs,
  parent: pulumi.Resource,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    `/aws/apigateway/${name}`,
    { retentionInDays: logRetentionDays },
    { parent },
  );
}

/** @returns the ARN of the log group, once API Gateway may write to it: the stage has to wait. */
function writable(
  name: string,
  { manageAccount }: ApiArgs,
  { arn }: aws.cloudwatch.LogGroup,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  if (!manageAccount) {
    return arn;
  }
  const { account } = new GatewayAccount(`${name}-gateway`, { parent });
  return pulumi.all([arn, account.id]).apply(([value]) => value);
}

/** The classic component grants nothing for an API that is given as a document. GET comes with HEAD. */
function letGatewayInvoke(
  name: string,
  restApi: aws.apigateway.RestApi,
  operations: ByOperation<InvokedFunction>,
  parent: pulumi.Resource,
) {
  for (const [operation, { target }] of entriesOf(operations)) {
    const { path } = routes[operation];
    for (const verb of methodsOf(operation)) {
      // Any stage, since the console tests with one of its own; a path parameter may be anything.
      const route = `*/${verb}${path.replace(/\{\w+\}/g, "*")}`;
      new aws.lambda.Permission(
        `${name}-${operation}-invoke${verb === "HEAD" ? "-head" : ""}`,
        {
          action: "lambda:InvokeFunction",
          function: target.functionName,
          ...target.qualified,
          principal: "apigateway.amazonaws.com",
          sourceArn: pulumi.interpolate`${restApi.executionArn}/${route}`,
        },
        { parent },
      );
    }
  }
}

/** Logs, metrics and throttle of every method; the throttle is of each by itself. */
function setMethods(
  name: string,
  { throttle, logRetentionDays, detailedMetrics = false, detailedLogs = false }: ApiArgs,
  { restAPI, stage }: apigateway.API,
  parent: pulumi.Resource,
) {
  // The group that API Gateway would create by itself, without retention, once logging is on.
  const executionLog = new aws.cloudwatch.LogGroup(
    `${name}-execution-log`,
    {
      name: pulumi.interpolate`API-Gateway-Execution-Logs_${restAPI.id}/${stage.stageName}`,
      retentionInDays: logRetentionDays,
    },
    { parent },
  );
  new aws.apigateway.MethodSettings(
    `${name}-methods`,
    {
      restApi: restAPI.id,
      stageName: stage.stageName,
      methodPath: "*/*",
      settings: {
        loggingLevel: detailedLogs ? "INFO" : "ERROR",
        metricsEnabled: detailedMetrics,
        // Bodies and headers, the API key among them, would be logged.
        dataTraceEnabled: false,
        throttlingRateLimit: throttle.rateLimit,
        throttlingBurstLimit: throttle.burstLimit,
      },
    },
    { parent, dependsOn: executionLog },
  );
}
