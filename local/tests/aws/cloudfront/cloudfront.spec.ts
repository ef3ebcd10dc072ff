import assert from "node:assert/strict";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { getSignedUrl } from "@aws-sdk/cloudfront-signer";
import { Acm } from "../../../aws/acm/acm";
import { CloudFront } from "../../../aws/cloudfront/cloudfront";
import type {
  CacheBehavior,
  DistributionConfig,
  OriginRequest,
  OriginResponse,
} from "../../../aws/cloudfront/types";
import { close, listen } from "../../../aws/http";
import { Waf } from "../../../aws/waf/waf";
import { view } from "./viewer";
import type { ViewOptions, ViewedResponse } from "./viewer";
import { certificateOf } from "../acm/certificate-of";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const id = "E1A2B3C4D5E6F7";
const arn = `arn:aws:cloudfront::123456789012:distribution/${id}`;
const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const none = { behavior: "none", items: [] } as const;

const behavior: CacheBehavior = {
  targetOriginId: "results",
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: ["GET", "HEAD"],
  cachedMethods: ["GET", "HEAD"],
  compress: true,
  cachePolicyId: cachingOptimized,
};

const config: DistributionConfig = {
  enabled: true,
  origins: [
    {
      originId: "results",
      domainName: "results.example.s3.us-east-1.amazonaws.com",
      originPath: "",
      originAccessControlId: "EOAC",
    },
  ],
  defaultCacheBehavior: behavior,
  orderedCacheBehaviors: [],
  customErrorResponses: [],
};

