import { Distribution } from "../../../../aws/cloudfront/distribution";
import { Policies } from "../../../../aws/cloudfront/policies";
import type {
  CacheBehavior,
  DistributionConfig,
  Headers,
  OriginRequest,
  OriginResponse,
  ViewerRequest,
  WholeResponse,
} from "../../../../aws/cloudfront/types";
import type { Credentials } from "../../../../aws/iam/types";
import { Waf } from "../../../../aws/waf/waf";

export const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
export const arn = "arn:aws:cloudfront::123456789012:distribution/E1A2B3C4D5E6F7";
export const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
export const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/** Trusts everybody, and keeps what it gets. */
export const behavior: CacheBehavior = {
  targetOriginId: "bucket",
  viewerProtocolPolicy: "https-only",
  allowedMethods: ["GET", "HEAD", "OPTIONS"],
  cachedMethods: ["GET", "HEAD"],
  compress: false,
  cachePolicyId: cachingOptimized,
};

export const config: DistributionConfig = {
  enabled: true,
  origins: [
    {
      originId: "bucket",
      domainName: "images.s3.us-east-1.amazonaws.com",
      originPath: "",
      originAccessControlId: "ES3",
    },
  ],
  defaultCacheBehavior: behavior,
  orderedCacheBehaviors: [],
  customErrorResponses: [],
};

/** A distribution whose bucket and clock are the test's. */
export class LocalDistribution {
  readonly policies = new Policies(() => {
    this.distribution.refresh();
  });
  readonly lines: string[] = [];
  /** Requests to the bucket. */
  readonly asked: OriginRequest[] = [];
  now = new Date("2026-01-15T10:00:00Z");
  readonly waf = new Waf({ notify: (line) => this.lines.push(line), clock: () => this.now });
  /** What the bucket answers. */
  bucket: (request: OriginRequest) => OriginResponse | Promise<OriginResponse> = () => ({
    status: 200,
    headers: { etag: '"e1"' },
    body: "stored",
  });
  credentials: (arn: string) => Credentials = () => {
    throw new Error("nothing to sign");
  };
  #distribution: Distribution | undefined;

  constructor() {
    this.policies.originAccess.set("ES3", { originType: "s3", signingBehavior: "always" });
    this.policies.originAccess.set("EURL", { originType: "lambda", signingBehavior: "always" });
    const all = { behavior: "all", items: [] } as const;
    const none = { behavior: "none", items: [] } as const;
    const ttl = { minTtl: 0, defaultTtl: 86_400, maxTtl: 31_536_000, gzip: false, brotli: false };
    const keyed = { headers: none, cookies: none, queryStrings: all };
    this.policies.cache.set("all", { ...ttl, ...keyed });
    this.policies.cache.set("none", { ...ttl, ...keyed, defaultTtl: 0, maxTtl: 0 });
    this.policies.originRequest.set("everything", {
      headers: all,
      cookies: all,
      queryStrings: all,
    });
  }

  get distribution(): Distribution {
    if (this.#distribution === undefined) {
      throw new Error("nothing is deployed");
    }
    return this.#distribution;
  }

  deploy(changes: Partial<DistributionConfig> = {}): void {
    this.#distribution = new Distribution(
      { ...config, ...changes },
      {
        id: "E1A2B3C4D5E6F7",
        domainName: "127.0.0.1:4000",
        arn,
        account,
        policies: this.policies,
        waf: this.waf,
        clock: () => this.now,
        notify: (line) => this.lines.push(line),
        credentials: (source) => this.credentials(source),
        store: {
          handle: async (request) => {
            this.asked.push(request);
            return await this.bucket(request);
          },
        },
      },
    );
  }

  deployBehavior(changes: Partial<CacheBehavior>, others: Partial<DistributionConfig> = {}): void {
    this.deploy({ defaultCacheBehavior: { ...behavior, ...changes }, ...others });
  }

  /** A viewer's request, by HTTPS. @param url path and query. */
  get(url: string, changes: Partial<ViewerRequest> = {}): Promise<WholeResponse> {
    const [path = "", query = ""] = url.split("?");
    const headers: Headers = { host: "127.0.0.1:4000", ...changes.headers };
    return this.distribution.respond({
      method: "GET",
      path,
      query: query === "" ? [] : query.split("&"),
      secure: true,
      address: "192.0.2.2",
      ...changes,
      headers,
    });
  }

  later(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }

  stop(): void {
    this.#distribution?.close();
  }
}
