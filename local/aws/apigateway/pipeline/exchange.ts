import type { IncomingMessage } from "node:http";
import type { Recorder, RequestRecord } from "../../recorder";
import type { FunctionInvoker } from "../../types";
import type { Waf } from "../../waf/waf";
import type { Method } from "../definition";
import type { RestApi, Stage } from "../state";
import type { TokenBuckets } from "../token-buckets";
import type { UsagePlans } from "../usage-plans";
import type { UsageStore } from "../usage-store";
import type { AuthorizerCache } from "./authorizer/authorizer-cache";
import type { AuthorizerResult } from "./authorizer/authorizer-result";
import type { GatewayError } from "./gateway-error";
import type { RequestHeaders } from "./request-headers";

/** What the steps of the pipeline work with. */
export interface PipelineServices {
  accountId: string;
  invoker: FunctionInvoker;
  buckets: TokenBuckets;
  plans: UsagePlans;
  usage: UsageStore;
  authorizerResults: AuthorizerCache;
  waf: Pick<Waf, "inspect">;
  /** ARN of the web ACL that protects a stage, if one does. */
  webAclOf: (restApiId: string, stageName: string) => string | undefined;
  clock: () => Date;
  /** Prints one line to the person who runs the local cloud. */
  notify: (line: string) => void;
  /** Is told of requests. Default: nobody. */
  recorder?: Recorder | undefined;
}

/** A request on its way through the pipeline. */
export interface Exchange {
  readonly message: IncomingMessage;
  readonly api: RestApi;
  readonly stage: Stage;
  readonly httpMethod: string;
  /** Without the stage, still percent-encoded: `/images/a%2Fb`. */
  readonly path: string;
  /** The same as functions are told it: with the base path of a domain name, if it was asked for so. */
  readonly toldPath: string;
  /** As received, with the stage: `/prod/images/a%2Fb`. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: RequestHeaders;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** Value of `X-Amzn-Trace-Id` that the integration gets. */
  readonly traceId: string;
  /** The same for the client. */
  readonly repliedTraceId: string;
  readonly receivedAt: Date;
  /** Set by the steps, in this order. */
  body: Buffer;
  route?: Route;
  authorization?: AuthorizationFacts;
  apiKey?: { id: string; value: string };
  integration?: IntegrationFacts;
  error?: GatewayError;
  /** Where the request is recorded. */
  record?: RequestRecord | undefined;
  /** Lines of the execution log. */
  readonly trace: string[];
}

/** The method that serves a request. */
export interface Route {
  method: Method;
  /** Still percent-encoded. */
  pathParameters: Readonly<Record<string, string>>;
}

/** What is known of a request's authorization once it has begun. */
export interface AuthorizationFacts {
  /** What the authorizer said, of a caller whom it denies access too. */
  result?: AuthorizerResult;
  latencyMs: number;
  /** What the function took; absent when it was not invoked. */
  integrationLatencyMs?: number;
  /** Lambda's answer; absent when there was none. */
  integrationStatus?: number;
  /** What came of the authorizer: 200, 401 or 500. */
  status: number;
  error?: string;
  /** What came of its policy: 200 or 403. */
  policy?: { status: number; error?: string };
}

/** What is known of the integration once it was called. */
export interface IntegrationFacts {
  latencyMs: number;
  status: number;
  error?: string;
}

/** What goes back to the client. */
export interface Reply {
  statusCode: number;
  /** A name may occur several times. */
  headers: [string, string][];
  body: Buffer;
}