describe("CloudFront", () => {
  let folder: string;
  let now: Date;
  let lines: string[];
  let asked: OriginRequest[];
  let answers: Record<string, OriginResponse | undefined>;
  let cloudFront: CloudFront;
  let ca: string;
  let domainName: string;

  const acm = new Acm();
  const waf = new Waf({ notify: () => undefined, clock: () => now });

  const makeCloudFront = () => {
    const service = new CloudFront({
      account,
      dataDir: folder,
      notify: (line) => lines.push(line),
      clock: () => now,
      acm,
      waf,
      credentials: () => assert.fail("nothing to sign"),
      authenticator: { authenticate: () => assert.fail("nobody signs") },
      authorizer: { authorize: () => assert.fail("nobody asks") },
      origin: {
        handle: (request) => {
          asked.push(request);
          const answer = answers[request.key] ?? { status: 404, body: "<Error/>" };
          const isKnown =
            request.headers["if-none-match"] !== undefined &&
            request.headers["if-none-match"] === answer.headers?.etag;
          return Promise.resolve(isKnown ? { status: 304, headers: {} } : answer);
        },
      },
    });
    service.policies.originAccess.set("EOAC", { originType: "s3", signingBehavior: "always" });
    return service;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "darkroom-cloudfront-"));
    now = new Date("2026-01-15T10:00:00Z");
    lines = [];
    asked = [];
    answers = {
      "a.json": {
        status: 200,
        headers: {
          "content-type": "application/json",
          etag: '"e1"',
          "last-modified": "Thu, 15 Jan 2026 09:00:00 GMT",
        },
        body: '{"id":"a"}',
      },
    };
    cloudFront = makeCloudFront();
    await cloudFront.start();
    ca = await readFile(cloudFront.caFile, "utf8");
  });

  afterEach(async () => {
    await cloudFront.stop();
    await rm(folder, { recursive: true });
  });

  const deploy = async (changes: Partial<DistributionConfig> = {}) => {
    domainName = await cloudFront.domainNameOf(id);
    await cloudFront.createDistribution(id, { ...config, ...changes });
  };
  const deployBehavior = (changes: Partial<CacheBehavior>) =>
    deploy({ defaultCacheBehavior: { ...behavior, ...changes } });
  const get = (path: string, options: ViewOptions = {}): Promise<ViewedResponse> =>
    view(`https://${domainName}${path}`, { ca, ...options });
  const getPlain = (path: string, options: ViewOptions = {}) =>
    view(`http://${domainName}${path}`, options);
  const invalidate = (path: string) => {
    cloudFront.createInvalidation(id, { callerReference: randomUUID(), paths: [path] });
  };
  const later = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };

  describe("names of one's own", () => {
    const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
    const own = { aliases: ["images.example.com"], certificateArn };

    it("are served by a certificate of their own, which viewers trust by the same file", async () => {
      await deploy(own);
      ca = await readFile(cloudFront.caFile, "utf8");
      const { status } = await get("/a.json", {
        servername: "images.example.com",
        headers: { host: "images.example.com" },
      });
      assert.equal(status, 200);
      assert.equal((await get("/a.json")).status, 200);
      await assert.rejects(get("/a.json", { servername: "other.example.com" }), {
        code: "ERR_TLS_CERT_ALTNAME_INVALID",
      });
    });

    it("are what URLs are signed for, by plain HTTP that counts as HTTPS, too", async () => {
      const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      cloudFront.policies.publicKeys.set("KEY", publicKey);
      cloudFront.policies.keyGroups.set("group", ["KEY"]);
      await deploy({
        ...own,
        defaultCacheBehavior: { ...behavior, trustedKeyGroupIds: ["group"] },
      });
      const signed = getSignedUrl({
        url: "https://images.example.com/a.json",
        keyPairId: "KEY",
        privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
        dateLessThan: new Date(now.getTime() + 60_000).toISOString(),
      });
      const path = signed.replace("https://images.example.com", "");
      const plain = cloudFront.plainUrls[domainName] ?? "";
      const statusOf = async (headers: Record<string, string>) =>
        (await view(`${plain}${path}`, { headers })).status;
      assert.equal(await statusOf({ host: "images.example.com" }), 200);
      assert.equal(await statusOf({}), 403);
    });

    it("need a certificate that is for them, in us-east-1", async () => {
      const refused = { code: "InvalidViewerCertificate" };
      await assert.rejects(deploy({ aliases: own.aliases }), refused);
      const elsewhere = certificateArn.replace("us-east-1", "eu-central-1");
      await assert.rejects(deploy({ ...own, certificateArn: elsewhere }), refused);
      acm.put(certificateOf(certificateArn, "results.example.com"));
      await assert.rejects(deploy(own), { ...refused, message: /images\.example\.com$/ });
      acm.put(certificateOf(certificateArn, "*.example.com"));
      await assert.doesNotReject(deploy(own));
    });

    it("are one distribution's only, each once", async () => {
      acm.delete(certificateArn);
      await deploy(own);
      const upper = { ...own, aliases: ["Images.example.com"] };
      await assert.rejects(cloudFront.createDistribution("EOTHER", { ...config, ...upper }), {
        code: "CNAMEAlreadyExists",
      });
      await assert.rejects(deploy({ ...own, aliases: ["a.example", "A.example"] }), {
        code: "InvalidArgument",
      });
      const both = ["images.example.com", "b.example.com"];
      await assert.doesNotReject(deploy({ ...own, aliases: both }));
    });
  });

  it("asks no web ACL that is not there", async () => {
    const webAclArn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/acl/1";
    await assert.rejects(deploy({ webAclArn }), { code: "WAFNonexistentItemException" });
  });

  it("restricts different countries by their codes", async () => {
    for (const locations of [[], ["de"], ["DEU"], ["DE", "DE"]]) {
      await assert.rejects(deploy({ geoRestriction: { type: "whitelist", locations } }), {
        code: "InvalidGeoRestrictionParameter",
      });
    }
  });

  describe("transport", () => {
    it("keeps a port for a distribution that does not exist yet, and serves nothing there", async () => {
      domainName = await cloudFront.domainNameOf(id);
      assert.equal((await get("/a.json")).status, 403);
      await deploy();
      assert.equal((await get("/a.json")).status, 200);
    });

    it("serves by HTTPS, and signs its requests to the bucket", async () => {
      await deploy();
      const { status, headers, body } = await get("/a.json");
      assert.equal(status, 200);
      assert.equal(body.toString(), '{"id":"a"}');
      assert.equal(headers["content-type"], "application/json");
      assert.equal(headers["x-cache"], "Miss from cloudfront");
      assert.match(headers.via ?? "", /^1\.1 [0-9a-f]{32}\.cloudfront\.net \(CloudFront\)$/);
      assert.ok(headers["x-amz-cf-id"] && headers["x-amz-cf-pop"]);
      const [request] = asked;
      assert.ok(request);
      assert.deepEqual(request.principal, {
        kind: "service",
        service: "cloudfront.amazonaws.com",
      });
      assert.equal(request.bucket, "results.example");
      assert.equal(request.key, "a.json");
      assert.deepEqual(request.context, {
        "aws:SecureTransport": "true",
        "aws:SourceArn": arn,
        "aws:SourceAccount": "123456789012",
      });
    });

    it("is not trusted without its authority", async () => {
      await deploy();
      await assert.rejects(view(`https://${domainName}/a.json`), {
        code: /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT/,
      });
    });

    it("keeps its authority and its port over restarts", async () => {
      await deploy();
      const before = domainName;
      await cloudFront.stop();
      cloudFront = makeCloudFront();
      await cloudFront.start();
      await deploy();
      assert.equal(domainName, before);
      assert.equal((await get("/a.json")).status, 200);
    });

    it("takes another port when its last one is taken", async () => {
      await deploy();
      const port = Number(domainName.split(":")[1]);
      await cloudFront.stop();
      const squatter = createServer();
      await listen(squatter, port);
      cloudFront = makeCloudFront();
      await cloudFront.start();
      await deploy();
      assert.notEqual(Number(domainName.split(":")[1]), port);
      await close(squatter);
    });

    it("keeps no key of the authority, and the server's for its owner only", async () => {
      const pems = (await readdir(folder)).filter((name) => name.endsWith(".pem"));
      assert.deepEqual(pems.sort(), ["ca.pem", "certificate.pem", "key.pem"]);
      assert.equal((await stat(join(folder, "key.pem"))).mode & 0o777, 0o600);
    });

    it("redirects from HTTP to HTTPS", async () => {
      await deploy();
      const response = await getPlain("/a.json?x=1");
      assert.equal(response.status, 301);
      assert.equal(response.headers.location, `https://${domainName}/a.json?x=1`);
      assert.equal(response.headers["x-cache"], "Redirect from cloudfront");
      assert.deepEqual(asked, []);
    });

    it("redirects to the path as it came, not to the default root object", async () => {
      await deploy({ defaultRootObject: "a.json" });
      assert.equal((await getPlain("/")).headers.location, `https://${domainName}/`);
    });

    it("answers HTTP by 403 where only HTTPS is allowed", async () => {
      await deployBehavior({ viewerProtocolPolicy: "https-only" });
      assert.equal((await getPlain("/a.json")).status, 403);
    });

    it("serves by HTTP where all is allowed", async () => {
      await deployBehavior({ viewerProtocolPolicy: "allow-all" });
      assert.equal((await getPlain("/a.json")).status, 200);
    });

    describe("by plain HTTP beside", () => {
      const getBeside = (path: string, options: ViewOptions = {}) =>
        view(`${cloudFront.plainUrls[domainName] ?? ""}${path}`, options);

      it("serves what wants HTTPS, without a certificate", async () => {
        for (const viewerProtocolPolicy of ["https-only", "redirect-to-https"] as const) {
          await deployBehavior({ viewerProtocolPolicy });
          const { status, body } = await getBeside("/a.json");
          assert.deepEqual([status, body.toString()], [200, '{"id":"a"}']);
        }
      });

      it("takes URLs that were signed for the domain", async () => {
        const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
        cloudFront.policies.publicKeys.set("K1", publicKey);
        cloudFront.policies.setKeyGroup("group", ["K1"]);
        await deployBehavior({ trustedKeyGroupIds: ["group"] });
        const signed = getSignedUrl({
          url: `https://${domainName}/a.json`,
          keyPairId: "K1",
          privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
          dateLessThan: new Date(now.getTime() + 1000),
        });
        const path = signed.slice(`https://${domainName}`.length);
        assert.equal((await getBeside(path)).status, 200);
        assert.equal((await get(path)).status, 200);
        assert.equal((await getPlain(path)).status, 301);
        assert.equal((await getBeside("/a.json")).status, 403);
      });

      it("keeps its port over restarts, and has none when the distribution is gone", async () => {
        await deploy();
        const before = cloudFront.plainUrls;
        assert.match(before[domainName] ?? "", /^http:\/\/127\.0\.0\.1:\d+$/);
        await cloudFront.stop();
        cloudFront = makeCloudFront();
        await cloudFront.start();
        assert.deepEqual(cloudFront.plainUrls, {});
        await deploy();
        assert.deepEqual(cloudFront.plainUrls, before);
        cloudFront.deleteDistribution(id);
        assert.deepEqual(cloudFront.plainUrls, {});
      });
    });

    it("frees its ports and cuts connections when it is stopped", async () => {
      await deploy();
      const port = Number(domainName.split(":")[1]);
      const socket = connect(port, "127.0.0.1");
      const cut = new Promise((resolve) => socket.once("close", resolve));
      socket.once("error", () => undefined);
      await get("/a.json");
      await cloudFront.stop();
      await cloudFront.stop();
      await cut;
      const other = createServer();
      assert.equal(await listen(other, port), port);
      await close(other);
    });
  });

  describe("requests", () => {
    it("decodes the path to the object's key, and puts the origin's path in front", async () => {
      const [origin] = config.origins;
      assert.ok(origin);
      await deploy({ origins: [{ ...origin, originPath: "/public" }] });
      await get("/caf%C3%A9%2Fa%20b+c%2B.json");
      assert.equal(asked[0]?.key, "public/café/a b c+.json");
    });

    it("leaves dot segments of a key alone", async () => {
      await deploy();
      await get("/x/../a.json");
      assert.equal(asked[0]?.key, "x/../a.json");
    });

    it("refuses a path that is not well encoded", async () => {
      await deploy();
      assert.equal((await get("/%E0%A4%A")).status, 400);
      assert.deepEqual(asked, []);
    });

    it("serves the default root object", async () => {
      await deploy({ defaultRootObject: "a.json" });
      assert.equal((await get("/")).body.toString(), '{"id":"a"}');
    });

    it("asks anonymously without an origin access control", async () => {
      const [origin] = config.origins;
      assert.ok(origin);
      answers["a.json"] = { status: 403, body: "<Error><Code>AccessDenied</Code></Error>" };
      await deploy({ origins: [{ ...origin, originAccessControlId: undefined }] });
      const { status, body, headers } = await get("/a.json");
      assert.equal(status, 403);
      assert.match(body.toString(), /AccessDenied/);
      assert.equal(headers["x-cache"], "Error from cloudfront");
      assert.deepEqual(asked[0]?.principal, { kind: "anonymous" });
      assert.deepEqual(asked[0].context, { "aws:SecureTransport": "true" });
    });

    it("forwards no header, cookie or parameter that no policy names", async () => {
      await deploy();
      await get("/a.json?versionId=1", {
        headers: { authorization: "Bearer x", cookie: "a=1", "x-other": "1" },
      });
      assert.deepEqual(asked[0]?.headers, {});
      assert.equal(asked[0].query.size, 0);
    });

    it("answers HEAD without a body", async () => {
      await deploy();
      const { status, headers, body } = await get("/a.json", { method: "HEAD" });
      assert.equal(status, 200);
      assert.equal(headers["content-length"], "10");
      assert.equal(body.length, 0);
    });

    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      it(`answers ${method} by 403 where it is not allowed`, async () => {
        await deploy();
        const { status, headers, body } = await get("/a.json", { method });
        assert.equal(status, 403);
        assert.equal(headers["x-cache"], "Error from cloudfront");
        assert.match(body.toString(), /not configured to allow the HTTP request method/);
      });
    }

    it("forwards OPTIONS where it is allowed", async () => {
      await deployBehavior({
        allowedMethods: ["GET", "HEAD", "OPTIONS"],
        originRequestPolicyId: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
      });
      await get("/a.json", { method: "OPTIONS", headers: { origin: "https://a.example" } });
      assert.equal(asked[0]?.method, "OPTIONS");
      assert.equal(asked[0].headers.origin, "https://a.example");
    });

    it("refuses a URL of more than 8,192 bytes", async () => {
      await deploy();
      const start = `https://${domainName}/a.json?v=`;
      const fill = (length: number) => `/a.json?v=${"x".repeat(length - start.length)}`;
      assert.equal((await get(fill(8192))).status, 200);
      assert.equal((await get(fill(8193))).status, 413);
    });

    it("refuses a GET with a body", async () => {
      await deploy();
      const headers = { "content-length": "1" };
      assert.equal((await get("/a.json", { headers, body: "x" })).status, 403);
    });

    it("answers 403 while it is disabled", async () => {
      await deploy({ enabled: false });
      assert.equal((await get("/a.json")).status, 403);
    });

    it("picks the first behavior whose pattern matches", async () => {
      await deploy({
        orderedCacheBehaviors: [
          { ...behavior, pathPattern: "results/*.json", cachePolicyId: cachingDisabled },
        ],
      });
      answers["results/b.json"] = { status: 200, body: "b" };
      await get("/results/b.json");
      await get("/x/../results/b.json");
      await get("/results/b.json");
      await get("/a.json");
      await get("/a.json");
      assert.equal(asked.length, 4);
    });

    it("answers 502, and says why, when the origin fails", async () => {
      answers["a.json"] = {
        status: 200,
        body: new Readable({
          read() {
            this.destroy(new Error("disk failure"));
          },
        }),
      };
      await deploy();
      const { status, body } = await get("/a.json");
      assert.equal(status, 502);
      assert.doesNotMatch(body.toString(), /disk failure/);
      assert.match(lines[0] ?? "", /disk failure/);
    });
  });

  describe("cache", () => {
    const ttls = { minTtl: 0, defaultTtl: 60, maxTtl: 3600, gzip: false, brotli: false };
    const usePolicy = (changes = {}) => {
      const policy = { ...ttls, headers: none, queryStrings: none, cookies: none, ...changes };
      cloudFront.policies.cache.set("policy", policy);
      return deployBehavior({ cachePolicyId: "policy" });
    };
    const xCache = async (path = "/a.json", options: ViewOptions = {}) =>
      (await get(path, options)).headers["x-cache"]?.toString().split(" ")[0];
    const cacheControl = (value: string) => {
      answers["a.json"] = { status: 200, headers: { "cache-control": value }, body: "a" };
    };

    it("answers from the cache, with the age", async () => {
      await deploy();
      await get("/a.json");
      later(7);
      const { headers, body } = await get("/a.json");
      assert.equal(headers["x-cache"], "Hit from cloudfront");
      assert.equal(headers.age, "7");
      assert.equal(body.toString(), '{"id":"a"}');
      assert.equal(asked.length, 1);
    });

    it("shares an object between GET and HEAD", async () => {
      await deploy();
      await get("/a.json", { method: "HEAD" });
      assert.equal((await get("/a.json")).body.toString(), '{"id":"a"}');
      assert.equal(asked.length, 1);
    });

    it("asks again after the time to live, and keeps what has not changed", async () => {
      await usePolicy();
      await get("/a.json");
      later(60);
      const { headers, body } = await get("/a.json");
      assert.equal(headers["x-cache"], "RefreshHit from cloudfront");
      assert.equal(body.toString(), '{"id":"a"}');
      assert.equal(asked[1]?.headers["if-none-match"], '"e1"');
      assert.equal(await xCache(), "Hit");
    });

    const lifetimes: [string, object, string, number][] = [
      ["the default without any header", {}, "public", 60],
      ["max-age", {}, "max-age=120", 120],
      ["s-maxage before max-age", {}, "max-age=120, s-maxage=30", 30],
      ["at least the minimum", { minTtl: 100 }, "max-age=5", 100],
      ["at most the maximum", { maxTtl: 90 }, "max-age=5000", 90],
      ["the minimum in spite of no-store", { minTtl: 10 }, "no-store", 10],
    ];
    for (const [what, policy, header, seconds] of lifetimes) {
      it(`keeps an object for ${what}`, async () => {
        cacheControl(header);
        await usePolicy(policy);
        await get("/a.json");
        later(seconds - 1);
        assert.equal(await xCache(), "Hit");
        later(1);
        assert.equal(await xCache(), "Miss");
      });
    }

    for (const header of ["no-cache", "no-store", "private", "max-age=0"]) {
      it(`keeps nothing that says ${header}`, async () => {
        cacheControl(header);
        await usePolicy();
        await get("/a.json");
        assert.equal(await xCache(), "Miss");
      });
    }

    it("keeps an object until it expires", async () => {
      const expires = new Date(now.getTime() + 20_000).toUTCString();
      answers["a.json"] = { status: 200, headers: { expires }, body: "a" };
      await usePolicy();
      await get("/a.json");
      later(19);
      assert.equal(await xCache(), "Hit");
      later(1);
      assert.equal(await xCache(), "Miss");
    });

    it("keeps nothing by CachingDisabled", async () => {
      await deployBehavior({ cachePolicyId: cachingDisabled });
      await get("/a.json");
      assert.equal(await xCache(), "Miss");
    });

    it("tells apart what the policy names: parameters, headers and cookies", async () => {
      const named = (name: string) => ({ behavior: "whitelist", items: [name] });
      await usePolicy({
        queryStrings: named("size"),
        headers: named("X-Tenant"),
        cookies: named("lang"),
      });
      const variants: [string, ViewOptions][] = [
        ["/a.json", {}],
        ["/a.json?size=2", {}],
        ["/a.json", { headers: { "x-tenant": "b" } }],
        ["/a.json", { headers: { cookie: "lang=de" } }],
      ];
      for (const [path, options] of variants) {
        assert.equal(await xCache(path, options), "Miss");
      }
      assert.equal(asked[1]?.query.get("size"), "2");
      assert.equal(asked[2]?.headers["x-tenant"], "b");
      assert.equal(asked[3]?.headers.cookie, "lang=de");
      assert.equal(await xCache("/a.json?other=1", { headers: { cookie: "id=7" } }), "Hit");
    });

    it("keeps a missing object for ten seconds", async () => {
      await deploy();
      assert.equal((await get("/new.json")).status, 404);
      answers["new.json"] = { status: 200, body: "new" };
      later(9);
      assert.equal((await get("/new.json")).status, 404);
      later(1);
      assert.equal((await get("/new.json")).status, 200);
    });

    it("keeps no refusal", async () => {
      answers["a.json"] = { status: 403 };
      await deploy();
      await get("/a.json");
      await get("/a.json");
      assert.equal(asked.length, 2);
    });

    for (const [status, requests] of [
      [400, 1],
      [403, 1],
      [405, 1],
      [409, 2],
      [410, 2],
      [412, 1],
      [413, 2],
      [415, 1],
      [416, 2],
      [429, 2],
    ] as const) {
      const verb = requests === 1 ? "keeps" : "does not keep";
      it(`${verb} an error ${status} whose origin names an age`, async () => {
        answers["a.json"] = { status, headers: { "cache-control": "max-age=60" } };
        await deploy();
        await get("/a.json");
        await get("/a.json");
        assert.equal(asked.length, requests);
      });
    }

    it("forgets what is invalidated", async () => {
      await deploy();
      answers["images/1.png"] = { status: 200, body: "1" };
      await get("/a.json");
      await get("/images/1.png");
      invalidate("/images/*");
      assert.equal(await xCache("/a.json"), "Hit");
      assert.equal(await xCache("/images/1.png"), "Miss");
      assert.throws(
        () => {
          cloudFront.createInvalidation("E2", { callerReference: "1", paths: ["/*"] });
        },
        { code: "NoSuchDistribution" },
      );
    });
  });

  describe("parts and conditions", () => {
    const cases: [string, Record<string, string>, number, string][] = [
      ["a range", { range: "bytes=1-4" }, 206, '"id"'],
      ["an open range", { range: "bytes=8-" }, 206, '"}'],
      ["a suffix", { range: "bytes=-3" }, 206, 'a"}'],
      ["a range past the end", { range: "bytes=99-" }, 416, ""],
      ["no known unit", { range: "lines=1-2" }, 200, '{"id":"a"}'],
      ["a range of another version", { range: "bytes=0-1", "if-range": '"e0"' }, 200, '{"id":"a"}'],
      ["the same tag", { "if-none-match": 'W/"e0", W/"e1"' }, 304, ""],
      ["another tag", { "if-none-match": '"e2"' }, 200, '{"id":"a"}'],
      ["the same time", { "if-modified-since": "Thu, 15 Jan 2026 09:00:00 GMT" }, 304, ""],
      [
        "an earlier time",
        { "if-modified-since": "Thu, 15 Jan 2026 08:00:00 GMT" },
        200,
        '{"id":"a"}',
      ],
    ];
    for (const [what, headers, status, body] of cases) {
      it(`answers ${what} by ${status}`, async () => {
        await deploy();
        const response = await get("/a.json", { headers });
        assert.equal(response.status, status);
        assert.equal(response.body.toString(), body);
      });
    }

    it("tells the range and the size", async () => {
      await deploy();
      const { headers } = await get("/a.json", { headers: { range: "bytes=1-4" } });
      assert.equal(headers["content-range"], "bytes 1-4/10");
      assert.equal(headers["content-length"], "4");
    });
  });

  describe("compression", () => {
    const json = JSON.stringify({ text: "darkroom ".repeat(200) });
    const answerJson = (body = json, headers: Record<string, string> = {}) => {
      answers["a.json"] = {
        status: 200,
        headers: { "content-type": "application/json", etag: '"e1"', ...headers },
        body,
      };
    };
    const encodingOf = async (accept: string) =>
      (await get("/a.json", { headers: { "accept-encoding": accept } })).headers[
        "content-encoding"
      ];

    it("compresses by Brotli before gzip", async () => {
      answerJson();
      await deploy();
      const response = await get("/a.json", { headers: { "accept-encoding": "gzip, br" } });
      assert.equal(response.headers["content-encoding"], "br");
      assert.equal(response.headers.etag, 'W/"e1"');
      assert.equal(response.headers.vary, "Accept-Encoding");
      assert.equal(brotliDecompressSync(response.body).toString(), json);
    });

    it("compresses by gzip, and keeps each encoding apart", async () => {
      answerJson();
      await deploy();
      const zipped = await get("/a.json", { headers: { "accept-encoding": "gzip, br;q=0" } });
      assert.equal(gunzipSync(zipped.body).toString(), json);
      assert.equal((await get("/a.json")).body.toString(), json);
    });

    it("compresses nothing that is small, of another type, encoded already or a range", async () => {
      await deployBehavior({ cachePolicyId: cachingOptimized });
      answerJson("{}");
      assert.equal(await encodingOf("gzip"), undefined);
      invalidate("/*");
      answerJson(json, { "content-type": "image/png" });
      assert.equal(await encodingOf("gzip"), undefined);
      invalidate("/*");
      answerJson(json, { "content-encoding": "deflate" });
      assert.equal(await encodingOf("gzip"), "deflate");
      invalidate("/*");
      answerJson();
      const headers = { "accept-encoding": "gzip", range: "bytes=0-3" };
      assert.equal((await get("/a.json", { headers })).body.toString(), json.slice(0, 4));
    });

    it("compresses nothing where the behavior does not ask for it", async () => {
      answerJson();
      await deployBehavior({ compress: false });
      assert.equal(await encodingOf("gzip"), undefined);
    });

    it("compresses nothing where caching is disabled", async () => {
      answerJson();
      await deployBehavior({ cachePolicyId: cachingDisabled });
      assert.equal(await encodingOf("gzip"), undefined);
    });
  });

  describe("response headers policy", () => {
    it("adds the security headers of the managed policy", async () => {
      await deployBehavior({ responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03" });
      const { headers } = await get("/a.json");
      assert.equal(headers["strict-transport-security"], "max-age=31536000");
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["x-frame-options"], "SAMEORIGIN");
      assert.equal(headers["referrer-policy"], "strict-origin-when-cross-origin");
      assert.equal(headers["x-xss-protection"], "1; mode=block");
    });

    it("adds CORS headers to requests of other origins, on errors, too", async () => {
      await deployBehavior({ responseHeadersPolicyId: "60669652-455b-4ae9-85a4-c4c02393f86c" });
      const headers = { origin: "https://app.example" };
      const allowed = async (path: string, options: ViewOptions) =>
        (await get(path, options)).headers["access-control-allow-origin"];
      assert.equal(await allowed("/a.json", { headers }), "*");
      assert.equal(await allowed("/missing.json", { headers }), "*");
      assert.equal(await allowed("/a.json", {}), undefined);
    });
  });

  describe("custom error responses", () => {
    const custom = { errorCode: 403, errorCachingMinTtl: 30 };
    const page = { responseCode: 404, responsePagePath: "/errors/404.json" };

    it("shows the page with the status that is configured", async () => {
      answers["missing.json"] = { status: 403, body: "<Error/>" };
      answers["errors/404.json"] = { status: 200, body: '{"error":"missing"}' };
      await deploy({ customErrorResponses: [{ ...custom, ...page }] });
      const { status, body, headers } = await get("/missing.json");
      assert.equal(status, 404);
      assert.equal(body.toString(), '{"error":"missing"}');
      assert.equal(headers["x-cache"], "Error from cloudfront");
    });

    it("passes the error on when the page is missing", async () => {
      answers["missing.json"] = { status: 403, body: "<Error/>" };
      await deploy({ customErrorResponses: [{ ...custom, ...page }] });
      const { status, body } = await get("/missing.json");
      assert.equal(status, 403);
      assert.equal(body.toString(), "<Error/>");
    });

    it("asks for an object again at once where errors are kept for no time", async () => {
      answers["late.json"] = { status: 403 };
      await deploy({ customErrorResponses: [{ ...custom, ...page, errorCachingMinTtl: 0 }] });
      assert.equal((await get("/late.json")).status, 403);
      answers["late.json"] = { status: 200, body: "{}" };
      assert.equal((await get("/late.json")).status, 200);
    });

    it("adds CORS headers to the page, and answers HEAD with it", async () => {
      answers["missing.json"] = { status: 403 };
      answers["errors/404.json"] = { status: 200, body: '{"error":"missing"}' };
      await deploy({
        customErrorResponses: [{ ...custom, ...page }],
        defaultCacheBehavior: {
          ...behavior,
          responseHeadersPolicyId: "60669652-455b-4ae9-85a4-c4c02393f86c",
        },
      });
      const headers = { origin: "https://app.example" };
      const head = await get("/missing.json", { method: "HEAD", headers });
      assert.deepEqual([head.status, head.body.length], [404, 0]);
      assert.equal(head.headers["access-control-allow-origin"], "*");
      assert.equal(
        (await get("/missing.json", { headers })).body.toString(),
        '{"error":"missing"}',
      );
    });

    it("keeps the error as long as is configured", async () => {
      answers["missing.json"] = { status: 403 };
      await deploy({ customErrorResponses: [custom] });
      await get("/missing.json");
      later(29);
      await get("/missing.json");
      assert.equal(asked.length, 1);
      later(1);
      await get("/missing.json");
      assert.equal(asked.length, 2);
    });
  });

  describe("refused configurations", () => {
    const [origin] = config.origins;
    assert.ok(origin);
    const group = {
      originId: "group",
      memberIds: ["results", "more"],
      failoverStatusCodes: [403, 404],
    };
    const withHeaders = (names: string[]) => ({
      origins: [{ ...origin, customHeaders: names.map((name) => ({ name, value: "1" })) }],
    });
    const refused: [string, string, Partial<DistributionConfig>][] = [
      [
        "an unknown cache policy",
        "NoSuchCachePolicy",
        { defaultCacheBehavior: { ...behavior, cachePolicyId: "x" } },
      ],
      [
        "an unknown response headers policy",
        "NoSuchResponseHeadersPolicy",
        { defaultCacheBehavior: { ...behavior, responseHeadersPolicyId: "x" } },
      ],
      ["an unknown origin", "NoSuchOrigin", { origins: [] }],
      [
        "an unknown origin access control",
        "NoSuchOriginAccessControl",
        { origins: [{ ...origin, originAccessControlId: "x" }] },
      ],
      [
        "the website endpoint of a bucket",
        "NotImplemented",
        { origins: [{ ...origin, domainName: "b.s3-website-us-east-1.amazonaws.com" }] },
      ],
      [
        "another origin than a bucket",
        "NotImplemented",
        { origins: [{ ...origin, domainName: "api.example.com" }] },
      ],
      [
        "a server on the internet",
        "NotImplemented",
        {
          origins: [
            {
              ...origin,
              domainName: "api.example.com",
              custom: {
                protocolPolicy: "https-only",
                httpPort: 80,
                httpsPort: 443,
                readTimeoutSeconds: 30,
                connectionAttempts: 3,
                connectionTimeoutSeconds: 10,
              },
            },
          ],
        },
      ],
      [
        "an origin group with one origin",
        "InvalidArgument",
        { originGroups: [{ ...group, memberIds: ["results"] }] },
      ],
      [
        "an origin group with one origin twice",
        "InvalidArgument",
        { originGroups: [{ ...group, memberIds: ["results", "results"] }] },
      ],
      [
        "an origin group that names no origin",
        "NoSuchOrigin",
        { originGroups: [{ ...group, memberIds: ["results", "x"] }] },
      ],
      [
        "an origin group in an origin group",
        "NoSuchOrigin",
        { originGroups: [{ ...group, memberIds: ["results", "group"] }] },
      ],
      [
        "an origin group that fails over by what is no error",
        "InvalidArgument",
        {
          origins: [origin, { ...origin, originId: "more" }],
          originGroups: [{ ...group, failoverStatusCodes: [200] }],
        },
      ],
      [
        "an origin group named as an origin",
        "InvalidArgument",
        { originGroups: [{ ...group, originId: "results" }] },
      ],
      ["a header that origins cannot have", "InvalidArgument", withHeaders(["X-Amz-Date"])],
      ["a header twice", "InvalidArgument", withHeaders(["X-A", "x-a"])],
      [
        "more than ten headers",
        "TooManyOriginCustomHeaders",
        withHeaders(Array.from({ length: 11 }, (_, index) => `x-${index}`)),
      ],
      [
        "writing methods",
        "NotImplemented",
        { defaultCacheBehavior: { ...behavior, allowedMethods: ["GET", "HEAD", "PUT"] } },
      ],
    ];
    for (const [what, code, changes] of refused) {
      it(`refuses ${what}`, async () => {
        await assert.rejects(deploy(changes), { name: "AwsError", code });
      });
    }
  });
});
