import type { IncomingHttpHeaders } from "node:http";
import type { RequestContext } from "../iam/types";
import { header } from "./headers";

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
const headerKeys: Readonly<Record<string, string>> = {
  "x-amz-acl": "s3:x-amz-acl",
  "x-amz-content-sha256": "s3:x-amz-content-sha256",
  "x-amz-copy-source": "s3:x-amz-copy-source",
  "x-amz-metadata-directive": "s3:x-amz-metadata-directive",
  "x-amz-server-side-encryption": "s3:x-amz-server-side-encryption",
  "x-amz-server-side-encryption-aws-kms-key-id": "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "x-amz-server-side-encryption-customer-algorithm":
    "s3:x-amz-server-side-encryption-customer-algorithm",
  "x-amz-storage-class": "s3:x-amz-storage-class",
  "x-amz-website-redirect-location": "s3:x-amz-website-redirect-location",
  "x-amz-object-lock-mode": "s3:object-lock-mode",
  "x-amz-object-lock-retain-until-date": "s3:object-lock-retain-until-date",
  "x-amz-object-lock-legal-hold": "s3:object-lock-legal-hold",
  "if-match": "s3:if-match",
  "if-none-match": "s3:if-none-match",
  referer: "aws:Referer",
  "user-agent": "aws:UserAgent",
};

const queryKeys: Readonly<Record<string, string>> = {
  prefix: "s3:prefix",
  delimiter: "s3:delimiter",
  "max-keys": "s3:max-keys",
  versionId: "s3:VersionId",
};

const millisecondsPerDay = 24 * 60 * 60 * 1000;

/** The condition keys that the headers and the query of a request set. */
export function requestContext(
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
  now: Date,
): RequestContext {
  const context: Record<string, string | readonly string[]> = {};
  for (const [name, key] of Object.entries(headerKeys)) {
    set(context, key, header(headers, name));
  }
  for (const [name, key] of Object.entries(queryKeys)) {
    set(context, key, query.get(name) ?? undefined);
  }
  const until = Date.parse(header(headers, "x-amz-object-lock-retain-until-date") ?? "");
  if (!Number.isNaN(until)) {
    const days = Math.ceil((until - now.getTime()) / millisecondsPerDay);
    context["s3:object-lock-remaining-retention-days"] = String(days);
  }
  const tags = new URLSearchParams(header(headers, "x-amz-tagging") ?? "");
  return { ...context, ...requestTagContext(Object.fromEntries(tags)) };
}

/** The condition keys of tags that a request puts on an object. */
export function requestTagContext(tags: Readonly<Record<string, string>>): RequestContext {
  return {
    ...tagContext("s3:RequestObjectTag", tags),
    "s3:RequestObjectTagKeys": Object.keys(tags),
  };
}

/** The condition keys of the tags that an object has. */
export function existingTagContext(tags: Readonly<Record<string, string>>): RequestContext {
  return tagContext("s3:ExistingObjectTag", tags);
}

/** The condition keys of the signature: where it stands, and how old it is. */
export function signatureContext(
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
  now: Date,
): RequestContext {
  const presigned = query.has("X-Amz-Signature");
  if (!presigned && headers.authorization === undefined) {
    return {};
  }
  const date = presigned ? query.get("X-Amz-Date") : header(headers, "x-amz-date");
  const age = now.getTime() - parseBasicDate(date ?? "");
  return {
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    "s3:authType": presigned ? "REST-QUERY-STRING" : "REST-HEADER",
    ...(Number.isNaN(age) ? {} : { "s3:signatureAge": String(Math.max(0, age)) }),
  };
}

/** Milliseconds since 1970 of a date such as `20260131T235959Z`. */
function parseBasicDate(date: string): number {
  return Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

function tagContext(key: string, tags: Readonly<Record<string, string>>): RequestContext {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${key}/${name}`, value]));
}

function set(context: Record<string, unknown>, key: string, value: string | undefined): void {
  if (value !== undefined) {
    context[key] = value;
  }
}
