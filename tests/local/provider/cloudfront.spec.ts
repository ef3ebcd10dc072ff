import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudFront } from "../../../local/aws/cloudfront/cloudfront";
import { cloudfrontResources } from "../../../local/provider/cloudfront";
import { Identity } from "../../../local/provider/identity";
import type { Properties, ResourceState } from "../../../local/provider/resource";
import { view } from "../aws/cloudfront/viewer";
import { createPlanned } from "./create-planned";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };

describe("cloudfrontResources", () => {
  let folder: string;
  let cloudFront: CloudFront;
  let principals: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "darkroom-cloudfront-"));
    principals = [];
    cloudFront = new CloudFront({
      account,
      dataDir: folder,
      notify: () => undefined,
      clock: () => new Date(),
      credentials: () => assert.fail("nothing to sign"),
      authenticator: { authenticate: () => assert.fail("nobody signs") },
      authorizer: { authorize: () => assert.fail("nobody asks") },
      origin: {
        handle: (request) => {
          principals.push(request.principal.kind);
          return Promise.resolve({ status: 200, body: "hello", headers: { server: "AmazonS3" } });
        },
      },
    });
    await cloudFront.start();
  });

  afterEach(async () => {
    await cloudFront.stop();
    await rm(folder, { recursive: true });
  });

  const create = (kind: string, inputs: Properties): Promise<ResourceState> => {
    const type = `aws:cloudfront/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
    const identity = new Identity(folder);
    const urn = `urn:pulumi:local::darkroom::${type}::cdn`;
    return createPlanned(cloudfrontResources(cloudFront, account), {
      type,
      name: "cdn",
      urn,
      inputs,
      projectDir: "",
      physicalName: () => "cdn-1a2b3c4",
      stableId: (purpose, length, alphabet) => identity.stableId(urn, purpose, length, alphabet),
    });
  };

  const accessControl = {
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  };
  const cachePolicy = {
    minTtl: 1,
    parametersInCacheKeyAndForwardedToOrigin: {
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "whitelist", queryStrings: { items: ["v"] } },
      enableAcceptEncodingGzip: true,
    },
  };
  const headersPolicy = {
    corsConfig: {
      accessControlAllowCredentials: false,
      accessControlAllowHeaders: { items: ["*"] },
      accessControlAllowMethods: { items: ["GET"] },
      accessControlAllowOrigins: { items: ["*"] },
      originOverride: true,
    },
    customHeadersConfig: { items: [{ header: "X-Robots-Tag", value: "noindex", override: true }] },
    removeHeadersConfig: { items: [{ header: "Server" }] },
    securityHeadersConfig: {
      strictTransportSecurity: {
        accessControlMaxAgeSec: 600,
        includeSubdomains: true,
        override: true,
      },
    },
  };

  const distribution = (accessControlId: string, cacheId: string, headersId: string) => ({
    enabled: true,
    comment: "Results",
    origins: [
      {
        originId: "results",
        domainName: "results.s3.us-east-1.amazonaws.com",
        originAccessControlId: accessControlId,
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "results",
      viewerProtocolPolicy: "https-only",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      compress: true,
      cachePolicyId: cacheId,
      responseHeadersPolicyId: headersId,
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
    tags: { Environment: "Production" },
  });

  const createAll = async () => {
    const oac = await create("OriginAccessControl", accessControl);
    const cache = await create("CachePolicy", cachePolicy);
    const headers = await create("ResponseHeadersPolicy", headersPolicy);
    return distribution(oac.id, cache.id, headers.id);
  };

  it("creates a distribution that serves, with its policies", async () => {
    const { outputs } = await create("Distribution", await createAll());
    const ca = await readFile(cloudFront.caFile, "utf8");
    const { body, headers } = await view(`https://${String(outputs.domainName)}/a`, {
      ca,
      headers: { origin: "https://a.example" },
    });
    assert.equal(body.toString(), "hello");
    assert.deepEqual(principals, ["service"]);
    assert.equal(headers["x-robots-tag"], "noindex");
    assert.equal(headers.server, undefined);
    assert.equal(headers["access-control-allow-origin"], "*");
    assert.equal(headers["strict-transport-security"], "max-age=600; includeSubDomains");
  });

  it("tells what AWS would tell", async () => {
    const { id, outputs } = await create("Distribution", await createAll());
    assert.match(id, /^E[A-Z0-9]{13}$/);
    assert.equal(outputs.arn, `arn:aws:cloudfront::123456789012:distribution/${id}`);
    assert.match(String(outputs.domainName), /^127\.0\.0\.1:\d+$/);
    assert.equal(outputs.hostedZoneId, "Z2FDTNDATAQYW2");
    assert.equal(outputs.status, "Deployed");
    assert.match(String(outputs.etag), /^E[A-Z0-9]{13}$/);
    assert.deepEqual(outputs.tagsAll, { Environment: "Production" });
  });

  it("gives policies the ids and ARNs of AWS, the same ones at every start", async () => {
    const { id, outputs } = await create("CachePolicy", cachePolicy);
    assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(outputs.arn, `arn:aws:cloudfront::123456789012:cache-policy/${id}`);
    assert.equal(outputs.name, "cdn-1a2b3c4");
    assert.equal(outputs.defaultTtl, 86_400);
    assert.equal((await create("CachePolicy", cachePolicy)).id, id);
  });

  it("creates origin request policies", async () => {
    const { id } = await create("OriginRequestPolicy", {
      cookiesConfig: { cookieBehavior: "none" },
      headersConfig: { headerBehavior: "whitelist", headers: { items: ["Origin"] } },
      queryStringsConfig: { queryStringBehavior: "all" },
    });
    assert.deepEqual(cloudFront.policies.originRequest.get(id).headers.items, ["Origin"]);
  });

  const unsupported: [string, RegExp, Properties][] = [
    ["an alias", /aliases/, { aliases: ["cdn.example.com"] }],
    ["a web ACL", /webAclId/, { webAclId: "arn:aws:wafv2:::x" }],
    [
      "a geo restriction",
      /restrictionType/,
      {
        restrictions: { geoRestriction: { restrictionType: "whitelist", locations: ["CH"] } },
      },
    ],
    [
      "an origin of one's own",
      /origins.0.customOriginConfig/,
      { origins: [{ originId: "own", domainName: "own.example.org", customOriginConfig: {} }] },
    ],
  ];
  for (const [what, message, changes] of unsupported) {
    it(`refuses ${what} instead of ignoring it`, async () => {
      const inputs = await createAll();
      await assert.rejects(create("Distribution", { ...inputs, ...changes }), (error: Error) => {
        assert.match(error.message, /^cdn: the local cloud does not emulate /);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it("refuses CORS for every origin with credentials, as AWS does", async () => {
    const corsConfig = { ...headersPolicy.corsConfig, accessControlAllowCredentials: true };
    await assert.rejects(create("ResponseHeadersPolicy", { corsConfig }), {
      code: "InvalidArgument",
    });
  });
});
