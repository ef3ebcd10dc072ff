import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  GetInvalidationCommand,
  ListKeyValueStoresCommand,
  ListDistributionsCommand,
  ListInvalidationsCommand,
} from "@aws-sdk/client-cloudfront";
import { Acm } from "../../../aws/acm/acm";
import { CloudFront } from "../../../aws/cloudfront/cloudfront";
import { Iam } from "../../../aws/iam/iam";
import type { Credentials } from "../../../aws/iam/types";
import type { Fault } from "../../../aws/types";
import { Waf } from "../../../aws/waf/waf";
import { account, config } from "./support/local-distribution";

const DistributionId = "E1A2B3C4D5E6F7";

describe("cloudfrontApi", () => {
  let folder: string;
  let now: Date;
  let iam: Iam;
  let cloudFront: CloudFront;
  let client: CloudFrontClient;
  let faults: Fault[];
  let asked: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "darkroom-cloudfront-"));
    // The SDK signs by the real time.
    now = new Date();
    faults = [];
    asked = [];
    const options = { account, notify: () => undefined, clock: () => now };
    iam = new Iam({ ...options, dataDir: join(folder, "iam") });
    cloudFront = new CloudFront({
      ...options,
      acm: new Acm(),
      waf: new Waf(options),
      dataDir: folder,
      authenticator: iam,
      authorizer: iam,
      credentials: () => assert.fail("nothing to sign"),
      origin: { handle: () => assert.fail("nothing to ask") },
      faults: {
        decide: (service, operation) => {
          asked.push(`${service} ${operation}`);
          return faults.shift();
        },
      },
    });
    cloudFront.policies.originAccess.set("ES3", { originType: "s3", signingBehavior: "always" });
    await cloudFront.start();
    await cloudFront.createDistribution(DistributionId, config);
    client = clientOf(iam.administrator);
  });

  afterEach(async () => {
    client.destroy();
    await cloudFront.stop();
    await rm(folder, { recursive: true });
  });

  const clientOf = (credentials: Credentials) =>
    new CloudFrontClient({
      endpoint: cloudFront.url,
      region: "us-east-1",
      credentials,
      maxAttempts: 1,
    });
  const create = (paths: string[], reference = "r1", sdk = client) =>
    sdk.send(
      new CreateInvalidationCommand({
        DistributionId,
        InvalidationBatch: {
          CallerReference: reference,
          Paths: { Quantity: paths.length, Items: paths },
        },
      }),
    );

  it("lists distributions by pages", async () => {
    await cloudFront.createDistribution("E2", { ...config, comment: "a & b", enabled: false });
    const list = async (Marker?: string) =>
      (await client.send(new ListDistributionsCommand({ MaxItems: 1, Marker }))).DistributionList;
    const first = await list();
    assert.deepEqual(
      first?.Items?.map(({ Id }) => Id),
      [DistributionId],
    );
    const second = await list(first.NextMarker);
    assert.equal(second?.IsTruncated, false);
    const [found] = second.Items ?? [];
    assert.partialDeepStrictEqual(found, {
      Id: "E2",
      Comment: "a & b",
      Enabled: false,
      Status: "Deployed",
      DomainName: await cloudFront.domainNameOf("E2"),
      LastModifiedTime: now,
    });
  });

  it("shows a distribution with its configuration, and tells apart its versions", async () => {
    const Id = DistributionId;
    const { Distribution, ETag } = await client.send(new GetDistributionCommand({ Id }));
    const { DistributionConfig } = Distribution ?? {};
    assert.deepEqual(
      DistributionConfig?.Origins?.Items?.map((origin) => [origin.Id, origin.DomainName]),
      config.origins.map(({ originId, domainName }) => [originId, domainName]),
    );
    const { cachePolicyId, allowedMethods } = config.defaultCacheBehavior;
    const { CachePolicyId, AllowedMethods } = DistributionConfig.DefaultCacheBehavior ?? {};
    assert.deepEqual([CachePolicyId, AllowedMethods?.Items], [cachePolicyId, allowedMethods]);

    const alone = await client.send(new GetDistributionConfigCommand({ Id }));
    assert.deepEqual([alone.DistributionConfig, alone.ETag], [DistributionConfig, ETag]);
    await cloudFront.createDistribution(Id, { ...config, comment: "other" });
    assert.notEqual((await client.send(new GetDistributionCommand({ Id }))).ETag, ETag);
    await assert.rejects(client.send(new GetDistributionCommand({ Id: "E3" })), {
      name: "NoSuchDistribution",
    });
  });

  it("creates an invalidation, which is in progress for a while", async () => {
    const { Invalidation, Location } = await create(["/i/a/*", "/a&b.jpg?size=<1>"]);
    assert.match(Invalidation?.Id ?? "", /^I[0-9A-Z]{25}$/);
    assert.equal(Invalidation?.Status, "InProgress");
    assert.equal(Invalidation.CreateTime?.getTime(), now.getTime());
    assert.deepEqual(Invalidation.InvalidationBatch, {
      CallerReference: "r1",
      Paths: { Quantity: 2, Items: ["/i/a/*", "/a&b.jpg?size=<1>"] },
    });
    assert.match(Location ?? "", new RegExp(`/${DistributionId}/invalidation/${Invalidation.Id}$`));
    const get = new GetInvalidationCommand({ DistributionId, Id: Invalidation.Id });
    now = new Date(now.getTime() + 4999);
    assert.equal((await client.send(get)).Invalidation?.Status, "InProgress");
    now = new Date(now.getTime() + 1);
    assert.equal((await client.send(get)).Invalidation?.Status, "Completed");
  });

  it("carries out one that is repeated once, and refuses other paths under its name", async () => {
    const { Invalidation: first } = await create(["/a"]);
    const { Invalidation: again } = await create(["/a"]);
    assert.equal(again?.Id, first?.Id);
    await assert.rejects(create(["/b"]), { name: "InvalidationBatchAlreadyExists" });
  });

  it("lists invalidations by pages, the newest first", async () => {
    for (const reference of ["1", "2", "3"]) {
      await create(["/a"], reference);
    }
    const list = (Marker?: string) =>
      client.send(new ListInvalidationsCommand({ DistributionId, MaxItems: 2, Marker }));
    const { InvalidationList: first } = await list();
    assert.equal(first?.IsTruncated, true);
    assert.equal(first.Items?.length, 2);
    const { InvalidationList: second } = await list(first.NextMarker);
    assert.equal(second?.IsTruncated, false);
    assert.equal(second.Quantity, 1);
    const ids = [...first.Items, ...(second.Items ?? [])].map(({ Id }) => Id);
    assert.equal(new Set(ids).size, 3);
    assert.equal(second.Items?.[0]?.Id, (await create(["/a"], "1")).Invalidation?.Id);
    await assert.rejects(list("IX"), { name: "InvalidArgument" });
  });

  it("lists none of a distribution that had none", async () => {
    const { InvalidationList } = await client.send(
      new ListInvalidationsCommand({ DistributionId }),
    );
    assert.equal(InvalidationList?.Quantity, 0);
    assert.equal(InvalidationList.MaxItems, 100);
  });

  for (const [what, name, paths] of [
    ["no path", "InvalidArgument", []],
    ["an empty path", "InvalidArgument", [""]],
    ["a star in the middle", "InvalidArgument", ["/i/*/thumb"]],
    ["two stars", "InvalidArgument", ["/i/**"]],
    ["a space", "InvalidArgument", ["/a b"]],
    ["what is not encoded", "InvalidArgument", ["/ä"]],
    ["a path of 4,001 characters", "InvalidArgument", [`/${"a".repeat(4000)}`]],
    ["3,001 paths", "BatchTooLarge", Array.from({ length: 3001 }, (_, index) => `/${index}`)],
    [
      "16 wildcards",
      "TooManyInvalidationsInProgress",
      Array.from({ length: 16 }, (_, index) => `/${index}/*`),
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(create([...paths]), { name });
    });
  }

  it("lets 15 wildcards and 3,000 paths be in progress at a time", async () => {
    for (let index = 0; index < 15; index++) {
      await create([`/${index}/*`], `wildcard ${index}`);
    }
    const many = Array.from({ length: 2999 }, (_, index) => `/${index}`);
    await create(many, "paths");
    await create(["/last"], "last");
    const tooMany = { name: "TooManyInvalidationsInProgress", $fault: "client" };
    await assert.rejects(create(["/more"], "more"), tooMany);
    await assert.rejects(create(["/15/*"], "wildcard 15"), tooMany);
    now = new Date(now.getTime() + 5000);
    await create(["/more", "/15/*"], "more");
  });

  it("refuses a count that is wrong, and what is no batch", async () => {
    const send = (Quantity: number, CallerReference: string) =>
      client.send(
        new CreateInvalidationCommand({
          DistributionId,
          InvalidationBatch: { CallerReference, Paths: { Quantity, Items: ["/a"] } },
        }),
      );
    await assert.rejects(send(2, "r"), { name: "InconsistentQuantities" });
    await assert.rejects(send(1, ""), { name: "InvalidArgument" });
  });

  it("knows no other distribution or invalidation", async () => {
    await assert.rejects(
      client.send(new GetInvalidationCommand({ DistributionId, Id: "I1" })),
      (error: Error & { $metadata?: { httpStatusCode?: number } }) =>
        error.name === "NoSuchInvalidation" && error.$metadata?.httpStatusCode === 404,
    );
    await assert.rejects(client.send(new ListInvalidationsCommand({ DistributionId: "E2" })), {
      name: "NoSuchDistribution",
    });
  });

  it("says that other operations are not emulated", async () => {
    await assert.rejects(client.send(new ListKeyValueStoresCommand({})), {
      name: "NotImplemented",
      message: /GET \/2020-05-31\/key-value-store of CloudFront/,
    });
  });

  describe("permissions", () => {
    const arn = `arn:aws:cloudfront::123456789012:distribution/${DistributionId}`;
    const asRole = (resource: string, action = "cloudfront:CreateInvalidation") => {
      const allow = (statement: object) =>
        JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", ...statement } });
      const service = { Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
      const { arn: roleArn } = iam.createRole({
        name: "deleter",
        assumeRolePolicy: allow(service),
      });
      iam.putRolePolicy("deleter", "own", allow({ Action: action, Resource: resource }));
      return clientOf(
        iam.assumeRole({ roleArn, sessionName: "delete-image", service: "lambda.amazonaws.com" }),
      );
    };

    it("are those of the distribution", async () => {
      const sdk = asRole(arn);
      assert.ok((await create(["/a"], "r1", sdk)).Invalidation);
      await assert.rejects(sdk.send(new ListInvalidationsCommand({ DistributionId })), {
        name: "AccessDenied",
        message: /is not authorized to perform: cloudfront:ListInvalidations on resource: /,
      });
      sdk.destroy();
    });

    it("are not those of another distribution", async () => {
      const sdk = asRole(`${arn}8`);
      await assert.rejects(create(["/a"], "r1", sdk), { name: "AccessDenied" });
      sdk.destroy();
    });

    it("are asked before whether the distribution exists", async () => {
      const sdk = asRole(arn, "cloudfront:GetInvalidation");
      await assert.rejects(
        sdk.send(new GetInvalidationCommand({ DistributionId: "E2", Id: "I1" })),
        { name: "AccessDenied" },
      );
      sdk.destroy();
    });

    it("need a signature that is right", async () => {
      const secretAccessKey = "x".repeat(40);
      const sdk = clientOf({ ...iam.administrator, secretAccessKey });
      await assert.rejects(create(["/a"], "r1", sdk), { name: "SignatureDoesNotMatch" });
      sdk.destroy();
      const url = `${cloudFront.url}/2020-05-31/distribution/${DistributionId}/invalidation`;
      const response = await fetch(url);
      assert.equal(response.status, 403);
      assert.match(await response.text(), /<Code>MissingAuthenticationToken</);
    });
  });

  it("fails by faults, each under its operation's name", async () => {
    faults = [{ kind: "throttle", moment: 0 }];
    await assert.rejects(create(["/a"]), { name: "Throttling" });
    faults = [{ kind: "error", moment: 0 }];
    await assert.rejects(create(["/a"]), { name: "ServiceUnavailable" });
    await assert.rejects(client.send(new GetInvalidationCommand({ DistributionId, Id: "I1" })));
    const operations = ["CreateInvalidation", "CreateInvalidation", "GetInvalidation"];
    assert.deepEqual(
      asked,
      operations.map((operation) => `cloudfront ${operation}`),
    );
  });
});
