import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener } from "node:http";
import { AwsError } from "../aws-error";
import type { FaultPoint, Refusals } from "../fault-point";
import { readBody } from "../http";
import { accessDeniedMessage } from "../iam/access-denied-message";
import { signerOf } from "../iam/signer-of";
import type { Authenticator, Authorizer, Principal } from "../iam/types";
import { notEmulated } from "../not-emulated";
import { queryError } from "../api/query-xml";
import {
  invalidationListXml,
  invalidationXml,
  namespace,
  parseInvalidationBatch,
} from "./invalidation-xml";
import type { Invalidation, InvalidationRequest } from "./invalidations";

/** The operations that are emulated. */
export const operationNames = [
  "CreateInvalidation",
  "GetInvalidation",
  "ListInvalidations",
] as const;

type OperationName = (typeof operationNames)[number];

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html */
export const refusals: Refusals = {
  error: () => new AwsError("ServiceUnavailable", "Service is unavailable. Please try again.", 503),
  throttle: () => new AwsError("Throttling", "Rate exceeded"),
};

/** Room for 3,000 long paths. */
const maxBodyBytes = 16 * 1024 * 1024;
const defaultMaxItems = 100;
const pathPattern = /^\/2020-05-31\/distribution\/([^/?]+)\/invalidation(?:\/([^/?]+))?\/?(?:\?|$)/;

/** What the API works on. */
export interface ApiOptions {
  authenticator: Authenticator;
  authorizer: Authorizer;
  faultPoint: FaultPoint;
  notify: (line: string) => void;
  arnOf: (distributionId: string) => string;
  createInvalidation: (distributionId: string, request: InvalidationRequest) => Invalidation;
  getInvalidation: (distributionId: string, id: string) => Invalidation;
  listInvalidations: (distributionId: string) => readonly Invalidation[];
}

interface Reply {
  status: number;
  xml: string;
  location?: string;
}

interface Call {
  name: OperationName;
  distributionId: string;
  /** Empty but for GetInvalidation. */
  invalidationId: string;
}

/** CloudFront's REST-XML API: invalidations, signed by SigV4. */
export function cloudfrontApi(options: ApiOptions): RequestListener {
  return (request, response) => {
    const requestId = randomUUID();
    void answer(options, request, requestId).then(({ status, xml, location }) => {
      response.writeHead(status, {
        "content-type": "text/xml",
        "x-amzn-requestid": requestId,
        ...(location !== undefined && { location }),
      });
      response.end(xml);
    });
  };
}

async function answer(
  options: ApiOptions,
  request: IncomingMessage,
  requestId: string,
): Promise<Reply> {
  try {
    return await perform(options, request);
  } catch (error) {
    if (!(error instanceof AwsError)) {
      options.notify(`CloudFront failed: ${String(error)}`);
    }
    return queryError(error, namespace, requestId);
  }
}

async function perform(options: ApiOptions, request: IncomingMessage): Promise<Reply> {
  const body = await readBody(request, maxBodyBytes);
  if (body === undefined) {
    throw new AwsError("RequestEntityTooLarge", "The request is too long", 413);
  }
  const principal = signerOf(options.authenticator, request, body, "cloudfront", {
    code: "MissingAuthenticationToken",
    statusCode: 403,
  });
  const call = callOf(request);
  return await options.faultPoint(call.name, request, () => {
    authorize(options, principal, call);
    return operations[call.name](options, call, request, body.toString("utf8"));
  });
}

function callOf({ method, url = "" }: IncomingMessage): Call {
  const [, distributionId, invalidationId] = pathPattern.exec(url) ?? [];
  const name = invalidationId === undefined ? listNames[method ?? ""] : oneNames[method ?? ""];
  if (distributionId === undefined || name === undefined) {
    throw notEmulated(`${method ?? ""} ${url.split("?", 1)[0] ?? ""} of CloudFront`);
  }
  return { name, distributionId, invalidationId: invalidationId ?? "" };
}

const listNames: Readonly<Record<string, OperationName>> = {
  POST: "CreateInvalidation",
  GET: "ListInvalidations",
};
const oneNames: Readonly<Record<string, OperationName>> = { GET: "GetInvalidation" };

function authorize({ authorizer, arnOf }: ApiOptions, principal: Principal, call: Call): void {
  const action = `cloudfront:${call.name}`;
  const question = { principal, action, resource: arnOf(call.distributionId) };
  const decision = authorizer.authorize(question);
  if (!decision.allowed) {
    throw new AwsError("AccessDenied", accessDeniedMessage(question, decision), 403);
  }
}

type Operation = (options: ApiOptions, call: Call, request: IncomingMessage, body: string) => Reply;

const operations: Readonly<Record<OperationName, Operation>> = {
  CreateInvalidation: ({ createInvalidation }, { distributionId }, _, body) => {
    const invalidation = createInvalidation(distributionId, parseInvalidationBatch(body));
    const location = `https://cloudfront.amazonaws.com/2020-05-31/distribution/${distributionId}/invalidation/${invalidation.id}`;
    return { status: 201, xml: invalidationXml(invalidation), location };
  },
  GetInvalidation: ({ getInvalidation }, { distributionId, invalidationId }) => ({
    status: 200,
    xml: invalidationXml(getInvalidation(distributionId, invalidationId)),
  }),
  ListInvalidations: ({ listInvalidations }, { distributionId }, { url = "" }) => {
    const query = new URLSearchParams(url.split("?")[1]);
    return { status: 200, xml: listPage(listInvalidations(distributionId), query) };
  },
};

/** @throws AwsError `InvalidArgument`. */
function listPage(all: readonly Invalidation[], query: URLSearchParams): string {
  const marker = query.get("Marker") ?? "";
  const maxItems = Number(query.get("MaxItems") ?? defaultMaxItems);
  const start = marker === "" ? 0 : all.findIndex(({ id }) => id === marker);
  if (!Number.isInteger(maxItems) || maxItems < 1 || start < 0) {
    throw new AwsError("InvalidArgument", "The argument Marker or MaxItems is invalid.");
  }
  const items = all.slice(start, start + maxItems);
  const nextMarker = all[start + maxItems]?.id;
  return invalidationListXml({ marker, maxItems, nextMarker, items });
}
