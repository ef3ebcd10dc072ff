import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { CustomDomain } from "../../../components/edge/custom-domain";
import { ImageEdge } from "../../../components/edge/image-edge";
import { Renderer } from "../../../components/edge/renderer";
import { Storage } from "../../../components/storage/storage";
import type { RenditionSettings } from "../../../handlers/renditions/settings";
import { type MockedRun, outputValue, runMocked } from "../../support/pulumi";

const settings: RenditionSettings = {
  presets: { thumb: "width-240_height-240_format-auto", large: "width-1600_format-auto" },
  presetsOnly: false,
  publicPresets: ["thumb"],
};

const distributionType = "aws:cloudfront/distribution:Distribution";

function create(originShieldRegion = "", ownDomain = false) {
  return runMocked(() => {
    const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
    const storage = new Storage("test", {
      resultsLockDays: 0,
      renditionExpireDays: 90,
      protectData: false,
      allowedOrigins: ["*"],
    });
    const renderer = new Renderer("test-render-image", {
      storage,
      settings,
      logRetentionDays: 30,
    });
    return new ImageEdge("test-images", {
      renditions: storage.renditions,
      renderer,
      keyGroup: new aws.cloudfront.KeyGroup("keys", { items: ["K1"] }),
      settings,
      originShieldRegion,
      allowedOrigins: ["https://app.example.com"],
      ...(ownDomain && {
        domain: new CustomDomain("own", { domainName: "images.example.com", certificateArn }),
        webAclArn: "arn:acl",
        geoRestriction: { restrictionType: "blacklist" as const, locations: ["KP"] },
        hsts: "subdomains" as const,
      }),
    });
  });
}

