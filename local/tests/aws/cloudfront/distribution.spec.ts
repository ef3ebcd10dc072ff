import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { getSignedUrl } from "@aws-sdk/cloudfront-signer";
import { Iam } from "../../../aws/iam/iam";
import { sha256 } from "../iam/sign-request";
import type { FunctionEvent } from "../../../aws/cloudfront/functions/types";
import type {
  CacheBehavior,
  DistributionConfig,
  Origin,
  OriginResponse,
} from "../../../aws/cloudfront/types";
import { account, arn, behavior, config, LocalDistribution } from "./support/local-distribution";
import { startOriginServer } from "./support/origin-server";
import type { OriginServer } from "./support/origin-server";

const [bucket] = config.origins;
assert.ok(bucket);

function serverOrigin(domainName: string, changes: Partial<Origin> = {}): Origin {
  return {
    originId: "url",
    domainName,
    originPath: "",
    originAccessControlId: "EURL",
    custom: {
      protocolPolicy: "https-only",
      httpPort: 80,
      httpsPort: 443,
      readTimeoutSeconds: 30,
      connectionAttempts: 1,
      connectionTimeoutSeconds: 10,
    },
    ...changes,
  };
}

const originGroups = [
  { originId: "group", memberIds: ["bucket", "url"], failoverStatusCodes: [403, 404] },
];

