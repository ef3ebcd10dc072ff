import { AwsError } from "../aws-error";
import { loopback } from "../http";
import { checkAcl } from "./acl";
import type { Action } from "./action";
import { createBucket } from "./actions/buckets";
import { preflight } from "./actions/preflight";
import type { Call } from "./call";
import { corsHeaders, corsRequestOf, findCorsRule } from "./cors";
import { refusals, S3Error } from "./errors";
import { existingTags } from "./existing-tags";
import { checkExpectedOwner } from "./expected-owner";
import type { Reply, ReplyHeaders } from "./reply";
import { newRequestIds } from "./request-ids";
import type { RequestIds } from "./request-ids";
import { route } from "./router";
import { renderErrorXml } from "./xml";

/**
 * Performs a call.
 *
 * @param makeCall finds out what is asked for; what it throws is answered too.
 * @param notify is told of what should never happen.
 * @returns the reply of S3, errors included.
 */
export async function perform(
  makeCall: () => Call,
  notify: (line: string) => void,
): Promise<Reply> {
  const ids = newRequestIds();
  let shared: ReplyHeaders = {};
  let reply: Reply;
  let call: Call | undefined;
  try {
    call = makeCall();
    shared = { ...sharingHeaders(call), ...regionHeader(call) };
    reply = await dispatch(call);
  } catch (error) {
    reply = errorReply(asAwsError(error, notify), ids);
  }
  if (call) {
    await tellSubscribers(call, ids);
  }
  return { ...reply, headers: { ...ids, ...shared, ...reply.headers } };
}

/** Before the caller hears of a write, its events are queued: none is missing afterwards. */
async function tellSubscribers(call: Call, ids: RequestIds): Promise<void> {
  await call.environment.notifications.publish(call.changes, {
    source: String(call.request.context["aws:SourceIp"] ?? loopback),
    ids,
  });
}

/** Identifies the sender of a call, routes, authorises and runs it. */
async function dispatch(call: Call): Promise<Reply> {
  call.identify();
  const { operation, action } = route(call);
  return call.request.faultPoint(operation, () => run(call, action));
}

/** What a bucket need not exist for: a preflight says in its own way that there is none. */
const bucketMayBeMissing = new Set([createBucket, preflight]);

async function run(call: Call, action: Action): Promise<Reply> {
  if (call.request.bucket !== "" && !bucketMayBeMissing.has(action)) {
    // S3 tells everyone that a bucket does not exist, even those who may do nothing.
    call.environment.store.bucket(call.request.bucket);
    checkExpectedOwner(call, "x-amz-expected-bucket-owner");
  }
  const versionId = call.query.get("versionId") ?? undefined;
  const context = existingTags(call.environment.store, call.request, versionId);
  for (const permission of action.permissions(call)) {
    call.authorize(permission, call.request, { context });
  }
  checkAcl(call);
  return await action.run(call);
}

/** Headers that let a browser's page read a reply, by the CORS rules of the bucket. */
function sharingHeaders(call: Call): ReplyHeaders {
  const { method, bucket } = call.request;
  const request = corsRequestOf(method, (name) => call.header(name));
  const rules = call.environment.store.find(bucket)?.configuration.cors;
  if (!request || !rules || method === "OPTIONS") {
    return {};
  }
  const rule = findCorsRule(rules, request);
  return rule ? corsHeaders(rule, request) : {};
}

/** Where a bucket is: S3 tells those who ask for the bucket, even those who may not see it. */
function regionHeader({ request, environment: { account, store } }: Call): ReplyHeaders {
  const asked = ["GET", "HEAD"].includes(request.method) && request.key === "";
  return asked && store.find(request.bucket) ? { "x-amz-bucket-region": account.region } : {};
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function errorReply(error: AwsError, ids: RequestIds): Reply {
  return {
    status: error.statusCode,
    headers: {
      "content-type": "application/xml",
      ...(error instanceof S3Error ? error.headers : {}),
    },
    body: renderErrorXml({
      Code: error.code,
      Message: error.message,
      ...error.details,
      RequestId: ids["x-amz-request-id"],
      HostId: ids["x-amz-id-2"],
    }),
  };
}

/** Anything unexpected is told to the person at the console, and blandly to the client. */
function asAwsError(error: unknown, notify: (line: string) => void): AwsError {
  if (error instanceof AwsError) {
    return error;
  }
  notify(`S3 failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return refusals.error();
}
