import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudFrontClient,
  DescribeFunctionCommand,
  GetCachePolicyCommand,
  GetCachePolicyConfigCommand,
  GetDistributionCommand,
  GetFunctionCommand,
  GetKeyGroupCommand,
  GetKeyGroupConfigCommand,
  GetOriginAccessControlCommand,
  GetOriginAccessControlConfigCommand,
  GetOriginRequestPolicyCommand,
  GetOriginRequestPolicyConfigCommand,
  GetPublicKeyCommand,
  GetPublicKeyConfigCommand,
  GetResponseHeadersPolicyCommand,
  GetResponseHeadersPolicyConfigCommand,
  ListCachePoliciesCommand,
  ListDistributionsByCachePolicyIdCommand,
  ListDistributionsByKeyGroupCommand,
  ListDistributionsByOriginRequestPolicyIdCommand,
  ListDistributionsByResponseHeadersPolicyIdCommand,
  ListDistributionsByWebACLIdCommand,
  ListFunctionsCommand,
  ListKeyGroupsCommand,
  ListOriginAccessControlsCommand,
  ListOriginRequestPoliciesCommand,
  ListPublicKeysCommand,
  ListResponseHeadersPoliciesCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-cloudfront";
import { Acm } from "../../../aws/acm/acm";
import { cloudfrontApi } from "../../../aws/cloudfront/api";
import { CloudFront } from "../../../aws/cloudfront/cloudfront";
import type { Credentials } from "../../../aws/iam/types";
import { Waf } from "../../../aws/waf/waf";
import { cloudfrontResources } from "../../../provider/cloudfront";
import type { Properties } from "../../../provider/resource";
import { ApiLab } from "../api/api-lab";
import { createPlanned } from "../../provider/create-planned";
import { plannedRequest } from "../../provider/planned-request";
import { account } from "./support/local-distribution";

const missing = "00000000-0000-4000-8000-000000000000";

