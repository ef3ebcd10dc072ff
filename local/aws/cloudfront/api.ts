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
  distributionConfigXml,
  distributionSummary,
  distributionXml,
  etagOf,
  type DistributionView,
} from "./distribution-xml";
import {
  invalidationListXml,
  invalidationXml,
  namespace,
  parseInvalidationBatch,
} from "./invalidation-xml";
import type { Invalidation, InvalidationRequest } from "./invalidations";
import { listXml, type ListPage } from "./list-xml";

/** The operations that are emulated. */
export const operationNames = [
  "CreateInvalidation",
  "GetDistribution",
  "GetDistributionConfig",
  "GetInvalidation",
  "ListDistributions",
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
const pathPattern =
  /^\/2020-05-31\/distribution(?:\/([^/]+)(?:\/(config|invalidation)(?:\/([^/]+))?)?)?\/?$/;

/** What the API works on. */
export interface ApiOptions {
  authenticator: Authenticator;
  authorizer: Authorizer;
  faultPoint: FaultPoint;
  notify: (line: string) => void;
  arnOf: (distributionId: string) => string;
  distributions: () => readonly DistributionView[];
  distribution: (id: string) => DistributionView;
  createInvalidation: (distributionId: string, request: InvalidationRequest) => Invalidation;
  getInvalidation: (distributionId: string, id: string) => Invalidation;
  listInvalidations: (distributionId: string) => readonly Invalidation[];
}

interface Reply {
  status: number;
  xml: string;
  location?: string;
  etag?: string;
}

interface Call {
  name: OperationName;
  /** Empty for ListDistributions. */
  distributionId: string;
  /** Empty but for GetInvalidation. */
  invalidationId: string;
}

/** CloudFront's REST-XML API: invalidations, and what shows distributions, signed by SigV4. */
export function cloudfrontApi(options: ApiOptions): RequestListener {
  return (request, response) => {
    const requestId = randomUUID();
    void answer(options, request, requestId).then(({ status, xml, location, etag }) => {
      response.writeHead(status, {
        "content-type": "text/xml",
        "x-amzn-requestid": requestId,
        ...(location !== undefined && { location }),
        ...(etag !== undefined && { etag }),
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

function callOf({ method = "", url = "" }: IncomingMessage): Call {
  const path = url.split("?", 1)[0] ?? "";
  const [, distributionId = "", part = "", invalidationId = ""] = pathPattern.exec(path) ?? [];
  const shape = [distributionId && "/id", part && `/${part}`, invalidationId && "/id"].join("");
  const name = pathPattern.test(path) ? names[`${method} ${shape}`] : undefined;
  if (name === undefined) {
    throw notEmulated(`${method} ${path} of CloudFront`);
  }
  return { name, distributionId, invalidationId };
}

/** By method and what follows `/distribution`. */
const names: Readonly<Record<string, OperationName>> = {
  "GET ": "ListDistributions",
  "GET /id": "GetDistribution",
  "GET /id/config": "GetDistributionConfig",
  "GET /id/invalidation": "ListInvalidations",
  "GET /id/invalidation/id": "GetInvalidation",
  "POST /id/invalidation": "CreateInvalidation",
};

function authorize({ authorizer, arnOf }: ApiOptions, principal: Principal, call: Call): void {
  const action = `cloudfront:${call.name}`;
  const resource = call.distributionId === "" ? "*" : arnOf(call.distributionId);
  const question = { principal, action, resource };
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
    const page = listPage(listInvalidations(distributionId), query);
    return { status: 200, xml: invalidationListXml(page) };
  },
  ListDistributions: ({ distributions }, _call, { url = "" }) => {
    const page = listPage(distributions(), new URLSearchParams(url.split("?")[1]));
    const xml = listXml("DistributionList", namespace, page, distributionSummary);
    return { status: 200, xml };
  },
  GetDistribution: ({ distribution }, { distributionId }) => {
    const found = distribution(distributionId);
    return { status: 200, xml: distributionXml(found), etag: etagOf(found) };
  },
  GetDistributionConfig: ({ distribution }, { distributionId }) => {
    const found = distribution(distributionId);
    return { status: 200, xml: distributionConfigXml(found), etag: etagOf(found) };
  },
};

/** @throws AwsError `InvalidArgument`. */
function listPage<Item extends { id: string }>(
  all: readonly Item[],
  query: URLSearchParams,
): ListPage<Item> {
  const marker = query.get("Marker") ?? "";
  const maxItems = Number(query.get("MaxItems") ?? defaultMaxItems);
  const start = marker === "" ? 0 : all.findIndex(({ id }) => id === marker);
  if (!Number.isInteger(maxItems) || maxItems < 1 || start < 0) {
    throw new AwsError("InvalidArgument", "The argument Marker or MaxItems is invalid.");
  }
  const items = all.slice(start, start + maxItems);
  const nextMarker = all[start + maxItems]?.id;
  return { marker, maxItems, nextMarker, items };
}
