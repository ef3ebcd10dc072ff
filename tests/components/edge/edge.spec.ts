import assert from "node:assert/strict";
import { CustomDomain } from "../../../components/edge/custom-domain";
import { Edge } from "../../../components/edge/edge";
import { SecureBucket } from "../../../components/storage/secure-bucket";
import { type MockedRun, outputValue, runMocked } from "../../support/pulumi";

describe("Edge", () => {
  let run: MockedRun;
  let edge: Edge;

  before(async () => {
    ({ run, result: edge } = await runMocked(
      () =>
        new Edge("test", {
          results: new SecureBucket("results", { protect: false, forceDestroy: true }),
          allowedOrigins: ["https://app.example.com"],
        }),
    ));
  });

  it("serves the bucket's regional REST endpoint over HTTPS, reading only", () => {
    assert.deepEqual(run.inputs("aws:cloudfront/distribution:Distribution", "test-results"), {
      enabled: true,
      comment: "Results of POST /process",
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      origins: [
        {
          originId: "results",
          domainName: "results-bucket.s3.us-east-1.amazonaws.com",
          originAccessControlId: "test-results-id",
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "results",
        viewerProtocolPolicy: "https-only",
        allowedMethods: ["GET", "HEAD", "OPTIONS"],
        cachedMethods: ["GET", "HEAD"],
        compress: true,
        cachePolicyId: "test-results-id",
        originRequestPolicyId: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
        responseHeadersPolicyId: "test-results-id",
      },
      customErrorResponses: [
        {
          errorCode: 403,
          responseCode: 404,
          responsePagePath: "/errors/not-found.json",
          errorCachingMinTtl: 0,
        },
      ],
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    });
  });

  it("signs every request to the bucket", () => {
    const type = "aws:cloudfront/originAccessControl:OriginAccessControl";
    assert.deepEqual(run.inputs(type, "test-results"), {
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
  });

  it("caches by path alone, compressed", () => {
    assert.deepEqual(run.inputs("aws:cloudfront/cachePolicy:CachePolicy", "test-results"), {
      minTtl: 0,
      defaultTtl: 86_400,
      maxTtl: 86_400,
      parametersInCacheKeyAndForwardedToOrigin: {
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    });
  });

  it("adds CORS and security headers", () => {
    const type = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
    assert.deepEqual(run.inputs(type, "test-results"), {
      corsConfig: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: { items: ["*"] },
        accessControlAllowMethods: { items: ["GET", "HEAD"] },
        accessControlAllowOrigins: { items: ["https://app.example.com"] },
        accessControlExposeHeaders: { items: ["ETag", "X-Amz-Cf-Id"] },
        accessControlMaxAgeSec: 3600,
        originOverride: true,
      },
      securityHeadersConfig: {
        contentSecurityPolicy: {
          contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "no-referrer", override: true },
        strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000, override: true },
      },
    });
  });

  it("makes the bucket's one policy: TLS only, and this distribution reads results", () => {
    const policies = run.ofType("aws:s3/bucketPolicy:BucketPolicy");
    assert.equal(policies.length, 1);
    const document = JSON.parse(String(policies[0]?.inputs.policy)) as { Statement: unknown[] };
    assert.deepEqual(document.Statement[1], {
      Sid: "CloudFrontRead",
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Resource: [
        "arn:mock:aws:s3/bucket:Bucket:results/results/*",
        "arn:mock:aws:s3/bucket:Bucket:results/errors/not-found.json",
      ],
      Condition: {
        StringEquals: {
          "aws:SourceArn": "arn:mock:aws:cloudfront/distribution:Distribution:test-results",
        },
      },
    });
  });

  it("lets the bucket answer preflights of pages that read", () => {
    const type = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration";
    assert.deepEqual(run.inputs(type, "test-results-cors"), {
      bucket: "results-id",
      corsRules: [
        {
          allowedMethods: ["GET", "HEAD"],
          allowedOrigins: ["https://app.example.com"],
          allowedHeaders: ["*"],
          maxAgeSeconds: 3600,
        },
      ],
    });
  });

  it("stores what is answered for a result that is not there, an error in the one shape", () => {
    const type = "aws:s3/bucketObjectv2:BucketObjectv2";
    const { content, ...inputs } = run.inputs(type, "test-not-found");
    assert.deepEqual(inputs, {
      bucket: "results-id",
      key: "errors/not-found.json",
      contentType: "application/json",
      cacheControl: "no-store",
      forceDestroy: true,
    });
    const page = JSON.parse(String(content)) as Record<string, string>;
    assert.deepEqual(Object.keys(page), ["error", "code", "requestId"]);
    assert.match(page.error ?? "", /^[A-Z].*\.$/);
    assert.equal(page.code, "ResultNotFound");
  });

  it("gives the URL without a slash at the end", async () => {
    assert.equal(await outputValue(edge.url), "https://test-results.cloudfront.net");
  });

  it("is reached at a name of its own, whose browsers take HTTPS for granted", async () => {
    const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
    const { run: named, result: own } = await runMocked(
      () =>
        new Edge("test", {
          results: new SecureBucket("results", { protect: false, forceDestroy: true }),
          allowedOrigins: ["*"],
          domain: new CustomDomain("own", {
            domainName: "results.example.com",
            zoneId: "Z1",
            certificateArn,
          }),
          webAclArn: "arn:acl",
          geoRestriction: { restrictionType: "whitelist", locations: ["DE"] },
          hsts: "preload",
        }),
    );
    assert.equal(await outputValue(own.url), "https://results.example.com");
    const distribution = named.inputs("aws:cloudfront/distribution:Distribution", "test-results");
    assert.deepEqual(distribution.aliases, ["results.example.com"]);
    assert.equal(distribution.webAclId, "arn:acl");
    assert.deepEqual(distribution.restrictions, {
      geoRestriction: { restrictionType: "whitelist", locations: ["DE"] },
    });
    assert.deepEqual(named.inputs("aws:route53/record:Record", "own-aaaa").aliases, [
      {
        name: "test-results.cloudfront.net",
        zoneId: "Z2FDTNDATAQYW2",
        evaluateTargetHealth: false,
      },
    ]);
    const { securityHeadersConfig } = named.inputs(
      "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
      "test-results",
    ) as { securityHeadersConfig: Record<string, unknown> };
    assert.deepEqual(securityHeadersConfig.strictTransportSecurity, {
      accessControlMaxAgeSec: 31_536_000,
      override: true,
      includeSubdomains: true,
      preload: true,
    });
  });
});
