/**
 * What CloudFront hands to a function and takes back.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export interface FunctionEvent {
  version: "1.0";
  context: FunctionContext;
  viewer: {
    /** The viewer's IP address. */
    ip: string;
  };
  request: FunctionRequest;
  /** Only in events of the viewer response. */
  response?: FunctionResponse;
}

export type FunctionEventType = "viewer-request" | "viewer-response";

export interface FunctionContext {
  distributionDomainName: string;
  distributionId: string;
  eventType: FunctionEventType;
  requestId: string;
}

/** A query parameter, a header or a cookie. */
export interface Field {
  value: string;
  /** All values of a name that occurs more than once, the first too. */
  multiValue?: readonly FieldValue[];
  /** Only of a response's cookies, such as `Secure; Path=/`. */
  attributes?: string;
}

/** One of several values. */
export interface FieldValue {
  value: string;
  attributes?: string;
}

/** Fields by name; those of headers are in lower case. */
export type Fields = Record<string, Field>;

/** A viewer's request, as the function gets or returns it. */
export interface FunctionRequest {
  method: string;
  /** The path, starting with a slash, without the query. */
  uri: string;
  querystring: Fields;
  /** Without `cookie`. */
  headers: Fields;
  cookies: Fields;
}

/** A response to a viewer, as the function gets or returns it. */
export interface FunctionResponse {
  statusCode: number;
  statusDescription?: string;
  /** Without `set-cookie`. */
  headers: Fields;
  cookies: Fields;
  /** In a viewer-response event, a body that is left out is the one that CloudFront has. */
  body?: FunctionBody;
}

export interface FunctionBody {
  encoding: "text" | "base64";
  data: string;
}

/** Whether a function made the response itself instead of letting the request pass. */
export function isResponse(
  returned: FunctionRequest | FunctionResponse,
): returned is FunctionResponse {
  return "statusCode" in returned;
}
