import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Acm } from "../../aws/acm/acm";
import { CloudFront } from "../../aws/cloudfront/cloudfront";
import { Waf } from "../../aws/waf/waf";
import { cloudfrontResources } from "../../provider/cloudfront";
import { Identity } from "../../provider/identity";
import type { Properties, ResourceState } from "../../provider/resource";
import { startOriginServer } from "../aws/cloudfront/support/origin-server";
import type { OriginServer } from "../aws/cloudfront/support/origin-server";
import { view } from "../aws/cloudfront/viewer";
import { createPlanned } from "./create-planned";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };

describe("cloudfrontResources", () => {
  let folder: string;
  let cloudFront: CloudFront;
  let principals: string[];
  let acm: Acm;
  let waf: Waf;
  let server: OriginServer | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "darkroom-cloudfront-"));
    principals = [];
    acm = new Acm();
    waf = new Waf({ notify: () => undefined, clock: () => new Date() });
    cloudFront = new CloudFront({
      account,
      dataDir: folder,
      notify: () => undefined,
      clock: () => new Date(),
      acm,
      waf,
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
    await server?.stop();
    server = undefined;
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

  for (const [headerBehavior, headers, expected] of [
    ["allViewer", undefined, { behavior: "all", items: [] }],
    ["allExcept", { items: ["Host"] }, { behavior: "allExcept", items: ["Host"] }],
  ] as const) {
    it(`creates origin request policies with the headers ${headerBehavior}`, async () => {
      const { id } = await create("OriginRequestPolicy", {
        cookiesConfig: { cookieBehavior: "all" },
        headersConfig: { headerBehavior, headers },
        queryStringsConfig: { queryStringBehavior: "all" },
      });
      assert.deepEqual(cloudFront.policies.originRequest.get(id).headers, expected);
    });
  }

  it("refuses headers that CloudFront makes, which are not emulated", async () => {
    const inputs = {
      cookiesConfig: { cookieBehavior: "all" },
      headersConfig: { headerBehavior: "allViewerAndWhitelistCloudFront" },
      queryStringsConfig: { queryStringBehavior: "all" },
    };
    await assert.rejects(
      create("OriginRequestPolicy", inputs),
      /does not emulate .*headerBehavior/,
    );
  });

  describe("keys", () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const encodedKey = publicKey.export({ type: "spki", format: "pem" }).toString();

    it("are trusted in groups, as a distribution tells", async () => {
      const key = await create("PublicKey", { encodedKey, comment: "first" });
      assert.match(key.id, /^K[A-Z0-9]{13}$/);
      assert.equal(key.outputs.name, "cdn-1a2b3c4");
      assert.equal(key.outputs.namePrefix, "");
      assert.match(String(key.outputs.callerReference), /^\d{26}$/);
      assert.equal(key.outputs.arn, `arn:aws:cloudfront::123456789012:public-key/${key.id}`);
      const group = await create("KeyGroup", { items: [key.id] });
      assert.match(group.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      const inputs = await createAll();
      const defaultCacheBehavior = { ...inputs.defaultCacheBehavior, trustedKeyGroups: [group.id] };
      const { outputs } = await create("Distribution", { ...inputs, defaultCacheBehavior });
      assert.deepEqual(outputs.trustedKeyGroups, [
        { enabled: true, items: [{ keyGroupId: group.id, keyPairIds: [key.id] }] },
      ]);
      const ca = await readFile(cloudFront.caFile, "utf8");
      const { status, body } = await view(`https://${String(outputs.domainName)}/a`, { ca });
      assert.equal(status, 403);
      assert.match(body.toString(), /MissingKey/);
    });

    it("cannot be deleted while they are used", async () => {
      const key = await create("PublicKey", { encodedKey });
      const group = await create("KeyGroup", { items: [key.id] });
      const inUse = { code: "PublicKeyInUse", statusCode: 409 };
      assert.throws(() => {
        cloudFront.policies.deletePublicKey(key.id);
      }, inUse);
      const inputs = await createAll();
      const defaultCacheBehavior = { ...inputs.defaultCacheBehavior, trustedKeyGroups: [group.id] };
      const { id } = await create("Distribution", { ...inputs, defaultCacheBehavior });
      const remove = () => {
        cloudFront.deleteKeyGroup(group.id);
      };
      assert.throws(remove, { code: "ResourceInUse", statusCode: 409 });
      cloudFront.deleteDistribution(id);
      remove();
      cloudFront.policies.deletePublicKey(key.id);
    });

    it("must be keys, and exist", async () => {
      await assert.rejects(create("PublicKey", { encodedKey: "x" }), { code: "InvalidArgument" });
      await assert.rejects(create("KeyGroup", { items: ["K1"] }), { code: "InvalidArgument" });
    });
  });

  describe("functions", () => {
    const code = 'function handler(event) { return { statusCode: 200, body: "made" }; }';
    const inputs = { code, runtime: "cloudfront-js-2.0" };

    it("run for the distributions that name them", async () => {
      const { id, outputs } = await create("Function", inputs);
      assert.equal(id, "cdn-1a2b3c4");
      assert.equal(outputs.arn, "arn:aws:cloudfront::123456789012:function/cdn-1a2b3c4");
      assert.equal(outputs.publish, true);
      assert.equal(outputs.etag, outputs.liveStageEtag);
      const common = await createAll();
      const functionAssociations = [{ eventType: "viewer-request", functionArn: outputs.arn }];
      const defaultCacheBehavior = { ...common.defaultCacheBehavior, functionAssociations };
      const distribution = await create("Distribution", { ...common, defaultCacheBehavior });
      const ca = await readFile(cloudFront.caFile, "utf8");
      const { body } = await view(`https://${String(distribution.outputs.domainName)}/a`, { ca });
      assert.equal(body.toString(), "made");
      assert.throws(
        () => {
          cloudFront.deleteFunction(String(outputs.arn));
        },
        { code: "FunctionInUse", statusCode: 409 },
      );
    });

    it("have another tag for other code, and none live that is not published", async () => {
      const { outputs } = await create("Function", inputs);
      const other = await create("Function", { ...inputs, code: `${code}\n`, publish: false });
      assert.match(String(outputs.etag), /^E[0-9A-F]{12}$/);
      assert.notEqual(other.outputs.etag, outputs.etag);
      assert.equal(other.outputs.liveStageEtag, "");
    });

    it("are refused when they could not run", async () => {
      await assert.rejects(create("Function", { ...inputs, runtime: "cloudfront-js-1.0" }), {
        code: "NotImplemented",
      });
      await assert.rejects(create("Function", { ...inputs, code: "function handler(" }), {
        code: "InvalidArgument",
      });
      await assert.rejects(
        create("Function", { ...inputs, code: `${code}//${"x".repeat(10_240)}` }),
        { code: "FunctionSizeLimitExceeded" },
      );
    });
  });

  it("takes a server of this machine and an origin group", async () => {
    const inputs = await createAll();
    const [bucket] = inputs.origins;
    server = await startOriginServer();
    const url = {
      originId: "url",
      domainName: server.host,
      customHeaders: [{ name: "x-origin-secret", value: "s3cret" }],
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
        originReadTimeout: 20,
      },
      originShield: { enabled: true, originShieldRegion: "us-east-1" },
      connectionAttempts: 1,
    };
    const { outputs } = await create("Distribution", {
      ...inputs,
      origins: [url, { ...bucket, originId: "bucket" }],
      originGroups: [
        {
          originId: "results",
          failoverCriteria: { statusCodes: [403, 404] },
          members: [{ originId: "url" }, { originId: "bucket" }],
        },
      ],
    });
    const ca = await readFile(cloudFront.caFile, "utf8");
    const get = (path: string) => view(`https://${String(outputs.domainName)}${path}`, { ca });
    assert.equal((await get("/a")).body.toString(), "hello");
    assert.equal(server.asked[0]?.headers["x-origin-secret"], "s3cret");
    assert.deepEqual(principals, []);
    server.respond = (_, response) => response.writeHead(404).end();
    assert.equal((await get("/b")).body.toString(), "hello");
    assert.deepEqual(principals, ["service"]);
  });

  const unsupported: [string, RegExp, Properties][] = [
    [
      "Lambda@Edge",
      /defaultCacheBehavior.lambdaFunctionAssociations/,
      {
        defaultCacheBehavior: {
          ...distribution("", "", "").defaultCacheBehavior,
          lambdaFunctionAssociations: [{ eventType: "viewer-request", lambdaArn: "arn:aws:x" }],
        },
      },
    ],
    [
      "trusted signers",
      /defaultCacheBehavior.trustedSigners/,
      {
        defaultCacheBehavior: {
          ...distribution("", "", "").defaultCacheBehavior,
          trustedSigners: ["self"],
        },
      },
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
