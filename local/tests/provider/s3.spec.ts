import assert from "node:assert/strict";
import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListObjectVersionsCommand,
} from "@aws-sdk/client-s3";
import * as pulumi from "@pulumi/pulumi";
import { s3Resources } from "../../provider/s3";
import type { Properties, ResourceRequest, ResourceState } from "../../provider/resource";
import { account, startS3 } from "../aws/s3/fixture";
import type { Fixture } from "../aws/s3/fixture";
import { createPlanned } from "./create-planned";

describe("the S3 resources", () => {
  let fixture: Fixture;

  beforeEach(async () => {
    fixture = await startS3({
      invoker: {
        authorize: () => undefined,
        invoke: () => assert.fail("no event was expected"),
      },
    });
  });
  afterEach(async () => {
    await fixture.close();
  });

  const requestOf = (type: string, inputs: Properties): ResourceRequest => {
    const token = `aws:s3/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`;
    return {
      type: token,
      name: "pictures",
      urn: `urn:pulumi:test::test::${token}::pictures`,
      inputs,
      projectDir: __dirname,
      physicalName: () => "pictures-0a1b2c3",
      stableId: (_purpose, length) => "0".repeat(length),
    };
  };
  const create = async (type: string, inputs: Properties): Promise<ResourceState> =>
    createPlanned(s3Resources(fixture.s3, account), requestOf(type, inputs));
  const send = <T>(command: (Bucket: { Bucket: string }) => T): T =>
    command({ Bucket: "pictures-0a1b2c3" });

  it("give a bucket the outputs that AWS gives", async () => {
    const tags = { Environment: "Production" };
    const { id, outputs } = await create("Bucket", { tags, objectLockEnabled: true });
    assert.equal(id, "pictures-0a1b2c3");
    assert.deepEqual(outputs, {
      forceDestroy: false,
      requestPayer: "BucketOwner",
      tags,
      tagsAll: tags,
      objectLockConfiguration: { objectLockEnabled: "Enabled" },
      versioning: { enabled: true, mfaDelete: false },
      objectLockEnabled: true,
      bucket: id,
      arn: `arn:aws:s3:::${id}`,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${id}.s3.us-east-1.amazonaws.com`,
      bucketRegion: "us-east-1",
      hostedZoneId: "Z3AQBSTGFJSTF",
      region: "us-east-1",
    });
    const { TagSet } = await fixture.client.send(send((at) => new GetBucketTaggingCommand(at)));
    assert.deepEqual(TagSet, [{ Key: "Environment", Value: "Production" }]);
    const lock = await fixture.client.send(send((at) => new GetObjectLockConfigurationCommand(at)));
    assert.equal(lock.ObjectLockConfiguration?.ObjectLockEnabled, "Enabled");
  });

  it("name a bucket by its prefix", async () => {
    const { id } = await create("Bucket", { bucketPrefix: "pre-" });
    assert.equal(id, `pre-${"0".repeat(26)}`);
  });

  it("refuse deprecated inline configuration, which would be ignored", async () => {
    await assert.rejects(create("Bucket", { versioning: { enabled: true } }), /input versioning/);
  });

  it("configure a bucket", async () => {
    const { id: bucket } = await create("Bucket", {});
    const versioning = await create("BucketVersioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    assert.equal(versioning.id, bucket);
    await create("BucketServerSideEncryptionConfiguration", {
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "key" },
          bucketKeyEnabled: true,
        },
      ],
    });
    await create("BucketPublicAccessBlock", { bucket, blockPublicAcls: true });
    await create("BucketOwnershipControls", {
      bucket,
      rule: { objectOwnership: "BucketOwnerPreferred" },
    });
    await create("BucketCorsConfiguration", {
      bucket,
      corsRules: [{ allowedOrigins: ["*"], allowedMethods: ["GET"], maxAgeSeconds: 5 }],
    });
    await create("BucketObjectLockConfiguration", {
      bucket,
      rule: { defaultRetention: { mode: "GOVERNANCE", days: 3 } },
    });
    const { client } = fixture;
    const Bucket = bucket;
    assert.equal((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status, "Enabled");
    const encryption = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    assert.deepEqual(encryption.ServerSideEncryptionConfiguration?.Rules, [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "key" },
        BucketKeyEnabled: true,
      },
    ]);
    const block = await client.send(new GetPublicAccessBlockCommand({ Bucket }));
    assert.deepEqual(block.PublicAccessBlockConfiguration, {
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    });
    const ownership = await client.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    assert.equal(ownership.OwnershipControls?.Rules?.[0]?.ObjectOwnership, "BucketOwnerPreferred");
    const cors = await client.send(new GetBucketCorsCommand({ Bucket }));
    assert.deepEqual(cors.CORSRules, [
      { AllowedOrigins: ["*"], AllowedMethods: ["GET"], MaxAgeSeconds: 5 },
    ]);
    const lock = await client.send(new GetObjectLockConfigurationCommand({ Bucket }));
    assert.deepEqual(lock.ObjectLockConfiguration?.Rule?.DefaultRetention, {
      Mode: "GOVERNANCE",
      Days: 3,
    });
  });

  it("have a bucket's logs told, though none is written", async () => {
    const { id: bucket } = await create("Bucket", {});
    const get = async () =>
      (await fixture.client.send(new GetBucketLoggingCommand({ Bucket: bucket }))).LoggingEnabled;
    assert.equal(await get(), undefined);
    const logging = { bucket, targetBucket: bucket, targetPrefix: "images/" };
    const enabled = { TargetBucket: bucket, TargetPrefix: "images/" };
    await create("BucketLogging", logging);
    assert.deepEqual(await get(), enabled);
    assert.match(fixture.notes.join("\n"), /none is written here/);
    for (const [targetObjectKeyFormat, TargetObjectKeyFormat] of [
      [
        { partitionedPrefix: { partitionDateSource: "EventTime" } },
        { PartitionedPrefix: { PartitionDateSource: "EventTime" } },
      ],
      [{ simplePrefix: {} }, { SimplePrefix: {} }],
    ] as const) {
      const request = requestOf("BucketLogging", { ...logging, targetObjectKeyFormat });
      const plan = s3Resources(fixture.s3, account)[request.type] ?? assert.fail();
      const { create: put, remove, read } = await plan(request);
      await put();
      assert.deepEqual(await get(), { ...enabled, TargetObjectKeyFormat });
      assert.deepEqual(await read?.(), { ...logging, targetObjectKeyFormat });
      await remove?.();
      assert.equal(await get(), undefined);
    }
    await assert.rejects(create("BucketLogging", { ...logging, targetBucket: "no-bucket" }), {
      code: "InvalidTargetBucketForLogging",
    });
    await assert.rejects(create("BucketLogging", { ...logging, targetGrants: [{}] }), /grants/);
  });

  it("write lifecycle rules as S3 does", async () => {
    const { id: bucket } = await create("Bucket", {});
    await create("BucketLifecycleConfiguration", {
      bucket,
      rules: [
        {
          id: "tidy",
          status: "Enabled",
          filter: { and: { prefix: "tmp/", tags: { a: "1" } } },
          transitions: [{ days: 30, storageClass: "STANDARD_IA" }],
          noncurrentVersionExpiration: { noncurrentDays: 7 },
        },
        {
          id: "all",
          status: "Enabled",
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    });
    const { Rules } = await fixture.client.send(
      new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }),
    );
    assert.deepEqual(Rules, [
      {
        ID: "tidy",
        Status: "Enabled",
        Filter: { And: { Prefix: "tmp/", Tags: [{ Key: "a", Value: "1" }] } },
        Transitions: [{ Days: 30, StorageClass: "STANDARD_IA" }],
        NoncurrentVersionExpiration: { NoncurrentDays: 7 },
      },
      {
        ID: "all",
        Status: "Enabled",
        Filter: {},
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
    ]);
  });

  it("let a bucket tell functions, and refuse other destinations", async () => {
    const { id: bucket } = await create("Bucket", {});
    const lambdaFunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:seer";
    const events = ["s3:ObjectCreated:*"];
    const { id, outputs } = await create("BucketNotification", {
      bucket,
      lambdaFunctions: [
        { lambdaFunctionArn, events, filterPrefix: "in/" },
        { id: "named", lambdaFunctionArn, events, filterPrefix: "out/", filterSuffix: ".jpg" },
      ],
    });
    assert.equal(id, bucket);
    const generated = `tf-s3-lambda-${"0".repeat(26)}`;
    assert.deepEqual(outputs.lambdaFunctions, [
      { id: generated, lambdaFunctionArn, events, filterPrefix: "in/" },
      { id: "named", lambdaFunctionArn, events, filterPrefix: "out/", filterSuffix: ".jpg" },
    ]);
    const { LambdaFunctionConfigurations: configured = [] } = await fixture.client.send(
      new GetBucketNotificationConfigurationCommand({ Bucket: bucket }),
    );
    assert.deepEqual(
      configured.map(({ Id, Filter }) => [Id, Filter?.Key?.FilterRules?.map(({ Value }) => Value)]),
      [
        [generated, ["in/"]],
        ["named", ["out/", ".jpg"]],
      ],
    );
    for (const eventbridge of [true, false]) {
      await create("BucketNotification", { bucket, eventbridge });
      assert.equal(fixture.s3.bucketConfiguration(bucket).eventBridge, eventbridge);
    }
    for (const others of [{ queues: [{}] }, { topics: [{}] }]) {
      const refused = create("BucketNotification", { bucket, ...others });
      await assert.rejects(refused, /pictures: the local cloud does not emulate/);
    }
  });

  it("put a policy, as text or as a document, that fits the bucket", async () => {
    const { id: bucket } = await create("Bucket", {});
    const policy = (resource: string) => ({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::${resource}/*`,
        },
      ],
    });
    await create("BucketPolicy", { bucket, policy: JSON.stringify(policy(bucket)) });
    const { Policy } = await fixture.client.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    assert.deepEqual(JSON.parse(Policy ?? ""), policy(bucket));
    await create("BucketPolicy", { bucket, policy: policy(bucket) });
    await assert.rejects(create("BucketPolicy", { bucket, policy: policy("other") }), {
      code: "MalformedPolicy",
    });
  });

  it("put an object once, and again only when its content has changed", async () => {
    const { id: bucket } = await create("Bucket", {});
    await create("BucketVersioning", { bucket, versioningConfiguration: { status: "Enabled" } });
    const put = (content: string) =>
      create("BucketObjectv2", { bucket, key: "a.txt", content, contentType: "text/plain" });
    const versions = async () => {
      const command = new ListObjectVersionsCommand({ Bucket: bucket });
      return (await fixture.client.send(command)).Versions?.length;
    };
    assert.equal((await put("one")).id, `${bucket}/a.txt`);
    await put("one");
    assert.equal(await versions(), 1);
    await put("two");
    assert.equal(await versions(), 2);
  });

  it("put an object from an asset", async () => {
    const { id: bucket } = await create("Bucket", {});
    const source = new pulumi.asset.FileAsset("s3.spec.ts");
    await create("BucketObject", { bucket, source, tags: { t: "1" }, metadata: { m: "2" } });
    const reply = await fixture.client.send(
      new GetObjectCommand({ Bucket: bucket, Key: "pictures" }),
    );
    assert.match((await reply.Body?.transformToString()) ?? "", /put an object from an asset/);
    assert.deepEqual(reply.Metadata, { m: "2" });
    assert.equal(reply.TagCount, 1);
  });
});
