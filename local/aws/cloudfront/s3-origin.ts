import { buffer } from "node:stream/consumers";
import { AwsError } from "../aws-error";
import type { Account } from "../types";
import type { Selected } from "./selection";
import type {
  Headers,
  ObjectStore,
  Origin,
  OriginRequest,
  OriginResponse,
  WholeResponse,
} from "./types";

/** The REST endpoints of a bucket, regional or global, never its website endpoint. */
const restEndpoint = /^(.+)\.s3(?:[.-][a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com$/;

/** These belong to one connection, or are counted anew. */
const hopByHop = ["connection", "keep-alive", "transfer-encoding", "content-length"];

/** @throws AwsError `NotImplemented` for an origin that is no bucket. */
export function bucketOf({ domainName }: Origin): string {
  const bucket = restEndpoint.exec(domainName)?.[1];
  if (bucket === undefined) {
    const message = `The local CloudFront has S3 origins only: ${domainName} is no REST endpoint of a bucket`;
    throw new AwsError("NotImplemented", message, 501);
  }
  return bucket;
}

/** A bucket as an origin of one distribution. */
export interface S3Origin {
  origin: Origin;
  bucket: string;
  /** Whether requests are signed in CloudFront's name (origin access control). */
  signed: boolean;
  distributionArn: string;
  account: Account;
}

/** What to ask of an origin. */
export interface OriginCall extends Selected {
  method: OriginRequest["method"];
  /** Percent-encoded. */
  path: string;
  secure: boolean;
}

/**
 * Asks the bucket. A body is taken in as a whole, which suits the small objects of a local run;
 * real CloudFront streams, and asks for ranges.
 *
 * @throws URIError when the path is not well encoded.
 */
export async function askOrigin(
  store: ObjectStore,
  { origin, bucket, signed, distributionArn, account }: S3Origin,
  call: OriginCall,
): Promise<WholeResponse> {
  const { status, headers, body } = await store.handle({
    principal: signed
      ? { kind: "service", service: "cloudfront.amazonaws.com" }
      : { kind: "anonymous" },
    method: call.method,
    bucket,
    key: decodeURIComponent(`${origin.originPath}${call.path}`).slice(1),
    query: call.query,
    headers: call.headers,
    context: {
      // With origin access control, CloudFront always speaks HTTPS; without, as the viewer does.
      "aws:SecureTransport": String(signed || call.secure),
      ...(signed && {
        "aws:SourceArn": distributionArn,
        "aws:SourceAccount": account.accountId,
      }),
    },
  });
  return { status, headers: endToEnd(headers ?? {}), body: await whole(body) };
}

function endToEnd(headers: Readonly<Record<string, string | undefined>>): Headers {
  const kept: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopByHop.includes(name.toLowerCase())) {
      kept[name.toLowerCase()] = value;
    }
  }
  return kept;
}

async function whole(body: OriginResponse["body"] = ""): Promise<Buffer> {
  return typeof body === "string" || Buffer.isBuffer(body) ? Buffer.from(body) : buffer(body);
}
