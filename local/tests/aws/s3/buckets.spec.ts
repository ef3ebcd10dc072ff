import assert from "node:assert/strict";
import http from "node:http";
import { text } from "node:stream/consumers";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import { account, errorOf, refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

describe("S3 buckets", () => {
  let fixture: Fixture;
  let client: S3Client;
  let count = 0;

  before(async () => {
    fixture = await startS3();
    client = fixture.client;
  });
  after(async () => {
    await fixture.close();
  });

  const newBucket = async (more = {}) => {
    const Bucket = `bucket-${++count}`;
    await client.send(new CreateBucketCommand({ Bucket, ...more }));
    return Bucket;
  };

  it("creates, lists, locates and deletes", async () => {
    const Bucket = await newBucket();
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    assert.ok(Buckets?.some(({ Name, CreationDate }) => Name === Bucket && CreationDate));
    const elsewhere = await client.send(new ListBucketsCommand({ BucketRegion: "eu-west-1" }));
    assert.deepEqual(elsewhere.Buckets ?? [], []);
    const nowhere = client.send(new ListBucketsCommand({ BucketRegion: "nowhere" }));
    const { message } = await refused(nowhere, "InvalidArgument", 400);
    assert.equal(message, "Argument value nowhere is not a valid AWS Region");
    const head = await client.send(new HeadBucketCommand({ Bucket }));
    assert.equal(head.BucketRegion, "us-east-1");
    const location = await client.send(new GetBucketLocationCommand({ Bucket }));
    assert.equal(location.LocationConstraint, undefined);
    await client.send(new DeleteBucketCommand({ Bucket }));
    await refused(client.send(new HeadBucketCommand({ Bucket })), "NotFound", 404);
  });

  it("finds the bucket in the host as well as in the path", async () => {
    const Bucket = await newBucket();
    const codeFor = async (host: string, path: string) => {
      const reply = await new Promise<http.IncomingMessage>((resolve, reject) => {
        http.get(fixture.s3.url + path, { headers: { host } }, resolve).on("error", reject);
      });
      const [, code] = /<Code>(.*?)</.exec(await text(reply)) ?? [];
      return code;
    };
    for (const host of [`${Bucket}.localhost:1`, `${Bucket}.s3.us-east-1.amazonaws.com`]) {
      assert.equal(await codeFor(host, "/key"), "AccessDenied");
      assert.equal(await codeFor(`missing-${host}`, "/key"), "NoSuchBucket");
    }
    assert.equal(await codeFor(`${Bucket}.s3.localhost`, "/key"), "AccessDenied");
    assert.equal(await codeFor("s3.us-east-1.amazonaws.com", `/${Bucket}/key`), "AccessDenied");
    assert.equal(await codeFor("s3.us-east-1.amazonaws.com", "/missing/key"), "NoSuchBucket");
  });

  it("lists buckets page by page", async () => {
    await newBucket();
    await newBucket();
    const all = await client.send(new ListBucketsCommand({}));
    const first = await client.send(new ListBucketsCommand({ MaxBuckets: 1 }));
    const { ContinuationToken } = first;
    const rest = await client.send(new ListBucketsCommand({ ContinuationToken }));
    assert.equal(first.Buckets?.length, 1);
    assert.deepEqual([...first.Buckets, ...(rest.Buckets ?? [])], all.Buckets);
  });

  it("keeps what is in a bucket that is created again, as us-east-1 does", async () => {
    const Bucket = await newBucket();
    await client.send(new PutObjectCommand({ Bucket, Key: "kept", Body: "x" }));
    await client.send(new CreateBucketCommand({ Bucket }));
    await refused(client.send(new DeleteBucketCommand({ Bucket })), "BucketNotEmpty", 409);
  });

  it("refuses to create a bucket twice in other regions", async () => {
    const region = "eu-central-1";
    const elsewhere = await startS3({ account: { ...account, region } });
    try {
      const other = elsewhere.clientOf({});
      const create = (LocationConstraint: "eu-central-1" | "eu-west-1") =>
        other.send(
          new CreateBucketCommand({
            Bucket: "regional",
            CreateBucketConfiguration: { LocationConstraint },
          }),
        );
      await refused(create("eu-west-1"), "IllegalLocationConstraintException", 400);
      await create(region);
      await refused(create(region), "BucketAlreadyOwnedByYou", 409);
    } finally {
      await elsewhere.close();
    }
  });

  it("refuses names that are none", async () => {
    for (const name of ["ab", "Upper", "under_score", "192.168.0.1", "a..b", "xn--abc", "-abc"]) {
      const reply = await fixture.s3.handle({
        principal: { kind: "root", arn: "arn:aws:iam::123456789012:root" },
        method: "PUT",
        bucket: name,
        key: "",
        headers: {},
      });
      assert.equal(reply.status, 400, name);
      assert.ok(Buffer.isBuffer(reply.body));
      assert.match(reply.body.toString(), /<Code>InvalidBucketName</);
    }
  });

  it("starts encrypted, closed to the public and without ACLs", async () => {
    const Bucket = await newBucket();
    const encryption = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    const [rule] = encryption.ServerSideEncryptionConfiguration?.Rules ?? [];
    assert.equal(rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, "AES256");
    const block = await client.send(new GetPublicAccessBlockCommand({ Bucket }));
    assert.deepEqual(block.PublicAccessBlockConfiguration, {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    const ownership = await client.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    assert.equal(ownership.OwnershipControls?.Rules?.[0]?.ObjectOwnership, "BucketOwnerEnforced");
    const versioning = await client.send(new GetBucketVersioningCommand({ Bucket }));
    assert.equal(versioning.Status, undefined);
    const get = { Bucket };
    await refused(client.send(new GetBucketCorsCommand(get)), "NoSuchCORSConfiguration", 404);
    await refused(client.send(new GetBucketPolicyCommand(get)), "NoSuchBucketPolicy", 404);
    await refused(client.send(new GetBucketTaggingCommand(get)), "NoSuchTagSet", 404);
    await refused(
      client.send(new GetBucketLifecycleConfigurationCommand(get)),
      "NoSuchLifecycleConfiguration",
      404,
    );
    await refused(
      client.send(new GetObjectLockConfigurationCommand(get)),
      "ObjectLockConfigurationNotFoundError",
      404,
    );
  });

  it("gives back the configuration that was put", async () => {
    const Bucket = await newBucket();
    const rules = [
      {
        ID: "rule",
        AllowedOrigins: ["https://example.com", "https://*.example.org"],
        AllowedMethods: ["GET", "PUT"],
        AllowedHeaders: ["*"],
        ExposeHeaders: ["ETag"],
        MaxAgeSeconds: 60,
      },
    ];
    await client.send(
      new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: rules } }),
    );
    const cors = await client.send(new GetBucketCorsCommand({ Bucket }));
    assert.deepEqual(cors.CORSRules, rules);
    await client.send(new DeleteBucketCorsCommand({ Bucket }));
    await refused(client.send(new GetBucketCorsCommand({ Bucket })), "NoSuchCORSConfiguration");

    const lifecycle = [
      {
        ID: "expire",
        Status: "Enabled" as const,
        Filter: { Prefix: "tmp/" },
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
      { ID: "off", Status: "Disabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 1 } },
    ];
    await client.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: { Rules: lifecycle },
      }),
    );
    const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    assert.deepEqual(Rules, lifecycle);

    const TagSet = [{ Key: "Environment", Value: "Production" }];
    await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    assert.deepEqual((await client.send(new GetBucketTaggingCommand({ Bucket }))).TagSet, TagSet);

    await client.send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" }] },
      }),
    );
    const ownership = await client.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    assert.equal(ownership.OwnershipControls?.Rules?.[0]?.ObjectOwnership, "BucketOwnerPreferred");
  });

  it("encrypts new objects by the bucket's default", async () => {
    const Bucket = await newBucket();
    const keyId = "0d990263-018e-4e65-a703-eff731de951e";
    const { arn: KMSMasterKeyID } = fixture.kms.createKey({ keyId });
    await client.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID },
              BucketKeyEnabled: true,
            },
          ],
        },
      }),
    );
    const reply = await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));
    assert.equal(reply.ServerSideEncryption, "aws:kms");
    assert.equal(reply.SSEKMSKeyId, KMSMasterKeyID);
    assert.equal(reply.BucketKeyEnabled, true);
    const own = await client.send(
      new PutObjectCommand({ Bucket, Key: "k", Body: "x", ServerSideEncryption: "AES256" }),
    );
    assert.equal(own.ServerSideEncryption, "AES256");
  });

  it("refuses documents that it cannot read", async () => {
    const Bucket = await newBucket();
    const status = { Status: "On" as "Enabled" };
    await refused(
      client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: status })),
      "MalformedXML",
      400,
    );
    const CORSConfiguration = {
      CORSRules: [{ AllowedOrigins: ["*"], AllowedMethods: ["PATCH"] }],
    };
    await refused(
      client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration })),
      "InvalidRequest",
      400,
    );
  });

  it("answers 501 to configuration that it does not emulate", async () => {
    const Bucket = await newBucket();
    const WebsiteConfiguration = { IndexDocument: { Suffix: "index.html" } };
    await refused(
      client.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration })),
      "NotImplemented",
      501,
    );
  });

  describe("policy", () => {
    const policyFor = (Bucket: string, statement: object) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: `arn:aws:s3:::${Bucket}/*`,
            ...statement,
          },
        ],
      });
    const putPolicy = (Bucket: string, Policy: string) =>
      client.send(new PutBucketPolicyCommand({ Bucket, Policy }));

    it("is refused when it is public and the bucket blocks that", async () => {
      const Bucket = await newBucket();
      await refused(putPolicy(Bucket, policyFor(Bucket, {})), "AccessDenied", 403);
      await putPolicy(
        Bucket,
        policyFor(Bucket, {
          Principal: { Service: "cloudfront.amazonaws.com" },
          Condition: { StringEquals: { "AWS:SourceArn": "arn:aws:cloudfront::1:distribution/E" } },
        }),
      );
      const status = await client.send(new GetBucketPolicyStatusCommand({ Bucket }));
      assert.equal(status.PolicyStatus?.IsPublic, false);
    });

    it("opens a bucket to the anonymous only when nothing blocks it", async () => {
      const Bucket = await newBucket();
      await client.send(new PutObjectCommand({ Bucket, Key: "open", Body: "x" }));
      await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
      await putPolicy(Bucket, policyFor(Bucket, {}));
      const read = () => fetch(`${fixture.s3.url}/${Bucket}/open`);
      assert.equal((await read()).status, 200);
      assert.deepEqual(await errorOf(await fetch(`${fixture.s3.url}/${Bucket}`)), {
        status: 403,
        code: "AccessDenied",
      });
      await client.send(
        new PutPublicAccessBlockCommand({
          Bucket,
          PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
        }),
      );
      assert.deepEqual(await errorOf(await read()), { status: 403, code: "AccessDenied" });
    });

    it("is refused when it is malformed or about something else", async () => {
      const Bucket = await newBucket();
      await refused(putPolicy(Bucket, "no json"), "MalformedPolicy", 400);
      await refused(
        putPolicy(Bucket, policyFor(Bucket, { Principal: undefined })),
        "MalformedPolicy",
        400,
      );
      await refused(
        putPolicy(Bucket, policyFor(Bucket, { Resource: "arn:aws:s3:::other/*" })),
        "MalformedPolicy",
        400,
      );
      await refused(
        putPolicy(Bucket, policyFor(Bucket, { Action: "dynamodb:GetItem" })),
        "MalformedPolicy",
        400,
      );
    });

    it("denies what it denies, to the account's root too", async () => {
      const Bucket = await newBucket();
      await putPolicy(
        Bucket,
        policyFor(Bucket, {
          Effect: "Deny",
          Action: "s3:*",
          Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      );
      await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));
      const plain = fixture.clientOf({ endpoint: fixture.s3.plainUrl });
      await refused(
        plain.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" })),
        "AccessDenied",
        403,
      );
      await refused(plain.send(new ListObjectsV2Command({ Bucket })), "AccessDenied", 403);
    });
  });

  describe("lists", () => {
    let Bucket: string;
    const keys = ["a", "b/1", "b/2", "b/sub/3", "c&<>", "d e+f", "z\uffff", "z😀"];

    before(async () => {
      Bucket = await newBucket();
      for (const Key of [...keys].reverse()) {
        await client.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
      }
    });

    const list = (more = {}) => client.send(new ListObjectsV2Command({ Bucket, ...more }));

    it("all keys in the order of their UTF-8 bytes", async () => {
      const reply = await list();
      assert.deepEqual(
        reply.Contents?.map(({ Key }) => Key),
        keys,
      );
      assert.equal(reply.KeyCount, keys.length);
      assert.equal(reply.IsTruncated, false);
    });

    it("by prefix and delimiter", async () => {
      const top = await list({ Delimiter: "/" });
      assert.deepEqual(
        top.CommonPrefixes?.map(({ Prefix }) => Prefix),
        ["b/"],
      );
      assert.equal(top.KeyCount, keys.length - 2);
      const inner = await list({ Delimiter: "/", Prefix: "b/" });
      assert.deepEqual(
        inner.Contents?.map(({ Key }) => Key),
        ["b/1", "b/2"],
      );
      assert.deepEqual(
        inner.CommonPrefixes?.map(({ Prefix }) => Prefix),
        ["b/sub/"],
      );
      assert.equal((await list({ Prefix: "none" })).KeyCount, 0);
    });

    it("page by page, each key once", async () => {
      for (const Delimiter of [undefined, "/"]) {
        const found: (string | undefined)[] = [];
        let ContinuationToken: string | undefined;
        do {
          const page = await list({ MaxKeys: 2, Delimiter, ContinuationToken });
          assert.ok((page.KeyCount ?? 0) <= 2);
          found.push(...(page.Contents ?? []).map(({ Key }) => Key));
          found.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken !== undefined);
        const expected = Delimiter === undefined ? keys.length : keys.length - 2;
        assert.equal(found.length, expected);
        assert.equal(new Set(found).size, expected);
      }
    });

    it("from a key on", async () => {
      const reply = await list({ StartAfter: "b/2" });
      assert.deepEqual(
        reply.Contents?.map(({ Key }) => Key),
        keys.slice(3),
      );
    });

    it("URL-encoded on request", async () => {
      const reply = await list({ EncodingType: "url", Prefix: "d e" });
      assert.equal(reply.Contents?.[0]?.Key, "d+e%2Bf");
      assert.equal(reply.Prefix, "d+e");
    });

    it("in the first version of the API", async () => {
      const first = await client.send(
        new ListObjectsCommand({ Bucket, MaxKeys: 2, Delimiter: "/" }),
      );
      assert.equal(first.NextMarker, "b/");
      assert.equal(first.IsTruncated, true);
      const next = await client.send(
        new ListObjectsCommand({ Bucket, Delimiter: "/", Marker: first.NextMarker }),
      );
      assert.deepEqual(
        next.Contents?.map(({ Key }) => Key),
        keys.slice(4),
      );
      assert.match(next.Contents[0]?.Owner?.ID ?? "", /^[0-9a-f]{64}$/);
    });

    it("nothing for forged tokens and bad sizes", async () => {
      await refused(list({ ContinuationToken: "forged" }), "InvalidArgument", 400);
      await refused(list({ MaxKeys: -1 }), "InvalidArgument", 400);
      assert.equal((await list({ MaxKeys: 0 })).KeyCount, 0);
      assert.equal((await list({ MaxKeys: 5000 })).MaxKeys, 1000);
    });
  });
});
