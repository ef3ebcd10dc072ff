import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiGateway } from "../../../aws/apigateway/apigateway";
import type { CreateRestApiRequest } from "../../../aws/apigateway/rest-api-request";
import type { CreateStageRequest } from "../../../aws/apigateway/stages";
import type { MethodSettings, RestApi } from "../../../aws/apigateway/state";
import type { CreateUsagePlanRequest } from "../../../aws/apigateway/usage-plans";
import { AwsError } from "../../../aws/aws-error";
import type { InvokeRequest, InvokeResult, MetricDatum } from "../../../aws/types";
import { Waf } from "../../../aws/waf/waf";

export const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
export const keyValue = "0123456789abcdefSECRETKEY0123456789";

type Invoke = (request: InvokeRequest) => InvokeResult | Promise<InvokeResult>;

/** A gateway with everything around it faked, and its clock in the test's hand. */
export class Lab {
  readonly gateway: ApiGateway;
  readonly invocations: InvokeRequest[] = [];
  readonly metrics: MetricDatum[] = [];
  /** Log lines by group; only groups that are here exist. */
  readonly logs = new Map<string, string[]>();
  readonly notices: string[] = [];
  now = new Date("2025-11-21T12:00:00Z");
  readonly waf = new Waf({ notify: (line) => this.notices.push(line), clock: () => this.now });
  /** What the function behind every proxy integration does. */
  invoke: Invoke = () => ok({ statusCode: 200, body: "done" });
  /** Whether it is followed with a debugger. */
  isInspected = false;

  constructor(dataDir: string, port = 0) {
    this.gateway = new ApiGateway({
      account,
      dataDir,
      port,
      notify: (line) => this.notices.push(line),
      clock: () => this.now,
      waf: this.waf,
      invoker: {
        invoke: async (request) => {
          this.invocations.push(request);
          return this.invoke(request);
        },
        isInspected: () => this.isInspected,
      },
      logs: {
        append: (group, _stream, lines) => {
          const log = this.logs.get(group);
          if (!log) {
            throw new AwsError("ResourceNotFoundException", "no such group");
          }
          log.push(...lines);
        },
      },
      metrics: { put: (datum) => this.metrics.push(datum) },
    });
  }

  /** Makes an API of `document`, deploys it to the stage `prod`. */
  async deploy(
    document: object,
    settings: Partial<CreateRestApiRequest> & {
      stage?: Partial<CreateStageRequest>;
      methods?: MethodSettings;
    } = {},
  ): Promise<{ api: RestApi; url: string }> {
    const { stage, methods, ...rest } = settings;
    const api = await this.gateway.createRestApi({
      name: "lab",
      body: JSON.stringify(document),
      ...rest,
    });
    const deployment = this.gateway.createDeployment({ restApiId: api.id });
    const { stageName = "prod", ...otherSettings } = stage ?? {};
    this.gateway.createStage({
      restApiId: api.id,
      deploymentId: deployment.id,
      stageName,
      ...otherSettings,
    });
    if (methods) {
      this.gateway.updateMethodSettings({
        restApiId: api.id,
        stageName: "prod",
        methodPath: "*/*",
        settings: methods,
      });
    }
    return { api, url: await this.gateway.invokeUrl(api.id, stageName) };
  }

  /** A key with `keyValue` in a plan for the stage `prod` of `api`. */
  meter(
    api: RestApi,
    plan: Partial<CreateUsagePlanRequest> = {},
    throttles: { path: string; rateLimit: number; burstLimit: number }[] = [],
  ): void {
    const key = this.gateway.createApiKey({ id: "key1", name: "key", value: keyValue });
    const { id } = this.gateway.createUsagePlan({
      id: "plan1",
      name: "plan",
      apiStages: [{ apiId: api.id, stage: "prod", throttles }],
      ...plan,
    });
    this.gateway.createUsagePlanKey({ usagePlanId: id, keyId: key.id });
  }

  /** The event of the last invocation. */
  event(): Record<string, unknown> {
    return JSON.parse(this.invocations.at(-1)?.payload ?? "{}") as Record<string, unknown>;
  }
}

/** Runs `test` in a lab with a folder of its own, and cleans up. */
export async function inLab(test: (lab: Lab, dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "apigateway-"));
  const lab = new Lab(dataDir);
  try {
    await lab.gateway.start();
    await test(lab, dataDir);
  } finally {
    await lab.gateway.stop();
    await rm(dataDir, { recursive: true });
  }
}

/** A function's result that is `value` as JSON. */
export function ok(value: unknown): InvokeResult {
  return { statusCode: 200, payload: JSON.stringify(value) };
}

/** An OpenAPI document of these paths. */
export function openApi(paths: object, more: object = {}): object {
  return {
    openapi: "3.0.3",
    info: { title: "lab", version: "1" },
    paths,
    components: {
      securitySchemes: { key: { type: "apiKey", name: "x-api-key", in: "header" } },
    },
    ...more,
  };
}

/** An operation behind a function. */
export function proxied(more: object = {}, integration: object = {}): object {
  return {
    responses: {},
    ...more,
    "x-amazon-apigateway-integration": {
      type: "aws_proxy",
      httpMethod: "POST",
      uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:worker/invocations",
      ...integration,
    },
  };
}

/** An operation that needs an API key. */
export function keyed(more: object = {}): object {
  return proxied({ security: [{ key: [] }], ...more });
}

/** An operation that the gateway answers with `body`. */
export function mocked(body: string, integration: object = {}): object {
  return {
    responses: { "200": { headers: { "X-Mock": {} } } },
    "x-amazon-apigateway-integration": {
      type: "mock",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      responses: {
        default: { statusCode: "200", responseTemplates: { "application/json": body } },
      },
      ...integration,
    },
  };
}

export interface RawResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Names and values in turn, as they were sent. */
  rawHeaders: readonly string[];
  body: Buffer;
}

/** A request exactly as given: header names keep their spelling, paths are not normalised. */
export async function raw(
  url: string,
  path: string,
  options: {
    method?: string;
    headers?: Record<string, string | string[]>;
    body?: string | Buffer;
  } = {},
): Promise<RawResponse> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        hostname,
        port,
        path: `${pathname}${path}`,
        method: options.method ?? "GET",
        headers: options.headers ?? {},
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            rawHeaders: response.rawHeaders,
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    request.on("error", reject);
    request.end(options.body);
  });
}
