import assert from "node:assert/strict";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { signRequest, type Signing } from "../iam/sign-request";
import { account, refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

/** What S3 refuses, and answers, as its own answers show. */
describe("S3's answers", () => {
  const Bucket = "plain";
  const locked = "locked";
  let fixture: Fixture;
  let client: S3Client;

  before(async () => {
    fixture = await startS3();
    client = fixture.client;
    await client.send(new CreateBucketCommand({ Bucket }));
    await client.send(
      new CreateBucketCommand({ Bucket: locked, ObjectLockEnabledForBucket: true }),
    );
  });
  after(() => fixture.close());

  const put = (Key: string, Body = "0123456789", bucket = Bucket) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));

  describe("to documents of buckets", () => {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } } as const;
    const ownership = { ObjectOwnership: "ObjectWriter" } as const;
    const cors = { AllowedMethods: ["GET"], AllowedOrigins: ["*"] };
    const malformed: Record<string, () => Promise<unknown>> = {
      "no rule of encryption": () => encrypt([]),
      "two rules of encryption": () => encrypt([rule, rule]),
      "no rule of ownership": () => own([]),
      "two rules of ownership": () => own([ownership, ownership]),
      "no rule of CORS": () => share([]),
      "101 rules of CORS": () => share(Array.from({ length: 101 }, () => cors)),
      "a lock without retention": () =>
        client.send(
          new PutObjectLockConfigurationCommand({
            Bucket: locked,
            ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule: {} },
          }),
        ),
      "a tag without a value": () => tag([{ Key: "a", Value: undefined }]),
    };
    const encrypt = (Rules: object[]) =>
      client.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: { Rules },
        }),
      );
    const own = (Rules: (typeof ownership)[]) =>
      client.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
    const share = (CORSRules: (typeof cors)[]) =>
      client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    const tag = (TagSet: { Key: string; Value: string | undefined }[]) =>
      client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));

    for (const [what, send] of Object.entries(malformed)) {
      it(`refuse ${what}`, () => refused(send(), "MalformedXML", 400));
    }

    it("refuse versioning without a status", () =>
      refused(
        client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: {} })),
        "IllegalVersioningConfigurationException",
        400,
      ));

    it("say what there is none of", async () => {
      for (const [get, code, message] of [
        [
          () => client.send(new GetBucketCorsCommand({ Bucket })),
          "NoSuchCORSConfiguration",
          "The CORS configuration does not exist",
        ],
        [
          () => client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
          "NoSuchLifecycleConfiguration",
          "The lifecycle configuration does not exist",
        ],
        [
          () => client.send(new GetObjectLockConfigurationCommand({ Bucket })),
          "ObjectLockConfigurationNotFoundError",
          "Object Lock configuration does not exist for this bucket",
        ],
      ] as const) {
        const error = await refused(get(), code, 404);
        assert.equal(error.message, message);
      }
    });

    it("take no tags for none at all", async () => {
      const { $metadata } = await tag([{ Key: "a", Value: "b" }]);
      assert.equal($metadata.httpStatusCode, 204);
      await tag([]);
      const get = client.send(new GetBucketTaggingCommand({ Bucket }));
      assert.equal((await refused(get, "NoSuchTagSet", 404)).message, "The TagSet does not exist");
    });

    it("give rules of lifecycles ids, and refuse transitions in the middle of a day", async () => {
      const configure = (more: object) =>
        client.send(
          new PutBucketLifecycleConfigurationCommand({
            Bucket,
            LifecycleConfiguration: {
              Rules: [{ Status: "Enabled", Filter: { Prefix: "a" }, ...more }],
            },
          }),
        );
      await configure({ Expiration: { Days: 1 } });
      const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
      assert.match(Rules?.[0]?.ID ?? "", /^[\w+/]{48}$/);
      const transition = { Date: new Date("2030-01-01T01:00:00Z"), StorageClass: "GLACIER" };
      await refused(configure({ Transitions: [transition] }), "InvalidArgument", 400);
    });
  });

  describe("to new buckets", () => {
    const create = (name: string, CreateBucketConfiguration: object) =>
      client.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));

    it("keep their tags, and tell their ARNs", async () => {
      const Tags = [{ Key: "team", Value: "one" }];
      const made = await create("tagged", { Tags });
      assert.equal(made.BucketArn, "arn:aws:s3:::tagged");
      const { TagSet } = await client.send(new GetBucketTaggingCommand({ Bucket: "tagged" }));
      assert.deepEqual(TagSet, Tags);
      const { Buckets } = await client.send(new ListBucketsCommand({ Prefix: "tagged" }));
      assert.equal(Buckets?.[0]?.BucketArn, "arn:aws:s3:::tagged");
      await refused(create("tagged", { Tags }), "BucketAlreadyOwnedByYou", 409);
      assert.equal((await create("tagged", {})).Location, "/tagged");
    });

    it("refuse bad tags, and make nothing then", async () => {
      const Tags = [{ Key: "a,b", Value: "one" }];
      await refused(create("untagged", { Tags }), "InvalidTag", 400);
      await refused(client.send(new HeadBucketCommand({ Bucket: "untagged" })), "NotFound", 404);
    });

    it("need the permission to tag", async () => {
      const credentials = fixture.roleWith({
        Effect: "Allow",
        Action: "s3:CreateBucket",
        Resource: "*",
      });
      const own = fixture.clientOf({ credentials });
      const command = new CreateBucketCommand({
        Bucket: "own",
        CreateBucketConfiguration: { Tags: [{ Key: "a", Value: "b" }] },
      });
      await refused(own.send(command), "AccessDenied", 403);
    });

    for (const LocationConstraint of ["us-east-1", "foo", "aws-global"]) {
      it(`refuse ${LocationConstraint} as a location`, () =>
        refused(create("placed", { LocationConstraint }), "InvalidLocationConstraint", 400));
    }
  });

  it("refuse an owner that is no account", () =>
    refused(
      client.send(new GetBucketCorsCommand({ Bucket, ExpectedBucketOwner: "abcd" })),
      "InvalidBucketOwnerAWSAccountID",
      400,
    ));

  it("refuse versions of a bucket that has none, but for null", async () => {
    await put("unversioned");
    const version = { Bucket, Key: "unversioned", VersionId: "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD" };
    await refused(client.send(new GetObjectCommand(version)), "InvalidArgument", 400);
    await refused(client.send(new DeleteObjectCommand(version)), "InvalidArgument", 400);
    const { Key, VersionId } = version;
    const many = { Bucket, Delete: { Objects: [{ Key, VersionId }] } };
    const { Errors } = await client.send(new DeleteObjectsCommand(many));
    assert.deepEqual(
      Errors?.map(({ Code }) => Code),
      ["NoSuchVersion"],
    );
    await client.send(new DeleteObjectCommand({ ...version, VersionId: "null" }));
    await refused(client.send(new HeadObjectCommand({ Bucket, Key })), "NotFound", 404);
  });

  it("refuse to bypass what cannot be there", async () => {
    await put("free");
    const bypass = { Bucket, BypassGovernanceRetention: true };
    const Delete = { Objects: [{ Key: "free" }] };
    await refused(
      client.send(new DeleteObjectCommand({ ...bypass, Key: "free" })),
      "InvalidArgument",
      400,
    );
    await refused(
      client.send(new DeleteObjectsCommand({ ...bypass, Delete })),
      "InvalidArgument",
      400,
    );
    // As who empties any bucket does.
    const versions = { Objects: [{ Key: "free", VersionId: "null" }] };
    await client.send(new DeleteObjectsCommand({ ...bypass, Delete: versions }));
    await put("free");
    await client.send(new DeleteObjectCommand({ ...bypass, Key: "free", VersionId: "null" }));
    await refused(client.send(new HeadObjectCommand({ Bucket, Key: "free" })), "NotFound", 404);
  });

  it("say of the tags of a deleted object that there is a delete marker", async () => {
    const object = { Bucket: locked, Key: "marked" };
    await put("marked", "x", locked);
    await client.send(new DeleteObjectCommand(object));
    const Tagging = { TagSet: [{ Key: "a", Value: "b" }] };
    for (const send of [
      () => client.send(new GetObjectTaggingCommand(object)),
      () => client.send(new PutObjectTaggingCommand({ ...object, Tagging })),
      () => client.send(new DeleteObjectTaggingCommand(object)),
    ]) {
      await refused(send(), "MethodNotAllowed", 405);
    }
  });

  it("tell the checksum of a range that is all of an object", async () => {
    await put("ranged");
    const read = async (Range: string) => {
      const command = new GetObjectCommand({
        Bucket,
        Key: "ranged",
        Range,
        ChecksumMode: "ENABLED",
      });
      const { Body, ChecksumCRC32 } = await client.send(command);
      await Body?.transformToString();
      return ChecksumCRC32;
    };
    assert.equal(await read("bytes=0-100"), "poTHxg==");
    assert.equal(await read("bytes=-15"), "poTHxg==");
    assert.equal(await read("bytes=1-"), undefined);
  });

  it("go by one of the conditions on a copy's source, and name it", async () => {
    await put("source");
    const copy = (more: object) =>
      client.send(
        new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/source`, ...more }),
      );
    const past = new Date(0);
    const future = new Date(Date.now() + 3_600_000);
    await copy({ CopySourceIfModifiedSince: future });
    for (const [more, condition] of [
      [{ CopySourceIfMatch: '"x"' }, "x-amz-copy-source-If-Match"],
      [{ CopySourceIfUnmodifiedSince: past }, "x-amz-copy-source-If-Unmodified-Since"],
    ] as const) {
      const error = await refused(copy(more), "PreconditionFailed", 412);
      assert.equal("Condition" in error && error.Condition, condition);
    }
  });

  describe("to lists", () => {
    const names = ["folder/a/1", "folder/a/2", "folder/file1", "folder/file2"];
    const options = { Bucket, Prefix: "folder/", Delimiter: "/" };
    before(() => Promise.all(names.map((name) => put(name))));

    it("go on behind the group that the marker is in", async () => {
      const first = await client.send(
        new ListObjectsCommand({ ...options, Marker: "folder/a/1", MaxKeys: 1 }),
      );
      assert.deepEqual(
        [first.CommonPrefixes, first.Contents?.map(({ Key }) => Key), first.NextMarker],
        [undefined, ["folder/file1"], "folder/file1"],
      );
      const versions = await client.send(
        new ListObjectVersionsCommand({ ...options, KeyMarker: "folder/a/1", MaxKeys: 1 }),
      );
      assert.deepEqual(
        [versions.CommonPrefixes, versions.Versions?.map(({ Key }) => Key)],
        [undefined, ["folder/file1"]],
      );
    });

    it("say where they started by the token alone, if there is one", async () => {
      const list = (ContinuationToken?: string) =>
        client.send(
          new ListObjectsV2Command({
            Bucket,
            StartAfter: "folder/a/1",
            MaxKeys: 1,
            ContinuationToken,
          }),
        );
      const first = await list();
      assert.equal(first.StartAfter, "folder/a/1");
      assert.equal((await list(first.NextContinuationToken)).StartAfter, undefined);
    });
  });

  describe("to multipart uploads", () => {
    const Key = "parts";
    const begin = async () => {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
      return { Bucket, Key, UploadId };
    };

    it("tell no checksum that nobody has asked for, until they are complete", async () => {
      const plain = fixture.clientOf({ requestChecksumCalculation: "WHEN_REQUIRED" });
      await put("source");
      const upload = { Bucket, Key: "implied" };
      const begun = await plain.send(new CreateMultipartUploadCommand(upload));
      assert.deepEqual([begun.ChecksumAlgorithm, begun.ChecksumType], [undefined, undefined]);
      const part = { ...upload, UploadId: begun.UploadId };
      const { CopyPartResult } = await plain.send(
        new UploadPartCopyCommand({ ...part, PartNumber: 1, CopySource: `${Bucket}/source` }),
      );
      assert.equal(CopyPartResult?.ChecksumCRC64NVME, undefined);
      const listed = await plain.send(new ListPartsCommand(part));
      assert.deepEqual(
        [listed.ChecksumAlgorithm, listed.Parts?.[0]?.ChecksumCRC64NVME, listed.Parts?.[0]?.Size],
        [undefined, undefined, 10],
      );
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: CopyPartResult?.ETag }] };
      const whole = await plain.send(
        new CompleteMultipartUploadCommand({ ...part, MultipartUpload }),
      );
      assert.deepEqual(
        [whole.ChecksumCRC64NVME, whole.ChecksumType],
        ["Ffmx7kz9nB0=", "FULL_OBJECT"],
      );
    });

    it("are complete with a part at least", async () => {
      const complete = { ...(await begin()), MultipartUpload: { Parts: [] } };
      const error = await refused(
        client.send(new CompleteMultipartUploadCommand(complete)),
        "InvalidRequest",
        400,
      );
      assert.equal(error.message, "You must specify at least one part");
    });

    it("copy ranges that have two ends within the source", async () => {
      await put("source");
      const upload = await begin();
      for (const [CopySourceRange, code] of [
        ["bytes=-0", "InvalidArgument"],
        ["bytes=1-", "InvalidArgument"],
        ["bytes=1-0", "InvalidArgument"],
        ["bytes=0-10", "InvalidArgument"],
        ["bytes=100-200", "InvalidRequest"],
      ] as const) {
        const copy = { ...upload, PartNumber: 1, CopySource: `${Bucket}/source`, CopySourceRange };
        await refused(client.send(new UploadPartCopyCommand(copy)), code, 400);
      }
    });

    it("list parts behind an empty marker, and the last upload as the next marker", async () => {
      const upload = await begin();
      const { Parts } = await client.send(
        new ListPartsCommand({ ...upload, PartNumberMarker: "" }),
      );
      assert.equal(Parts, undefined);
      const listed = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
      assert.deepEqual(
        [listed.KeyMarker, listed.NextKeyMarker, listed.MaxUploads],
        ["", Key, 1000],
      );
      assert.equal(listed.NextUploadIdMarker, listed.Uploads?.at(-1)?.UploadId);
    });

    it("conflict with an object that was written since they began", async () => {
      await put(Key, "before");
      fixture.advance(1000);
      const upload = await begin();
      const part = await client.send(
        new UploadPartCommand({ ...upload, PartNumber: 1, Body: "part" }),
      );
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: part.ETag }] };
      const complete = (IfMatch?: string) =>
        client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload, IfMatch }));
      fixture.advance(1000);
      const { ETag } = await put(Key, "during");
      await refused(complete('"other"'), "PreconditionFailed", 412);
      await refused(complete(ETag), "ConditionalRequestConflict", 409);
      await complete();
    });
  });

  it("refuse a checksum that is another's, in S3's words", async () => {
    const wrong = { Bucket, Key: "wrong", Body: "x", ChecksumCRC32: "AAAAAA==" };
    const error = await refused(client.send(new PutObjectCommand(wrong)), "BadDigest", 400);
    assert.equal(error.message, "The CRC32 you specified did not match the calculated checksum.");
  });

  describe("to headers", () => {
    const signed = (more: Partial<Signing>) =>
      signRequest({
        credentials: fixture.iam.administrator,
        region: account.region,
        date: new Date(),
        path: `/${Bucket}/headers`,
        ...more,
        headers: { host: new URL(fixture.s3.url).host, ...more.headers },
      });

    it("refuse a GET and a HEAD that ask for encryption", async () => {
      await put("headers");
      for (const method of ["GET", "HEAD"]) {
        const headers = { "x-amz-server-side-encryption": "AES256" };
        const request = await signed({ method, headers });
        const response = await fetch(`${fixture.s3.url}${request.url}`, {
          method,
          headers: request.headers as Record<string, string>,
        });
        await response.text();
        assert.equal(response.status, 400);
      }
    });

    it("refuse a body of no told length by the header that has it sent so", async () => {
      const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: "stream" }));
      const body = new Blob(["x"]).stream();
      const response = await fetch(url, { method: "PUT", body, duplex: "half" });
      assert.equal(response.status, 501);
      const text = await response.text();
      assert.match(text, /<Code>NotImplemented<.+<Header>Transfer-Encoding<\/Header>/s);
    });

    it("take text in UTF-8 that was signed as such", async () => {
      const text = 'attachment; filename="grün 📷.jpg"';
      const request = await signed({
        method: "PUT",
        headers: { "content-disposition": text },
        body: "x",
      });
      const bytes = (value: string) => Buffer.from(value).toString("latin1");
      const headers = Object.entries(request.headers as Record<string, string>).map(
        ([name, value]): [string, string] => [name, bytes(value)],
      );
      const put = await fetch(`${fixture.s3.url}${request.url}`, {
        method: "PUT",
        headers,
        body: "x",
      });
      assert.equal(put.status, 200, await put.text());
      const { url } = await signed({ presign: 60 });
      const got = await fetch(`${fixture.s3.url}${url}`);
      await got.text();
      assert.equal(got.headers.get("content-disposition"), bytes(text));
    });
  });
});