describe("cloudfrontApi of what distributions refer to", () => {
  let folder: string;
  let now: Date;
  let cloudFront: CloudFront;
  let lab: ApiLab;
  let client: CloudFrontClient;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cloudfront-shown-"));
    now = new Date("2026-01-02T03:04:05.000Z");
    const options = { account, notify: () => undefined, clock: () => now };
    cloudFront = new CloudFront({
      ...options,
      acm: new Acm(),
      waf: new Waf(options),
      dataDir: folder,
      authenticator: { authenticate: () => assert.fail("asked elsewhere") },
      authorizer: { authorize: () => assert.fail("asked elsewhere") },
      credentials: () => assert.fail("nothing to sign"),
      origin: { handle: () => assert.fail("nothing to ask") },
    });
    await cloudFront.start();
    lab = await ApiLab.start((access) => cloudfrontApi({ ...access, account }, cloudFront));
    client = lab.client(CloudFrontClient);
  });

  afterEach(async () => {
    await lab.stop();
    await cloudFront.stop();
    await rm(folder, { recursive: true });
  });

  const create = (kind: string, inputs: Properties, name = "thing") => {
    const type = `aws:cloudfront/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
    const request = plannedRequest(type, inputs, name);
    return createPlanned(cloudfrontResources(cloudFront, account), request);
  };
  const as = (credentials: Credentials) => lab.client(CloudFrontClient, { credentials });

  describe("policies", () => {
    const cachePolicy = {
      comment: "a & b",
      minTtl: 1,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "whitelist", headers: { items: ["Origin"] } },
        queryStringsConfig: { queryStringBehavior: "whitelist", queryStrings: { items: ["v"] } },
        enableAcceptEncodingGzip: true,
      },
    };
    const cachePolicyConfig = {
      Comment: "a & b",
      Name: "thing-1a2b3c4",
      MinTTL: 1,
      DefaultTTL: 86_400,
      MaxTTL: 31_536_000,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: true,
        EnableAcceptEncodingBrotli: false,
        HeadersConfig: {
          HeaderBehavior: "whitelist",
          Headers: { Quantity: 1, Items: ["Origin"] },
        },
        CookiesConfig: { CookieBehavior: "none" },
        QueryStringsConfig: {
          QueryStringBehavior: "whitelist",
          QueryStrings: { Quantity: 1, Items: ["v"] },
        },
      },
    };

    it("of the cache are shown as they were declared", async () => {
      const { id: Id, outputs } = await create("CachePolicy", cachePolicy);
      const { CachePolicy, ETag } = await client.send(new GetCachePolicyCommand({ Id }));
      const expected = { Id, LastModifiedTime: now, CachePolicyConfig: cachePolicyConfig };
      assert.deepEqual([CachePolicy, ETag], [expected, outputs.etag]);
      const alone = await client.send(new GetCachePolicyConfigCommand({ Id }));
      assert.deepEqual([alone.CachePolicyConfig, alone.ETag], [cachePolicyConfig, ETag]);
      const list = new ListCachePoliciesCommand({ Type: "custom" });
      assert.deepEqual((await client.send(list)).CachePolicyList, {
        MaxItems: 100,
        Quantity: 1,
        Items: [{ Type: "custom", CachePolicy }],
      });
    });

    it("have another tag and time when they were changed", async () => {
      const { id: Id } = await create("CachePolicy", cachePolicy);
      const before = await client.send(new GetCachePolicyCommand({ Id }));
      now = new Date(now.getTime() + 1000);
      await create("CachePolicy", { ...cachePolicy, minTtl: 2 });
      const after = await client.send(new GetCachePolicyCommand({ Id }));
      assert.notEqual(after.ETag, before.ETag);
      assert.deepEqual(after.CachePolicy?.LastModifiedTime, now);
    });

    it("of AWS are shown with what AWS says of them, whenever the run began", async () => {
      const told = { ETag: "E23ZP02F085DFQ", LastModifiedTime: new Date(0) };
      const cache = { Id: "658327ea-f89d-4fab-a63d-7e88639e58f6" };
      const { CachePolicy, ...optimized } = await client.send(new GetCachePolicyCommand(cache));
      assert.equal(
        CachePolicy?.CachePolicyConfig?.Comment,
        "Policy with caching enabled. Supports Gzip and Brotli compression.",
      );
      const { LastModifiedTime } = CachePolicy;
      assert.deepEqual({ ETag: optimized.ETag, LastModifiedTime }, told);
      const { OriginRequestPolicyList } = await client.send(
        new ListOriginRequestPoliciesCommand({ Type: "managed" }),
      );
      const custom = OriginRequestPolicyList?.Items?.map((item) => item.OriginRequestPolicy).find(
        (policy) => policy?.Id === "59781a5b-3903-41f3-afcb-af62929ccde1",
      );
      assert.equal(
        custom?.OriginRequestPolicyConfig?.Comment,
        "Policy for custom origin with CORS",
      );
      assert.deepEqual(custom.OriginRequestPolicyConfig.HeadersConfig?.Headers?.Items, ["origin"]);
      const { ResponseHeadersPolicyList } = await client.send(
        new ListResponseHeadersPoliciesCommand({ Type: "managed" }),
      );
      const comments = ResponseHeadersPolicyList?.Items?.map(
        (item) => item.ResponseHeadersPolicy?.ResponseHeadersPolicyConfig?.Comment,
      );
      assert.equal(comments?.length, 5);
      assert.equal(comments[2], "Adds a set of security headers to every response");
      assert.ok(comments.every((comment) => comment !== ""));
    });

    it("of AWS are listed with those of the program, by pages", async () => {
      await create("CachePolicy", cachePolicy);
      const list = async (Marker?: string) =>
        (await client.send(new ListCachePoliciesCommand({ MaxItems: 3, Marker }))).CachePolicyList;
      const first = await list();
      const second = await list(first?.NextMarker);
      const names = [...(first?.Items ?? []), ...(second?.Items ?? [])].map((item) => [
        item.Type,
        item.CachePolicy?.CachePolicyConfig?.Name,
      ]);
      assert.deepEqual(names, [
        ["managed", "Managed-CachingOptimized"],
        ["managed", "Managed-CachingOptimizedForUncompressedObjects"],
        ["managed", "Managed-CachingDisabled"],
        ["custom", "thing-1a2b3c4"],
      ]);
      assert.equal(second?.NextMarker, undefined);
      const managed = new ListCachePoliciesCommand({ Type: "managed" });
      assert.equal((await client.send(managed)).CachePolicyList?.Quantity, 3);
      const other = new ListCachePoliciesCommand({ Type: "other" as "managed" });
      await assert.rejects(client.send(other), { name: "InvalidArgument" });
      await assert.rejects(list("none"), { name: "InvalidArgument" });
    });

    it("of requests to origins are shown as they were declared", async () => {
      const { id: Id, outputs } = await create("OriginRequestPolicy", {
        cookiesConfig: { cookieBehavior: "allExcept", cookies: { items: ["a", "b"] } },
        headersConfig: { headerBehavior: "allViewer" },
        queryStringsConfig: { queryStringBehavior: "all" },
      });
      const { OriginRequestPolicy, ETag } = await client.send(
        new GetOriginRequestPolicyCommand({ Id }),
      );
      const OriginRequestPolicyConfig = {
        Comment: "",
        Name: "thing-1a2b3c4",
        HeadersConfig: { HeaderBehavior: "allViewer" },
        CookiesConfig: {
          CookieBehavior: "allExcept",
          Cookies: { Quantity: 2, Items: ["a", "b"] },
        },
        QueryStringsConfig: { QueryStringBehavior: "all" },
      };
      const expected = { Id, LastModifiedTime: now, OriginRequestPolicyConfig };
      assert.deepEqual([OriginRequestPolicy, ETag], [expected, outputs.etag]);
      const alone = await client.send(new GetOriginRequestPolicyConfigCommand({ Id }));
      assert.deepEqual(alone.OriginRequestPolicyConfig, OriginRequestPolicyConfig);
      const list = new ListOriginRequestPoliciesCommand({ Type: "custom" });
      const { Items } = (await client.send(list)).OriginRequestPolicyList ?? {};
      assert.deepEqual(Items, [{ Type: "custom", OriginRequestPolicy: expected }]);
    });

    it("of response headers are shown as they were declared", async () => {
      const { id: Id, outputs } = await create("ResponseHeadersPolicy", {
        comment: "all of it",
        corsConfig: {
          accessControlAllowCredentials: false,
          accessControlAllowHeaders: { items: ["x-a"] },
          accessControlAllowMethods: { items: ["GET", "HEAD"] },
          accessControlAllowOrigins: { items: ["https://*.example.com"] },
          accessControlExposeHeaders: { items: ["ETag"] },
          accessControlMaxAgeSec: 60,
          originOverride: true,
        },
        customHeadersConfig: { items: [{ header: "X-B", value: "<b>", override: false }] },
        removeHeadersConfig: { items: [{ header: "Server" }] },
        securityHeadersConfig: {
          contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'", override: true },
          contentTypeOptions: { override: true },
          frameOptions: { frameOption: "DENY", override: false },
          referrerPolicy: { referrerPolicy: "no-referrer", override: true },
          strictTransportSecurity: { accessControlMaxAgeSec: 9, preload: true, override: true },
          xssProtection: { protection: true, modeBlock: true, override: true },
        },
      });
      const ResponseHeadersPolicyConfig = {
        Comment: "all of it",
        Name: "thing-1a2b3c4",
        CorsConfig: {
          AccessControlAllowOrigins: { Quantity: 1, Items: ["https://*.example.com"] },
          AccessControlAllowHeaders: { Quantity: 1, Items: ["x-a"] },
          AccessControlAllowMethods: { Quantity: 2, Items: ["GET", "HEAD"] },
          AccessControlAllowCredentials: false,
          AccessControlExposeHeaders: { Quantity: 1, Items: ["ETag"] },
          AccessControlMaxAgeSec: 60,
          OriginOverride: true,
        },
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: "DENY", Override: false },
          ReferrerPolicy: { ReferrerPolicy: "no-referrer", Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 9, Preload: true, Override: true },
          XSSProtection: { Protection: true, ModeBlock: true, Override: true },
        },
        CustomHeadersConfig: {
          Quantity: 1,
          Items: [{ Header: "X-B", Value: "<b>", Override: false }],
        },
        RemoveHeadersConfig: { Quantity: 1, Items: [{ Header: "Server" }] },
      };
      const shown = await client.send(new GetResponseHeadersPolicyCommand({ Id }));
      const expected = { Id, LastModifiedTime: now, ResponseHeadersPolicyConfig };
      assert.deepEqual([shown.ResponseHeadersPolicy, shown.ETag], [expected, outputs.etag]);
      const alone = await client.send(new GetResponseHeadersPolicyConfigCommand({ Id }));
      assert.deepEqual(alone.ResponseHeadersPolicyConfig, ResponseHeadersPolicyConfig);
      const list = await client.send(new ListResponseHeadersPoliciesCommand({}));
      const all = list.ResponseHeadersPolicyList?.Items ?? [];
      assert.deepEqual(all.at(-1), { Type: "custom", ResponseHeadersPolicy: expected });
      const [cors] = all;
      assert.equal(
        cors?.ResponseHeadersPolicy?.ResponseHeadersPolicyConfig?.Name,
        "Managed-SimpleCORS",
      );
    });
  });

  it("shows origin access controls", async () => {
    const { id: Id, outputs } = await create("OriginAccessControl", {
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
    const OriginAccessControlConfig = {
      Name: "thing-1a2b3c4",
      Description: "Managed by Pulumi",
      SigningProtocol: "sigv4",
      SigningBehavior: "always",
      OriginAccessControlOriginType: "s3",
    };
    assert.equal(outputs.description, "Managed by Pulumi");
    const shown = await client.send(new GetOriginAccessControlCommand({ Id }));
    const expected = { Id, OriginAccessControlConfig };
    assert.deepEqual([shown.OriginAccessControl, shown.ETag], [expected, outputs.etag]);
    const alone = await client.send(new GetOriginAccessControlConfigCommand({ Id }));
    assert.deepEqual(alone.OriginAccessControlConfig, OriginAccessControlConfig);
    const list = await client.send(new ListOriginAccessControlsCommand({}));
    assert.deepEqual(list.OriginAccessControlList, {
      Marker: "",
      MaxItems: 100,
      IsTruncated: false,
      Quantity: 1,
      Items: [{ Id, ...OriginAccessControlConfig }],
    });
  });

  it("shows public keys and groups of them", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const encodedKey = publicKey.export({ type: "spki", format: "pem" }).toString();
    const key = await create("PublicKey", { encodedKey, comment: "first" });
    const { PublicKey, ETag } = await client.send(new GetPublicKeyCommand({ Id: key.id }));
    const told = { Name: "thing-1a2b3c4", EncodedKey: encodedKey, Comment: "first" };
    const PublicKeyConfig = { CallerReference: key.outputs.callerReference, ...told };
    const expected = { Id: key.id, CreatedTime: now, PublicKeyConfig };
    assert.deepEqual([PublicKey, ETag], [expected, key.outputs.etag]);
    const alone = await client.send(new GetPublicKeyConfigCommand({ Id: key.id }));
    assert.deepEqual(alone.PublicKeyConfig, PublicKeyConfig);
    assert.deepEqual((await client.send(new ListPublicKeysCommand({}))).PublicKeyList, {
      MaxItems: 100,
      Quantity: 1,
      Items: [{ Id: key.id, CreatedTime: now, ...told }],
    });

    const group = await create("KeyGroup", { items: [key.id] });
    const KeyGroupConfig = { Name: "thing-1a2b3c4", Items: [key.id], Comment: "" };
    const shown = await client.send(new GetKeyGroupCommand({ Id: group.id }));
    const KeyGroup = { Id: group.id, LastModifiedTime: now, KeyGroupConfig };
    assert.deepEqual([shown.KeyGroup, shown.ETag], [KeyGroup, group.outputs.etag]);
    const config = await client.send(new GetKeyGroupConfigCommand({ Id: group.id }));
    assert.deepEqual(config.KeyGroupConfig, KeyGroupConfig);
    const { KeyGroupList } = await client.send(new ListKeyGroupsCommand({}));
    assert.deepEqual(KeyGroupList, { MaxItems: 100, Quantity: 1, Items: [{ KeyGroup }] });
  });

  describe("functions", () => {
    const code = "function handler(event) { return event.request; }";
    const runtime = "cloudfront-js-2.0";

    it("are shown in their stages", async () => {
      const { outputs } = await create("Function", { code, runtime, comment: "as it was" });
      const createdAt = now;
      now = new Date(now.getTime() + 1000);
      const changed = code.replace("event.request", "(event.request)");
      await create("Function", { code: changed, runtime, publish: false });
      const describe = (Stage?: "LIVE") =>
        client.send(new DescribeFunctionCommand({ Name: "thing-1a2b3c4", Stage }));
      const live = await describe("LIVE");
      assert.deepEqual(
        [live.FunctionSummary, live.ETag],
        [
          {
            Name: "thing-1a2b3c4",
            Status: "UNASSOCIATED",
            FunctionConfig: {
              Comment: "as it was",
              Runtime: runtime,
              KeyValueStoreAssociations: { Quantity: 0 },
            },
            FunctionMetadata: {
              FunctionARN: outputs.arn,
              Stage: "LIVE",
              CreatedTime: createdAt,
              LastModifiedTime: createdAt,
            },
          },
          outputs.liveStageEtag,
        ],
      );
      const { FunctionSummary: development } = await describe();
      assert.equal(development?.Status, "UNPUBLISHED");
      assert.partialDeepStrictEqual(development.FunctionMetadata, {
        Stage: "DEVELOPMENT",
        CreatedTime: createdAt,
        LastModifiedTime: now,
      });
      const codeOf = async (Stage?: "LIVE") => {
        const get = new GetFunctionCommand({ Name: "thing-1a2b3c4", Stage });
        const { FunctionCode = new Uint8Array(), ContentType } = await client.send(get);
        assert.equal(ContentType, "application/octet-stream");
        return Buffer.from(FunctionCode).toString();
      };
      assert.deepEqual([await codeOf("LIVE"), await codeOf()], [code, changed]);
    });

    it("are listed in both stages, in one, and by pages", async () => {
      await create("Function", { code, runtime }, "one");
      await create("Function", { code, runtime, publish: false }, "two");
      const list = async (Stage?: "LIVE", MaxItems?: number, Marker?: string) => {
        const command = new ListFunctionsCommand({ Stage, MaxItems, Marker });
        const { FunctionList: { Items = [], NextMarker } = {} } = await client.send(command);
        const shown = Items.map(({ Name, Status, FunctionMetadata }) => [
          Name,
          FunctionMetadata?.Stage,
          Status,
        ]);
        return { shown, NextMarker };
      };
      const all = [
        ["one-1a2b3c4", "DEVELOPMENT", "UNASSOCIATED"],
        ["one-1a2b3c4", "LIVE", "UNASSOCIATED"],
        ["two-1a2b3c4", "DEVELOPMENT", "UNPUBLISHED"],
      ];
      assert.deepEqual((await list()).shown, all);
      assert.deepEqual((await list("LIVE")).shown, [all[1]]);
      const first = await list(undefined, 1);
      const second = await list(undefined, 2, first.NextMarker);
      assert.deepEqual([...first.shown, ...second.shown], all);
      await assert.rejects(
        client.send(new DescribeFunctionCommand({ Name: "two-1a2b3c4", Stage: "LIVE" })),
        { name: "NoSuchFunctionExists" },
      );
      cloudFront.deleteFunction(`arn:aws:cloudfront::123456789012:function/one-1a2b3c4`);
      assert.deepEqual((await list()).shown, [all[2]]);
    });

    it("are deployed where a distribution runs them, and have tags, as it has", async () => {
      const tags = { Environment: "Production" };
      const { outputs } = await create("Function", { code, runtime, tags });
      const functionArn = String(outputs.arn);
      const { id: Id, outputs: made } = await create("Distribution", {
        enabled: true,
        origins: [{ originId: "a", domainName: "a.s3.us-east-1.amazonaws.com" }],
        defaultCacheBehavior: {
          targetOriginId: "a",
          viewerProtocolPolicy: "https-only",
          allowedMethods: ["GET", "HEAD"],
          cachedMethods: ["GET", "HEAD"],
          cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
          functionAssociations: [{ eventType: "viewer-request", functionArn }],
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
        tags: { Name: "a <b>" },
      });
      const { FunctionList } = await client.send(new ListFunctionsCommand({}));
      const statuses = FunctionList?.Items?.map(({ Status }) => Status);
      assert.deepEqual(statuses, ["DEPLOYED", "DEPLOYED"]);
      const { ETag } = await client.send(new GetDistributionCommand({ Id }));
      assert.equal(ETag, made.etag);
      const tagsOf = async (Resource: string) =>
        (await client.send(new ListTagsForResourceCommand({ Resource }))).Tags?.Items;
      assert.deepEqual(await tagsOf(functionArn), [{ Key: "Environment", Value: "Production" }]);
      assert.deepEqual(await tagsOf(String(made.arn)), [{ Key: "Name", Value: "a <b>" }]);
      await assert.rejects(tagsOf(`${functionArn}s`), { name: "NoSuchResource" });
      await assert.rejects(tagsOf("arn:aws:s3:::images"), { name: "InvalidArgument" });
    });
  });

  it("lists the distributions that use a policy, a key group or a web ACL, by pages", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const encodedKey = publicKey.export({ type: "spki", format: "pem" }).toString();
    const key = await create("PublicKey", { encodedKey });
    const group = await create("KeyGroup", { items: [key.id] });
    const ids = {
      cache: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      unused: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      request: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
      headers: "67f7725c-6f97-4210-82d7-5512b31e9d03",
    };
    const behavior = {
      targetOriginId: "a",
      viewerProtocolPolicy: "https-only",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: ids.cache,
    };
    const distribution = {
      enabled: true,
      origins: [{ originId: "a", domainName: "a.s3.us-east-1.amazonaws.com" }],
      defaultCacheBehavior: behavior,
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    };
    const distribute = (id: string, inputs: Properties) => {
      const request = plannedRequest("aws:cloudfront/distribution:Distribution", inputs, id);
      const stableId = (_purpose: string, length: number) => id.padEnd(length, "0");
      return createPlanned(cloudfrontResources(cloudFront, account), { ...request, stableId });
    };
    const plain = await distribute("A", distribution);
    const more = {
      pathPattern: "more/*",
      originRequestPolicyId: ids.request,
      responseHeadersPolicyId: ids.headers,
      trustedKeyGroups: [group.id],
    };
    const orderedCacheBehaviors = [{ ...behavior, ...more }];
    const rich = await distribute("B", { ...distribution, orderedCacheBehaviors });
    const idsOf = ({ DistributionIdList }: { DistributionIdList?: { Items?: string[] } }) =>
      DistributionIdList?.Items ?? [];
    const byCache = (CachePolicyId: string, page = {}) =>
      client.send(new ListDistributionsByCachePolicyIdCommand({ CachePolicyId, ...page }));
    assert.deepEqual(idsOf(await byCache(ids.cache)), [plain.id, rich.id]);
    assert.deepEqual(idsOf(await byCache(ids.unused)), []);
    const first = await byCache(ids.cache, { MaxItems: 1 });
    assert.equal(first.DistributionIdList?.IsTruncated, true);
    const Marker = first.DistributionIdList.NextMarker;
    assert.deepEqual(idsOf(await byCache(ids.cache, { Marker })), [rich.id]);
    const others = [
      await client.send(
        new ListDistributionsByOriginRequestPolicyIdCommand({ OriginRequestPolicyId: ids.request }),
      ),
      await client.send(
        new ListDistributionsByResponseHeadersPolicyIdCommand({
          ResponseHeadersPolicyId: ids.headers,
        }),
      ),
      await client.send(new ListDistributionsByKeyGroupCommand({ KeyGroupId: group.id })),
    ];
    for (const other of others) {
      assert.deepEqual(idsOf(other), [rich.id]);
    }
    const byAcl = async (WebACLId: string) => {
      const command = new ListDistributionsByWebACLIdCommand({ WebACLId });
      return (await client.send(command)).DistributionList?.Items?.map(({ Id }) => Id);
    };
    assert.deepEqual(await byAcl("null"), [plain.id, rich.id]);
    assert.equal(await byAcl("arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b"), undefined);
    await assert.rejects(byCache(missing), { name: "NoSuchCachePolicy" });
    await assert.rejects(
      client.send(new ListDistributionsByKeyGroupCommand({ KeyGroupId: missing })),
      { name: "NoSuchResource" },
    );
  });

  for (const [name, get] of [
    ["NoSuchCachePolicy", new GetCachePolicyCommand({ Id: missing })],
    ["NoSuchCachePolicy", new GetCachePolicyConfigCommand({ Id: missing })],
    ["NoSuchOriginRequestPolicy", new GetOriginRequestPolicyCommand({ Id: missing })],
    ["NoSuchResponseHeadersPolicy", new GetResponseHeadersPolicyCommand({ Id: missing })],
    ["NoSuchOriginAccessControl", new GetOriginAccessControlCommand({ Id: missing })],
    ["NoSuchPublicKey", new GetPublicKeyCommand({ Id: missing })],
    ["NoSuchResource", new GetKeyGroupCommand({ Id: missing })],
    ["NoSuchFunctionExists", new GetFunctionCommand({ Name: "none" })],
    ["NoSuchFunctionExists", new DescribeFunctionCommand({ Name: "none" })],
  ] as const) {
    it(`answers ${get.constructor.name} of what does not exist by ${name}`, async () => {
      const send = client.send.bind(client) as (command: typeof get) => Promise<unknown>;
      await assert.rejects(
        send(get),
        (error: Error & { $metadata?: { httpStatusCode?: number } }) =>
          error.name === name && error.$metadata?.httpStatusCode === 404,
      );
    });
  }

  it("asks IAM about what has an ARN by that, and about the rest at once", async () => {
    const { id: Id, outputs } = await create("OriginAccessControl", {
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
    const one = as(lab.roleThatMay(["cloudfront:Get*"], [String(outputs.arn)]));
    assert.ok((await one.send(new GetOriginAccessControlCommand({ Id }))).OriginAccessControl);
    const denied = { name: "AccessDenied" };
    for (const refused of [
      one.send(new GetOriginAccessControlCommand({ Id: missing })),
      one.send(new GetPublicKeyCommand({ Id: missing })),
      one.send(new ListOriginAccessControlsCommand({})),
      one.send(new GetFunctionCommand({ Name: "none" })),
      one.send(
        new ListTagsForResourceCommand({
          Resource: String(outputs.arn).replace(/:origin.*/, ":function/f"),
        }),
      ),
    ]) {
      await assert.rejects(refused, denied);
    }
    const all = as(lab.roleThatMay(["cloudfront:GetKeyGroup"], ["*"]));
    await assert.rejects(all.send(new GetKeyGroupCommand({ Id: missing })), {
      name: "NoSuchResource",
    });
  });
});