describe("Distribution", () => {
  let cdn: LocalDistribution;

  beforeEach(() => {
    cdn = new LocalDistribution();
  });

  afterEach(() => {
    cdn.stop();
  });

  describe("with a function URL behind a bucket", () => {
    let folder: string;
    let iam: Iam;
    let server: OriginServer;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "darkroom-cloudfront-"));
      server = await startOriginServer();
      const clock = () => cdn.now;
      iam = new Iam({ account, dataDir: folder, notify: () => undefined, clock });
      cdn.credentials = (source) => iam.serviceCredentials("cloudfront.amazonaws.com", source);
      cdn.deployBehavior(
        { targetOriginId: "group" },
        { origins: [bucket, serverOrigin(server.host)], originGroups },
      );
    });

    afterEach(async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    });

    it("serves what is stored without the function", async () => {
      const { body, headers } = await cdn.get("/i/a/thumb");
      assert.equal(body.toString(), "stored");
      assert.equal(headers["x-cache"], "Miss from cloudfront");
      assert.deepEqual(server.asked, []);
    });

    it("has the function make what is not, once", async () => {
      cdn.bucket = () => ({ status: 403 });
      assert.equal((await cdn.get("/i/a/thumb")).body.toString(), "hello");
      const { body, headers } = await cdn.get("/i/a/thumb");
      assert.equal(body.toString(), "hello");
      assert.equal(headers["x-cache"], "Hit from cloudfront");
      assert.equal(server.asked.length, 1);
      assert.equal(cdn.asked.length, 1);
    });

    it("signs requests to the function in its own name, for the distribution", async () => {
      cdn.bucket = () => ({ status: 404 });
      await cdn.get("/i/a%20b/thumb");
      const [request] = server.asked;
      assert.ok(request);
      const signed = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        service: "lambda",
        bodySha256: sha256(""),
      };
      const service = "cloudfront.amazonaws.com";
      assert.deepEqual(iam.authenticate(signed), { kind: "service", service, sourceArn: arn });
      const forged = { ...signed, url: "/i/other/thumb" };
      assert.throws(() => iam.authenticate(forged), /signature/);
    });

    it("signs by new credentials before the old ones end", async () => {
      cdn.bucket = () => ({ status: 404 });
      const key = () =>
        /Credential=(\w+)/.exec(server.asked.at(-1)?.headers.authorization ?? "")?.[1];
      await cdn.get("/i/a/1");
      const first = key();
      await cdn.get("/i/a/2");
      assert.equal(key(), first);
      cdn.later(12 * 3600 - 299);
      await cdn.get("/i/a/3");
      assert.notEqual(key(), first);
    });

    it("lets a request end that was under way when the configuration was changed", async () => {
      cdn.bucket = () => ({ status: 404 });
      const { respond } = server;
      let finish: () => void = () => undefined;
      server.respond = (request, response) => {
        finish = () => {
          respond(request, response);
        };
      };
      const answer = cdn.get("/i/a/thumb");
      while (server.asked.length === 0) {
        await setImmediate();
      }
      cdn.distribution.refresh();
      finish();
      assert.equal((await answer).status, 200);
      server.respond = respond;
      assert.equal((await cdn.get("/i/b/thumb")).status, 200);
    });

    for (const [originRequestPolicyId, cookies] of [
      [undefined, undefined],
      ["everything", ["a=1; Secure", "b=2"]],
    ] as const) {
      it(`gives viewers ${cookies ? "the" : "no"} cookies where ${cookies ? "all" : "none"} are forwarded`, async () => {
        cdn.bucket = () => ({ status: 404 });
        server.respond = (_, response) => {
          response.writeHead(200, { "set-cookie": ["a=1; Secure", "b=2"] }).end();
        };
        cdn.deployBehavior(
          { targetOriginId: "group", ...(originRequestPolicyId && { originRequestPolicyId }) },
          { origins: [bucket, serverOrigin(server.host)], originGroups },
        );
        assert.deepEqual((await cdn.get("/a")).cookies, cookies);
        assert.deepEqual((await cdn.get("/a")).cookies, cookies);
      });
    }

    it("makes one request of a hundred that come at once", async () => {
      cdn.bucket = () => ({ status: 404 });
      const answers = await Promise.all(Array.from({ length: 100 }, () => cdn.get("/i/a/thumb")));
      assert.ok(answers.every(({ status, body }) => status === 200 && body.toString() === "hello"));
      assert.equal(server.asked.length, 1);
      const labels = answers.map(({ headers }) => headers["x-cache"]);
      assert.equal(labels.filter((label) => label === "Miss from cloudfront").length, 1);
      assert.equal(labels.filter((label) => label === "Hit from cloudfront").length, 99);
    });

    it("answers 502 for ten seconds when both fail, and says why", async () => {
      cdn.bucket = () => ({ status: 404 });
      await server.stop();
      const { status, headers } = await cdn.get("/i/a/thumb");
      assert.equal(status, 502);
      assert.equal(headers["x-cache"], "Error from cloudfront");
      assert.match(cdn.lines[0] ?? "", /the origin of \/i\/a\/thumb failed: .*ECONNREFUSED/);
      cdn.later(9);
      await cdn.get("/i/a/thumb");
      assert.equal(cdn.asked.length, 1);
      cdn.later(1);
      await cdn.get("/i/a/thumb");
      assert.equal(cdn.asked.length, 2);
    });
  });

  describe("with trusted key groups", () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const next = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const sign = (path: string, keyPairId = "K1", key = privateKey) =>
      getSignedUrl({
        url: `https://127.0.0.1:4000${path}`,
        keyPairId,
        privateKey: key.export({ type: "pkcs8", format: "pem" }).toString(),
        dateLessThan: new Date(cdn.now.getTime() + 60_000),
        algorithm: "SHA256",
      }).slice("https://127.0.0.1:4000".length);

    beforeEach(() => {
      cdn.policies.publicKeys.set("K1", publicKey);
      cdn.policies.publicKeys.set("K2", next.publicKey);
      cdn.policies.setKeyGroup("group", ["K1"]);
    });

    it("serves who has a signature, and refuses who has none without asking anybody", async () => {
      cdn.deployBehavior({ trustedKeyGroupIds: ["group"] });
      const { status, body } = await cdn.get("/i/a/thumb");
      assert.equal(status, 403);
      assert.match(body.toString(), /<Code>MissingKey</);
      assert.deepEqual(cdn.asked, []);
      assert.equal((await cdn.get(sign("/i/a/thumb"))).status, 200);
      cdn.later(60);
      const expired = await cdn.get(sign("/i/a/thumb").replace(/Expires=\d+/, "Expires=1"));
      assert.match(expired.body.toString(), /<Code>AccessDenied</);
    });

    it("shares a cached object between signatures, and hides them from the origin", async () => {
      cdn.deployBehavior({ trustedKeyGroupIds: ["group"], cachePolicyId: "all" });
      await cdn.get(sign("/i/a/thumb?v=1"));
      cdn.later(10);
      const { headers } = await cdn.get(sign("/i/a/thumb?v=1"));
      assert.equal(headers["x-cache"], "Hit from cloudfront");
      assert.deepEqual([...(cdn.asked[0]?.query ?? [])], [["v", "1"]]);
    });

    it("takes the keys that the group has now", async () => {
      cdn.deployBehavior({ trustedKeyGroupIds: ["group"] });
      const url = sign("/i/a/thumb", "K2", next.privateKey);
      assert.match((await cdn.get(url)).body.toString(), /<Code>InvalidKey</);
      cdn.policies.setKeyGroup("group", ["K1", "K2"]);
      assert.equal((await cdn.get(url)).status, 200);
      assert.equal((await cdn.get(sign("/i/a/thumb"))).status, 200);
      cdn.policies.setKeyGroup("group", ["K2"]);
      assert.match((await cdn.get(sign("/i/a/thumb"))).body.toString(), /<Code>InvalidKey</);
    });

    it("asks for no signature where a behavior before it does not", async () => {
      const open = { ...behavior, pathPattern: "/i/*/thumb" };
      cdn.deployBehavior({ trustedKeyGroupIds: ["group"] }, { orderedCacheBehaviors: [open] });
      assert.equal((await cdn.get("/i/a/thumb")).status, 200);
      assert.equal((await cdn.get("/i/a/large")).status, 403);
    });

    it("leaves the parameters alone where no signature is asked for", async () => {
      cdn.deployBehavior({ cachePolicyId: "all" });
      await cdn.get("/i/a/thumb?Expires=1&Signature=x");
      assert.equal(cdn.asked[0]?.query.toString(), "Expires=1&Signature=x");
    });

    describe("and a page for 403", () => {
      const customErrorResponses = [
        {
          errorCode: 403,
          responseCode: 403,
          responsePagePath: "/errors/forbidden.json",
          errorCachingMinTtl: 10,
        },
      ];
      const errors = { ...behavior, pathPattern: "/errors/*" };

      it("shows the page to who is refused", async () => {
        const orderedCacheBehaviors = [errors];
        cdn.deployBehavior(
          { trustedKeyGroupIds: ["group"] },
          { customErrorResponses, orderedCacheBehaviors },
        );
        const { status, body, headers } = await cdn.get("/i/a/thumb");
        assert.equal(status, 403);
        assert.equal(body.toString(), "stored");
        assert.equal(headers["x-cache"], "Error from cloudfront");
        assert.equal(cdn.asked[0]?.key, "errors/forbidden.json");
      });

      it("shows its own words where the page itself wants a signature", async () => {
        cdn.deployBehavior({ trustedKeyGroupIds: ["group"] }, { customErrorResponses });
        assert.match((await cdn.get("/i/a/thumb")).body.toString(), /<Code>MissingKey</);
        assert.deepEqual(cdn.asked, []);
      });
    });
  });

  describe("cache", () => {
    it("makes simultaneous requests one, but not where nothing is kept", async () => {
      const ask = async (headers: Record<string, string>) => {
        cdn.asked.length = 0;
        cdn.bucket = () => ({ status: 200, headers, body: "a" });
        await Promise.all(Array.from({ length: 5 }, () => cdn.get(`/${JSON.stringify(headers)}`)));
        return cdn.asked.length;
      };
      cdn.deployBehavior({ cachePolicyId: "all" });
      assert.equal(await ask({}), 1);
      assert.equal(await ask({ "cache-control": "max-age=60" }), 1);
      assert.equal(await ask({ "cache-control": "private" }), 5);
      assert.equal(await ask({ vary: "*" }), 5);
      cdn.deployBehavior({ cachePolicyId: "none" });
      assert.equal(await ask({ "cache-control": "max-age=60" }), 5);
    });

    it("keeps nothing that was on its way when it was invalidated", async () => {
      let answer: (response: OriginResponse) => void = () => undefined;
      cdn.bucket = () =>
        new Promise((resolve) => {
          answer = resolve;
        });
      cdn.deploy();
      const early = cdn.get("/i/a/thumb");
      while (cdn.asked.length === 0) {
        await setImmediate();
      }
      cdn.distribution.createInvalidation({ callerReference: "1", paths: ["/i/a/*"] });
      cdn.bucket = () => ({ status: 404 });
      const late = cdn.get("/i/a/thumb");
      while (cdn.asked.length === 1) {
        await setImmediate();
      }
      answer({ status: 200, body: "old" });
      assert.equal((await early).body.toString(), "old");
      assert.equal((await late).status, 404);
      assert.equal((await cdn.get("/i/a/thumb")).status, 404);
    });

    it("serves what has expired for as long as the origin's error would be kept", async () => {
      cdn.bucket = () => ({ status: 200, headers: { "cache-control": "max-age=60" }, body: "old" });
      cdn.deploy();
      await cdn.get("/a");
      cdn.later(60);
      cdn.bucket = () => ({ status: 503 });
      const { status, body, headers } = await cdn.get("/a");
      assert.deepEqual([status, body.toString(), headers.age], [200, "old", "60"]);
      cdn.later(9);
      await cdn.get("/a");
      assert.equal(cdn.asked.length, 2);
      cdn.later(1);
      cdn.bucket = () => ({ status: 404 });
      assert.equal((await cdn.get("/a")).status, 404);
    });

    it("keeps what it has when the configuration or a policy is changed", async () => {
      cdn.deploy();
      await cdn.get("/a");
      cdn.distribution.update({ ...config, defaultRootObject: "a" });
      assert.equal((await cdn.get("/")).headers["x-cache"], "Hit from cloudfront");
      cdn.policies.responseHeaders.set("headers", {
        headers: [{ header: "x-a", value: "1", override: true }],
        removeHeaders: [],
      });
      cdn.distribution.update({
        ...config,
        defaultCacheBehavior: { ...behavior, responseHeadersPolicyId: "headers" },
      });
      assert.equal((await cdn.get("/a")).headers["x-a"], "1");
      cdn.policies.responseHeaders.set("headers", { headers: [], removeHeaders: [] });
      const { headers } = await cdn.get("/a");
      assert.deepEqual([headers["x-a"], headers["x-cache"]], [undefined, "Hit from cloudfront"]);
    });

    it("stays with the old configuration when the new one is refused", async () => {
      cdn.deploy();
      const broken = { ...behavior, cachePolicyId: "x" };
      const update = () => {
        cdn.distribution.update({ ...config, defaultCacheBehavior: broken });
      };
      assert.throws(update, { code: "NoSuchCachePolicy" });
      assert.equal((await cdn.get("/a")).status, 200);
    });

    it("asks by the date where the object has no tag", async () => {
      const date = "Thu, 15 Jan 2026 09:00:00 GMT";
      cdn.bucket = ({ headers }) =>
        headers["if-modified-since"] === date
          ? { status: 304 }
          : { status: 200, headers: { "last-modified": date, "cache-control": "max-age=1" } };
      cdn.deploy();
      await cdn.get("/a");
      cdn.later(1);
      assert.equal((await cdn.get("/a")).headers["x-cache"], "RefreshHit from cloudfront");
    });

    it("tells parameters apart as text", async () => {
      cdn.deployBehavior({ cachePolicyId: "all" });
      for (const url of ["/a", "/a?v", "/a?v=", "/a?v=%31", "/a?v=1", "/a?v=1&w=2", "/a?w=2&v=1"]) {
        assert.equal((await cdn.get(url)).headers["x-cache"], "Miss from cloudfront", url);
      }
    });

    it("forwards no condition, range or connection of the viewer", async () => {
      cdn.deployBehavior({ cachePolicyId: "all", originRequestPolicyId: "everything" });
      await cdn.get("/a", {
        headers: {
          range: "bytes=0-1",
          "if-none-match": '"x"',
          connection: "close",
          "x-edge-a": "1",
          "x-real-ip": "1",
          accept: "image/webp",
        },
      });
      assert.deepEqual(cdn.asked[0]?.headers, { host: "127.0.0.1:4000", accept: "image/webp" });
    });

    it("forwards the host of the viewer unless a policy leaves it out", async () => {
      const forwarded = async (originRequestPolicyId: string) => {
        cdn.deployBehavior({ cachePolicyId: "none", originRequestPolicyId });
        await cdn.get("/a", { headers: { referer: "https://a.example" } });
        return cdn.asked.at(-1)?.headers;
      };
      const referer = "https://a.example";
      const all = await forwarded("216adef6-5c7f-47e4-b989-5492eafa07d3");
      assert.deepEqual(all, { host: "127.0.0.1:4000", referer });
      assert.deepEqual(await forwarded("b689b0a8-53d0-40ab-baf2-68738e2966ac"), { referer });
      assert.deepEqual(await forwarded("59781a5b-3903-41f3-afcb-af62929ccde1"), {});
    });

    it("names to viewers what the response varies by, of what the origin can see", async () => {
      cdn.bucket = () => ({
        status: 200,
        headers: { vary: "Accept, Origin, accept-encoding, Cookie, User-Agent" },
      });
      cdn.deployBehavior({ originRequestPolicyId: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf" });
      assert.equal((await cdn.get("/a")).headers.vary, "Origin, accept-encoding, Cookie");
    });
  });

  describe("with functions", () => {
    const functionArn = "arn:aws:cloudfront::123456789012:function/edge";
    const associate = (eventType: string) => ({
      functionAssociations: [{ eventType, functionArn }],
    });
    const deployCode = (
      eventType: string,
      body: string,
      changes: Partial<CacheBehavior> = {},
      others: Partial<DistributionConfig> = {},
    ) => {
      cdn.policies.functions.set(functionArn, `function handler(event) { ${body} }`);
      cdn.deployBehavior({ ...associate(eventType), ...changes }, others);
    };
    const rewrite = `event.request.uri = event.request.uri.replace("thumb", "width-240");
      return event.request;`;

    it("asks cache and origin for the path that a function makes", async () => {
      deployCode("viewer-request", rewrite);
      await cdn.get("/i/a/thumb");
      const { headers } = await cdn.get("/i/a/width-240");
      assert.equal(headers["x-cache"], "Hit from cloudfront");
      assert.deepEqual(
        cdn.asked.map(({ key }) => key),
        ["i/a/width-240"],
      );
    });

    it("invalidates by the path that a function makes", async () => {
      deployCode("viewer-request", rewrite);
      await cdn.get("/i/a/thumb");
      cdn.distribution.createInvalidation({ callerReference: "1", paths: ["/i/a/*"] });
      assert.equal((await cdn.get("/i/a/thumb")).headers["x-cache"], "Miss from cloudfront");
    });

    it("stays with the behavior of the viewer's path", async () => {
      const other = { ...behavior, pathPattern: "*/width-240", cachePolicyId: "none" };
      deployCode("viewer-request", rewrite, {}, { orderedCacheBehaviors: [other] });
      await cdn.get("/i/a/thumb");
      assert.equal((await cdn.get("/i/a/thumb")).headers["x-cache"], "Hit from cloudfront");
    });

    it("lets a function answer, without cache, origin, error page or function for responses", async () => {
      const code = `return { statusCode: 403, statusDescription: "Forbidden",
        headers: { "content-type": { value: "application/json" } }, body: "{}" };`;
      const responseArn = `${functionArn}2`;
      cdn.policies.functions.set(responseArn, "function handler() { throw new Error(); }");
      const page = {
        errorCode: 403,
        responseCode: 403,
        responsePagePath: "/e",
        errorCachingMinTtl: 1,
      };
      const functionAssociations = [
        { eventType: "viewer-request", functionArn },
        { eventType: "viewer-response", functionArn: responseArn },
      ];
      deployCode(
        "viewer-request",
        code,
        { functionAssociations },
        { customErrorResponses: [page] },
      );
      const { status, headers, body } = await cdn.get("/a");
      assert.deepEqual([status, body.toString()], [403, "{}"]);
      assert.equal(headers["content-type"], "application/json");
      assert.equal(headers["x-cache"], "FunctionGeneratedResponse from cloudfront");
      assert.deepEqual(cdn.asked, []);
    });

    it("runs none for what is refused, nor shows it a signature", async () => {
      const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      cdn.policies.publicKeys.set("K1", publicKey);
      cdn.policies.setKeyGroup("group", ["K1"]);
      const code = `return { statusCode: 200, body: JSON.stringify(event.request.querystring) };`;
      deployCode("viewer-request", code, { trustedKeyGroupIds: ["group"] });
      assert.equal((await cdn.get("/a?download=b")).status, 403);
      const signed = getSignedUrl({
        url: "https://127.0.0.1:4000/a?download=b",
        keyPairId: "K1",
        privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
        dateLessThan: new Date(cdn.now.getTime() + 1000),
      });
      const { body } = await cdn.get(signed.slice("https://127.0.0.1:4000".length));
      assert.deepEqual(JSON.parse(body.toString()), { download: { value: "b" } });
      assert.equal((await cdn.get("/a", { secure: false })).status, 403);
    });

    it("tells the function who asks, and for which distribution", async () => {
      deployCode("viewer-request", "return { statusCode: 200, body: JSON.stringify(event) };");
      const { body } = await cdn.get("/a?b=1", { headers: { accept: "image/webp" } });
      const { version, context, viewer, request } = JSON.parse(body.toString()) as FunctionEvent;
      assert.equal(version, "1.0");
      assert.equal(context.distributionDomainName, "127.0.0.1:4000");
      assert.equal(context.distributionId, "E1A2B3C4D5E6F7");
      assert.equal(context.eventType, "viewer-request");
      assert.deepEqual(viewer, { ip: "192.0.2.2" });
      assert.deepEqual(request.headers.accept, { value: "image/webp" });
    });

    it("has a function finish responses, cached ones too, but not errors", async () => {
      const code = `event.response.headers["content-disposition"] =
        { value: 'attachment; filename="' + event.request.querystring.download.value + '"' };
        return event.response;`;
      deployCode("viewer-response", code);
      for (const name of ["a.jpg", "b.jpg"]) {
        const { headers, body } = await cdn.get(`/a?download=${name}`);
        assert.equal(headers["content-disposition"], `attachment; filename="${name}"`);
        assert.equal(body.toString(), "stored");
      }
      assert.equal(cdn.asked.length, 1);
      cdn.bucket = () => ({ status: 404 });
      const { status, headers } = await cdn.get("/missing?download=a.jpg");
      assert.deepEqual([status, headers["content-disposition"]], [404, undefined]);
    });

    it("answers 503 when the code fails and 502 when it returns nonsense, and says why", async () => {
      deployCode("viewer-request", 'throw new Error("no presets");');
      const failed = await cdn.get("/i/a/thumb");
      assert.equal(failed.status, 503);
      assert.equal(failed.headers["x-cache"], "FunctionExecutionError from cloudfront");
      assert.doesNotMatch(failed.body.toString(), /no presets/);
      assert.match(cdn.lines[0] ?? "", /the function edge failed for \/i\/a\/thumb: .*no presets/);
      deployCode("viewer-request", 'event.request.uri = "thumb"; return event.request;');
      const invalid = await cdn.get("/i/a/thumb");
      assert.equal(invalid.status, 502);
      assert.equal(invalid.headers["x-cache"], "FunctionValidationError from cloudfront");
      assert.deepEqual(cdn.asked, []);
    });

    it("runs the code that is published now", async () => {
      deployCode("viewer-request", 'return { statusCode: 200, body: "1" };');
      assert.equal((await cdn.get("/a")).body.toString(), "1");
      const code = 'function handler() { return { statusCode: 200, body: "2" }; }';
      cdn.policies.functions.set(functionArn, code);
      assert.equal((await cdn.get("/a")).body.toString(), "2");
    });

    it("refuses a function that does not exist", () => {
      assert.throws(
        () => {
          cdn.deployBehavior(associate("viewer-request"));
        },
        { code: "NoSuchFunctionExists" },
      );
    });
  });

  describe("refuses", () => {
    const group = originGroups[0];
    assert.ok(group);
    for (const [what, code, changes] of [
      [
        "an access control for another kind of origin",
        "InvalidOriginAccessControl",
        {
          origins: [{ ...bucket, originAccessControlId: "EURL" }],
        },
      ],
      [
        "a key group that does not exist",
        "NoSuchKeyGroup",
        {
          defaultCacheBehavior: { ...behavior, trustedKeyGroupIds: ["x"] },
        },
      ],
    ] as const) {
      it(what, () => {
        assert.throws(
          () => {
            cdn.deploy(changes);
          },
          { name: "AwsError", code },
        );
      });
    }
  });
});