describe("ImageEdge", () => {
  let run: MockedRun;
  let edge: ImageEdge;

  before(async function () {
    // Bundles the handlers.
    this.timeout(120_000);
    ({ run, result: edge } = await create());
  });

  function distribution() {
    return run.inputs(distributionType, "test-images") as {
      origins: Record<string, unknown>[];
      originGroups: unknown;
      orderedCacheBehaviors: Record<string, unknown>[];
      defaultCacheBehavior: Record<string, unknown>;
      customErrorResponses: unknown;
    };
  }

  it("serves what is stored, and has made what S3 does not have", () => {
    assert.deepEqual(distribution().originGroups, [
      {
        originId: "images",
        failoverCriteria: { statusCodes: [403, 404] },
        members: [{ originId: "renditions" }, { originId: "renderer" }],
      },
    ]);
  });

  it("signs what it asks of the bucket and of the function, and shows the function a secret", () => {
    const [stored, made] = distribution().origins;
    assert.deepEqual(stored, {
      originId: "renditions",
      domainName: "test-renditions-bucket.s3.us-east-1.amazonaws.com",
      originAccessControlId: "test-images-renditions-id",
    });
    assert.deepEqual(made, {
      originId: "renderer",
      domainName: "abcdefgh.lambda-url.us-east-1.on.aws",
      originAccessControlId: "test-images-renderer-id",
      customHeaders: [{ name: "x-origin-secret", value: "0f".repeat(32) }],
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
        originReadTimeout: 60,
        originKeepaliveTimeout: 5,
      },
    });
    const type = "aws:cloudfront/originAccessControl:OriginAccessControl";
    const kinds = run.ofType(type).map(({ inputs }) => inputs.originAccessControlOriginType);
    assert.deepEqual(kinds, ["s3", "lambda"]);
  });

  it("asks a signature for everything but public presets and pages of errors", () => {
    const { orderedCacheBehaviors, defaultCacheBehavior } = distribution();
    const behaviors = [...orderedCacheBehaviors, { pathPattern: "*", ...defaultCacheBehavior }];
    assert.deepEqual(
      behaviors.map(({ pathPattern, targetOriginId, trustedKeyGroups }) => [
        pathPattern,
        targetOriginId,
        trustedKeyGroups,
      ]),
      [
        ["/i/*/thumb", "images", undefined],
        ["/i/*", "images", ["keys-id"]],
        ["/errors/*", "renditions", undefined],
        ["*", "renditions", ["keys-id"]],
      ],
    );
  });

  it("checks and normalises what is asked of images, and completes what is answered", () => {
    const functions = run.ofType("aws:cloudfront/function:Function");
    assert.deepEqual(
      functions.map(({ name, inputs }) => [name, inputs.runtime, inputs.publish]),
      [
        ["test-images-image-request", "cloudfront-js-2.0", true],
        ["test-images-image-response", "cloudfront-js-2.0", true],
      ],
    );
    const associations = [
      ["viewer-request", "image-request"],
      ["viewer-response", "image-response"],
    ].map(([eventType, operation]) => ({
      eventType,
      functionArn: `arn:mock:aws:cloudfront/function:Function:test-images-${operation ?? ""}`,
    }));
    const { orderedCacheBehaviors } = distribution();
    assert.deepEqual(
      orderedCacheBehaviors.map(({ functionAssociations }) => functionAssociations),
      [associations, associations, undefined],
    );
  });

  it("has the path alone for a key, and keeps what says so for as long as the bucket remembers it", () => {
    assert.deepEqual(run.inputs("aws:cloudfront/cachePolicy:CachePolicy", "test-images"), {
      minTtl: 0,
      defaultTtl: 0,
      maxTtl: 2_592_000,
      parametersInCacheKeyAndForwardedToOrigin: {
        enableAcceptEncodingGzip: false,
        enableAcceptEncodingBrotli: false,
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    });
  });

  it("answers what CloudFront answers by itself in the one shape of errors", () => {
    const page = (status: number, name: string) => ({
      errorCode: status,
      responseCode: status,
      responsePagePath: `/errors/${name}.json`,
      errorCachingMinTtl: 0,
    });
    assert.deepEqual(distribution().customErrorResponses, [
      page(403, "forbidden"),
      ...[502, 503, 504].map((status) => page(status, "unavailable")),
      ...[404, 500].map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
    ]);
    for (const name of ["forbidden", "unavailable"]) {
      const type = "aws:s3/bucketObjectv2:BucketObjectv2";
      const { key, content } = run.inputs(type, `test-images-${name}`);
      assert.equal(key, `errors/${name}.json`);
      const body = JSON.parse(String(content)) as Record<string, unknown>;
      assert.deepEqual(Object.keys(body), ["error", "code", "requestId"]);
    }
  });

  it("lets this distribution alone read the bucket and call the function", () => {
    const arn = "arn:mock:aws:cloudfront/distribution:Distribution:test-images";
    const { policy } = run.inputs("aws:s3/bucketPolicy:BucketPolicy", "test-renditions-policy");
    const { Statement } = JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] };
    const bucket = "arn:mock:aws:s3/bucket:Bucket:test-renditions";
    assert.deepEqual(Statement[1], {
      Sid: "CloudFrontRead",
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Resource: [`${bucket}/i/*`, `${bucket}/errors/*`],
      Condition: { StringEquals: { "aws:SourceArn": arn } },
    });
    const permissions = run.ofType("aws:lambda/permission:Permission");
    assert.deepEqual(
      permissions.map(({ inputs }) => inputs),
      [
        { action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "AWS_IAM" },
        { action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
      ].map((granted) => ({
        ...granted,
        function: "test-render-image-name",
        principal: "cloudfront.amazonaws.com",
        sourceArn: arn,
      })),
    );
  });

  it("gives the URL without a slash at the end", async () => {
    assert.equal(await outputValue(edge.url), "https://test-images.cloudfront.net");
  });

  it("lets scripts of pages read images, preflights and headers alike, by their origins", () => {
    const cors = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration";
    const { corsRules } = run.inputs(cors, "test-images-renditions-cors") as {
      corsRules: { allowedOrigins: string[] }[];
    };
    assert.deepEqual(
      corsRules.map(({ allowedOrigins }) => allowedOrigins),
      [["https://app.example.com"]],
    );
    const policies = run.ofType("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy");
    const allowed = policies.map(
      ({ inputs }) =>
        (inputs.corsConfig as { accessControlAllowOrigins: unknown }).accessControlAllowOrigins,
    );
    assert.deepEqual(allowed, [{ items: ["https://app.example.com"] }]);
    const { code } = run.inputs("aws:cloudfront/function:Function", "test-images-image-request");
    assert.ok(String(code).includes('allowedOrigin="https://app.example.com"'));
  });

  it("goes through Origin Shield where it is told to", async () => {
    const { run: shielded } = await create("eu-west-1");
    const { origins } = shielded.inputs(distributionType, "test-images") as {
      origins: Record<string, unknown>[];
    };
    const originShield = { enabled: true, originShieldRegion: "eu-west-1" };
    assert.deepEqual(
      origins.map((origin) => origin.originShield),
      [originShield, originShield],
    );
  });

  it("is reached at a name of its own, where it may be, through a firewall", async () => {
    const { run: named, result: own } = await create("", true);
    assert.equal(await outputValue(own.url), "https://images.example.com");
    const { aliases, webAclId, restrictions } = named.inputs(distributionType, "test-images");
    assert.deepEqual(aliases, ["images.example.com"]);
    assert.equal(webAclId, "arn:acl");
    assert.deepEqual(restrictions, {
      geoRestriction: { restrictionType: "blacklist", locations: ["KP"] },
    });
    const { securityHeadersConfig } = named.inputs(
      "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
      "test-images",
    ) as { securityHeadersConfig: Record<string, unknown> };
    assert.deepEqual(securityHeadersConfig.strictTransportSecurity, {
      accessControlMaxAgeSec: 31_536_000,
      override: true,
      includeSubdomains: true,
    });
  });
});
