import { mock } from "node:test";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import type { ApiHandler } from "../../handlers/http/api-handler";

/** What a test says about a request; the rest is as REST APIs fill it in. */
export interface RequestParts {
  method?: string;
  resource?: string;
  /** Values by name; an array is a header of several lines. */
  headers?: Record<string, string | string[]>;
  /** Values by name; an array is a parameter that is given several times. */
  query?: Record<string, string | string[]>;
  id?: string;
  /** Of the key that the request came with. */
  apiKeyId?: string;
  /** What the authorizer says, if there is one. */
  authorizer?: Record<string, unknown>;
  /** Text arrives as it is; bytes as base64, as binary media types do. */
  body?: string | Uint8Array;
}

/** The event of a proxy integration of a REST API (payload format 1.0). */
export function apiEvent(parts: RequestParts): APIGatewayProxyEvent {
  const { method = "POST", resource = "/images", headers = {}, query, id, body } = parts;
  const lines = Object.entries(headers).map(([name, value]) => [name, [value].flat()] as const);
  const values =
    query && Object.entries(query).map(([key, value]) => [key, [value].flat()] as const);
  return {
    httpMethod: method,
    resource,
    path: resource,
    headers: Object.fromEntries(lines.map(([name, all]) => [name, all.at(-1)])),
    multiValueHeaders: Object.fromEntries(lines),
    queryStringParameters: values
      ? Object.fromEntries(values.map(([key, all]) => [key, all.at(-1)]))
      : null,
    multiValueQueryStringParameters: values ? Object.fromEntries(values) : null,
    pathParameters: id === undefined ? null : { id },
    stageVariables: null,
    body: body === undefined ? null : typeof body === "string" ? body : toBase64(body),
    isBase64Encoded: body instanceof Uint8Array,
    requestContext: {
      requestId: "request-1",
      identity: { apiKeyId: parts.apiKeyId ?? "key-1" },
      ...(parts.authorizer && { authorizer: parts.authorizer }),
    } as APIGatewayProxyEvent["requestContext"],
  };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** A request with a JSON body. */
export function jsonEvent(value: unknown, parts: RequestParts = {}): APIGatewayProxyEvent {
  const headers = { "Content-Type": "application/json" };
  return apiEvent({ headers, body: JSON.stringify(value), ...parts });
}

/** What was logged. */
export interface Log {
  logs: Record<string, unknown>[];
  /** The log as text, to look for what must not be there. */
  logText: string;
}

/** A response as a client sees it, and what was logged meanwhile. */
export interface Exchange extends Log {
  statusCode: number;
  headers: APIGatewayProxyResult["headers"];
  /** The value of a JSON body; of any other, and of none, an empty object. */
  body: Record<string, unknown>;
  /** The body as the function returned it. */
  bodyText: string;
}

/** Calls `handler`, keeping its log lines off the terminal. */
export async function call(handler: ApiHandler, event: APIGatewayProxyEvent): Promise<Exchange> {
  const { result, ...log } = await logging(() => handler(event, context));
  const { statusCode, headers, body: bodyText } = result;
  const isJson = headers?.["Content-Type"] === "application/json" && bodyText !== "";
  return {
    statusCode,
    headers,
    body: isJson ? (JSON.parse(bodyText) as Record<string, unknown>) : {},
    bodyText,
    ...log,
  };
}

/** The result of `run`, and what it logged, which is kept off the terminal. */
export async function logging<Result>(
  run: () => Promise<Result>,
): Promise<Log & { result: Result }> {
  let logText = "";
  const write = (text: string | Uint8Array): boolean => {
    logText += String(text);
    return true;
  };
  const stubs = [
    mock.method(process.stdout, "write", write),
    mock.method(process.stderr, "write", write),
  ];
  try {
    const result = await run();
    const lines = logText.split("\n").filter(Boolean);
    const logs = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    return { result, logs, logText };
  } finally {
    for (const stub of stubs) {
      stub.mock.restore();
    }
  }
}

/** What Lambda passes next to the event. */
export const context = {
  awsRequestId: "invocation-1",
  functionName: "function-1",
  getRemainingTimeInMillis: () => 30_000,
} as Context;

/** Environment of all functions. */
export const settings = {
  CALLERS: "anyone",
  ALLOWED_ORIGINS: '["*"]',
  IMAGES_BUCKET: "images-bucket",
  IMAGES_TABLE: "images-table",
  TAGS_TABLE: "tags-table",
  RENDITIONS_BUCKET: "renditions-bucket",
  DISTRIBUTION_ID: "DISTRIBUTION1",
  MAX_UPLOAD_BYTES: "100000",
  MAX_DIRECT_UPLOAD_BYTES: "1000000",
  MAX_IMAGE_PIXELS: "1000000",
  IDEMPOTENCY_TABLE: "idempotency-table",
  RECORDS_TABLE: "records-table",
  RESULTS_BUCKET: "results-bucket",
  RESULTS_TABLE: "results-table",
  CDN_URL: "https://cdn.test",
  EDGE_URL: "https://images.test",
  SIGNING_KEY_PARAMETER: "/url-signing/key-1",
  RENDITION_SETTINGS: JSON.stringify({
    presets: {
      thumb: "width-240_height-240_format-auto",
      large: "width-1600_format-auto",
      open: "width-100_format-auto",
    },
    presetsOnly: false,
    publicPresets: ["open"],
  }),
  MAX_URL_SECONDS: "86400",
  URL_WINDOW_SECONDS: "900",
};

/** What the SDK needs to sign requests. */
export const sdkSettings: Record<string, string> = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
};

/** Gives the SDK a region and credentials, which presigning needs, while a suite runs. */
export function useSdkSettings(): void {
  const before = new Map(Object.keys(sdkSettings).map((name) => [name, process.env[name]]));
  beforeEach(() => {
    Object.assign(process.env, sdkSettings);
  });
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) {
        Reflect.deleteProperty(process.env, name);
      } else {
        process.env[name] = value;
      }
    }
  });
}
