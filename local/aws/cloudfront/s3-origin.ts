import { buffer } from "node:stream/consumers";
import { notEmulated } from "../not-emulated";
import { decodeS3Path } from "../s3-path";
import type { Account } from "../types";
import { byName, endToEnd } from "./origin-headers";
import type {
  ObjectStore,
  Origin,
  OriginCall,
  OriginClient,
  OriginResponse,
  WholeResponse,
} from "./types";

/** The REST endpoints of a bucket, regional or global, never its website endpoint. */
const restEndpoint = /^(.+)\.s3(?:[.-][a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com$/;

/** @throws AwsError `NotImplemented` for an origin that is no bucket. */
export function bucketOf({ domainName }: Origin): string {
  const bucket = restEndpoint.exec(domainName)?.[1];
  if (bucket === undefined) {
    throw notEmulated(`the S3 origin ${domainName}, which is no REST endpoint of a bucket`);
  }
  return bucket;
}

export interface S3OriginOptions {
  store: ObjectStore;
  origin: Origin;
  /** Whether requests are signed in CloudFront's name (origin access control). */
  signed: boolean;
  distributionArn: string;
  account: Account;
}

/** A bucket as an origin of one distribution. */
export class S3Origin implements OriginClient {
  readonly #options: S3OriginOptions;
  readonly #bucket: string;

  /** @throws AwsError `NotImplemented` for an origin that is no bucket. */
  constructor(options: S3OriginOptions) {
    this.#options = options;
    this.#bucket = bucketOf(options.origin);
  }

  /**
   * Asks the bucket. A body is taken in as a whole, which suits the small objects of a local run;
   * real CloudFront streams, and asks for ranges.
   *
   * @throws URIError when the path is not well encoded.
   */
  async ask(call: OriginCall): Promise<WholeResponse> {
    const { store, origin, signed, distributionArn, account } = this.#options;
    const { status, headers, body } = await store.handle({
      principal: signed
        ? { kind: "service", service: "cloudfront.amazonaws.com" }
        : { kind: "anonymous" },
      method: call.method,
      bucket: this.#bucket,
      key: decodeS3Path(`${origin.originPath}${call.path}`).slice(1),
      query: new URLSearchParams(call.query.join("&")),
      headers: { ...call.headers, ...byName(origin.customHeaders ?? []) },
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
}

async function whole(body: OriginResponse["body"] = ""): Promise<Buffer> {
  return typeof body === "string" || Buffer.isBuffer(body) ? Buffer.from(body) : buffer(body);
}
