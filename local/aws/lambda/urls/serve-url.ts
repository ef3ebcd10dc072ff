import { AwsError } from "../../aws-error";
import { sha256Hex } from "../../iam/sigv4-canonical";
import type { Authenticator, Principal } from "../../iam/types";
import type { RequestRecord } from "../../recorder";
import type { Account } from "../../types";
import type { LambdaResult } from "../function-response";
import type { FunctionUrlAuthType, FunctionUrlConfig } from "./function-url-config";
import { corsHeaders, isPreflight } from "./url-cors";
import { urlEvent, type UrlEventContext, type UrlRequest } from "./url-request";
import { urlResponse, type UrlResponse } from "./url-response";

/** Invokes functions for those who call their URLs. */
export interface UrlInvoker {
  /**
   * @throws AwsError `AccessDeniedException` unless the caller may invoke the function by its URL,
   * and as Lambda's `invoke`.
   */
  invokeByUrl(call: UrlCall): Promise<LambdaResult>;
}

/** One invocation by a URL. */
export interface UrlCall {
  functionName: string;
  principal: Principal;
  authType: FunctionUrlAuthType;
  requestId: string;
  /** JSON text. */
  payload: string;
  record?: RequestRecord | undefined;
}

/** The URL that is called, and what stands around it. */
export interface UrlSurroundings {
  functionName: string;
  urlId: string;
  config: FunctionUrlConfig;
  /** Host and port. */
  domainName: string;
  requestId: string;
  account: Account;
  clock: () => Date;
  authenticator: Pick<Authenticator, "authenticate">;
  invoker: UrlInvoker;
  /** Where the request is recorded. */
  record?: RequestRecord | undefined;
}

/** The words of AWS since function URLs need two permissions. */
const forbidden =
  "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";

/**
 * Answers a request to a function's URL.
 *
 * @throws AwsError what Lambda refuses it with.
 */
export async function serveUrl(
  request: UrlRequest,
  surroundings: UrlSurroundings,
): Promise<UrlResponse> {
  const { cors } = surroundings.config;
  if (cors && isPreflight(request)) {
    return { statusCode: 200, headers: corsHeaders(cors, request), body: Buffer.alloc(0) };
  }
  const response = urlResponse(await invoke(request, surroundings));
  return cors
    ? { ...response, headers: { ...withoutCors(response), ...corsHeaders(cors, request) } }
    : response;
}

async function invoke(
  request: UrlRequest,
  { functionName, config, clock, invoker, ...rest }: UrlSurroundings,
): Promise<LambdaResult> {
  const { authType } = config;
  const signer = authType === "AWS_IAM" ? signerOf(request, rest.authenticator) : undefined;
  const context: UrlEventContext = { ...rest, now: clock(), ...(signer && { signer }) };
  const principal: Principal = signer?.principal ?? { kind: "anonymous" };
  const payload = urlEvent(request, context);
  const { requestId, record } = rest;
  try {
    return await invoker.invokeByUrl({
      functionName,
      principal,
      authType,
      requestId,
      payload,
      record,
    });
  } catch (error) {
    throw error instanceof AwsError && error.code === "AccessDeniedException"
      ? accessDenied()
      : error;
  }
}

function signerOf(
  { method, url, headers, body }: UrlRequest,
  authenticator: Pick<Authenticator, "authenticate">,
): NonNullable<UrlEventContext["signer"]> {
  const bodySha256 = sha256Hex(body);
  const principal = authenticator.authenticate({
    method,
    url,
    headers,
    service: "lambda",
    bodySha256,
  });
  if (principal.kind === "anonymous") {
    throw accessDenied();
  }
  return { principal, accessKey: accessKeyIn({ url, headers }) };
}

function accessKeyIn({ url, headers }: Pick<UrlRequest, "headers" | "url">): string {
  const credential = /Credential=([^/]+)\//.exec(headers.authorization ?? "");
  const query = new URL(url, "http://localhost").searchParams.get("X-Amz-Credential");
  return credential?.[1] ?? query?.split("/")[0] ?? "";
}

function withoutCors({ headers }: UrlResponse): UrlResponse["headers"] {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith("access-control-"));
  return Object.fromEntries(kept);
}

function accessDenied(): AwsError {
  return new AwsError("AccessDeniedException", forbidden, 403);
}
