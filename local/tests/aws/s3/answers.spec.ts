import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  type S3ServiceException,
  type TransitionDefaultMinimumObjectSize,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { PutObjectCommandInput, S3Client } from "@aws-sdk/client-s3";
import { signRequest } from "../iam/sign-request";
import { refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

/** What S3 says where it refuses, member by member. */
describe("S3's words", () => {
  const Bucket = "words";
  const versioned = "words-versioned";
  let fixture: Fixture;
  let client: S3Client;

  before(async () => {
    fixture = await startS3();
    client = fixture.client;
    await client.send(new CreateBucketCommand({ Bucket }));
    await client.send(new CreateBucketCommand({ Bucket: versioned }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await client.send(
      new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration }),
    );
  });
  after(() => fixture.close());

  const put = (Key: string, more: Partial<PutObjectCommandInput> = {}) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body: "test", ...more }));

  /** Asserts that an error has these members besides its code. */
  async function says(
    call: Promise<unknown>,
    code: string,
    status: number,
    members: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const error = await refused(call, code, status);
    const shown = error as S3ServiceException & Record<string, unknown>;
    for (const [name, value] of Object.entries({ ArgumentValue: undefined, ...members })) {
      assert.equal(shown[name], value, name);
    }
  }

  describe("about tags", () => {
    const header = {
      message:
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      ArgumentName: "x-amz-tagging",
    };

    for (const Tagging of ["key1=val1&key1=val2", "key1=val1,key2=val2"]) {
      it(`name the header that is no query: ${Tagging}`, () =>
        says(put("tagged", { Tagging }), "InvalidArgument", 400, {
          ...header,
          ArgumentValue: Tagging,
        }));
    }

    it("are of one kind for an object, of others for a bucket", async () => {
      await put("tagged");
      const Tagging = { TagSet: [{ Key: "aws:a", Value: "b" }] };
      await says(
        client.send(new PutObjectTaggingCommand({ Bucket, Key: "tagged", Tagging })),
        "InvalidTag",
        400,
        { message: "Your TagKey cannot be prefixed with aws:", TagKey: "aws:a" },
      );
      await says(client.send(new PutBucketTaggingCommand({ Bucket, Tagging })), "InvalidTag", 400, {
        message: "System tags cannot be added/updated by requester",
        TagKey: "aws:a",
      });
      await says(
        client.send(
          new CreateBucketCommand({
            Bucket: "words-tagged",
            CreateBucketConfiguration: { Tags: Tagging.TagSet },
          }),
        ),
        "InvalidTag",
        400,
        {
          message:
            'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
          TagKey: undefined,
        },
      );
    });

    it("name the key of a bad value", () =>
      says(
        client.send(
          new PutBucketTaggingCommand({
            Bucket,
            Tagging: { TagSet: [{ Key: "Key1", Value: "Val1,Val2" }] },
          }),
        ),
        "InvalidTag",
        400,
        {
          message: "The TagValue you have provided is invalid",
          TagKey: "Key1",
          TagValue: "Val1,Val2",
        },
      ));

    it("take no set of tags for an empty one", async () => {
      await put("tagged", { Tagging: "a=b" });
      const none = { TagSet: undefined };
      await client.send(new PutObjectTaggingCommand({ Bucket, Key: "tagged", Tagging: none }));
      const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket, Key: "tagged" }));
      assert.deepEqual(TagSet, []);
      await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: none }));
      await refused(client.send(new GetBucketTaggingCommand({ Bucket })), "NoSuchTagSet", 404);
    });
  });

  describe("about conditions of writes", () => {
    const notTaken = (header: string) => ({
      message: "A header you provided implies functionality that is not implemented",
      Header: header,
      additionalMessage: `We don't accept the provided value of ${header} header for this API`,
    });

    it("take If-None-Match of * alone, If-Match of anything else, and never both", async () => {
      await put("condition");
      await says(
        put("condition", { IfNoneMatch: '"abc"' }),
        "NotImplemented",
        501,
        notTaken("If-None-Match"),
      );
      await says(put("condition", { IfMatch: "*" }), "NotImplemented", 501, notTaken("If-Match"));
      await says(put("condition", { IfMatch: '"abc"', IfNoneMatch: "*" }), "NotImplemented", 501, {
        Header: "If-Match,If-None-Match",
        additionalMessage: "Multiple conditional request headers present in the request",
      });
    });

    const uploaded = async (Key: string) => {
      const upload = { Bucket, Key };
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(upload));
      const { ETag } = await client.send(
        new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: "test" }),
      );
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
      return (condition: { IfMatch?: string; IfNoneMatch?: string }) =>
        client.send(
          new CompleteMultipartUploadCommand({
            ...upload,
            UploadId,
            MultipartUpload,
            ...condition,
          }),
        );
    };

    it("tell of a conflict with what was deleted since the upload began", async () => {
      await put("deleted");
      const complete = await uploaded("deleted");
      await refused(complete({ IfNoneMatch: "*" }), "PreconditionFailed", 412);
      await client.send(new DeleteObjectCommand({ Bucket, Key: "deleted" }));
      await says(complete({ IfNoneMatch: "*" }), "ConditionalRequestConflict", 409, {
        Condition: "If-None-Match",
        Key: "deleted",
      });
      await (
        await uploaded("deleted")
      )({ IfNoneMatch: "*" });
    });

    it("tell of a conflict with what was written meanwhile, though it is the same, and after a restart", async () => {
      const { ETag } = await put("same");
      const complete = await uploaded("same");
      await put("same");
      await refused(complete({ IfMatch: ETag }), "ConditionalRequestConflict", 409);
      await fixture.restart();
      client = fixture.client;
      await refused(complete({ IfMatch: ETag }), "ConditionalRequestConflict", 409);
      await (
        await uploaded("same")
      )({ IfMatch: ETag });
    });
  });

  describe("about versions", () => {
    it("tell ids that there never were from those of versions that are gone", async () => {
      const object = { Bucket: versioned, Key: "k" };
      const { VersionId = "" } = await put("k", { Bucket: versioned });
      assert.match(VersionId, /^[\w.]{32}$/);
      const forged = `${VersionId.slice(0, -4)}ABCD`;
      const invalid = {
        message: "Invalid version id specified",
        ArgumentName: "versionId",
        ArgumentValue: forged,
      };
      const remove = (id: string) =>
        client.send(new DeleteObjectCommand({ ...object, VersionId: id }));
      await says(remove(forged), "InvalidArgument", 400, invalid);
      await says(
        client.send(new GetObjectCommand({ ...object, VersionId: forged })),
        "InvalidArgument",
        400,
        invalid,
      );
      const removeAll = async (id: string) => {
        const Delete = { Objects: [{ Key: "k", VersionId: id }] };
        const { Deleted, Errors } = await client.send(
          new DeleteObjectsCommand({ Bucket: versioned, Delete }),
        );
        return [Deleted?.length ?? 0, Errors?.map(({ Code }) => Code) ?? []];
      };
      assert.deepEqual(await removeAll(forged), [0, ["NoSuchVersion"]]);
      await remove(VersionId);
      await remove(VersionId);
      assert.deepEqual(await removeAll(VersionId), [1, []]);
      const gone = client.send(new GetObjectCommand({ ...object, VersionId }));
      await refused(gone, "NoSuchVersion", 404);
    });

    it("remind of the versions in a bucket that is to be deleted", async () => {
      await put("kept", { Bucket: versioned });
      await says(
        client.send(new DeleteBucketCommand({ Bucket: versioned })),
        "BucketNotEmpty",
        409,
        {
          message:
            "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
        },
      );
    });
  });

  describe("about uploads in parts", () => {
    const Key = "parts";

    it("name the upload, and want parts and the size that is expected", async () => {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
      const upload = { Bucket, Key, UploadId };
      const { ETag } = await client.send(
        new UploadPartCommand({ ...upload, PartNumber: 1, Body: "test" }),
      );
      const complete = (Parts?: CompletedPart[], MpuObjectSize?: number) =>
        client.send(
          new CompleteMultipartUploadCommand({
            ...upload,
            ...(Parts && { MultipartUpload: { Parts } }),
            MpuObjectSize,
          }),
        );
      await says(complete(), "InvalidRequest", 400, {
        message: "You must specify at least one part",
      });
      await says(complete([{ PartNumber: 2, ETag }]), "InvalidPart", 400, { UploadId });
      const part = { PartNumber: 1, ETag };
      await says(complete([part, part]), "InvalidPartOrder", 400, { UploadId });
      await says(complete([part], 5), "InvalidRequest", 400, {
        message:
          "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4",
      });
      await complete([part], 4);
    });

    it("tell the digests of a body that is another", async () => {
      const ContentMD5 = "CYketZBSTjX8czcs3cXVlg==";
      const Body = "Hello World 123!";
      const digests = { ContentMD5, Body };
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
      const calculated = createHash("md5").update(Body).digest("base64");
      await says(put(Key, digests), "BadDigest", 400, {
        CalculatedDigest: calculated,
        ExpectedDigest: "09891eb590524e35fc73372cddc5d596",
      });
      await says(
        client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, ...digests })),
        "BadDigest",
        400,
        { CalculatedDigest: calculated, ExpectedDigest: ContentMD5 },
      );
    });

    it("tell times in whole seconds", async () => {
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
      const times = [
        ...Buckets.map((each) => each.CreationDate),
        ...Uploads.map((each) => each.Initiated),
      ];
      assert.ok(Uploads.length > 0);
      assert.ok(times.every((time) => time?.getMilliseconds() === 0));
    });
  });

  it("want the checksums of parts for one of the whole that is made of them, and show them alone", async () => {
    const uploadOf = async (ChecksumType: "COMPOSITE" | "FULL_OBJECT") => {
      const upload = { Bucket, Key: ChecksumType };
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({ ...upload, ChecksumAlgorithm: "CRC32", ChecksumType }),
      );
      const part = { ...upload, UploadId, PartNumber: 1, Body: "test" };
      const { ETag, ChecksumCRC32 } = await client.send(
        new UploadPartCommand({ ...part, ChecksumAlgorithm: "CRC32" }),
      );
      const complete = (more: object) => {
        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ...more }] };
        return client.send(
          new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload }),
        );
      };
      const attributes = () =>
        client.send(
          new GetObjectAttributesCommand({
            ...upload,
            ObjectAttributes: ["Checksum", "ObjectParts"],
          }),
        );
      return { complete, attributes, ChecksumCRC32 };
    };
    const composite = await uploadOf("COMPOSITE");
    await says(composite.complete({}), "InvalidRequest", 400, {
      message:
        "The upload was created using a crc32 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.",
    });
    const { ChecksumCRC32 } = composite;
    const completed = await composite.complete({ ChecksumCRC32 });
    assert.match(completed.ChecksumCRC32 ?? "", /-1$/);
    const shown = await composite.attributes();
    assert.equal(shown.Checksum?.ChecksumCRC32, completed.ChecksumCRC32?.replace("-1", ""));
    assert.equal(shown.ObjectParts?.Parts?.[0]?.ChecksumCRC32, ChecksumCRC32);
    const whole = await uploadOf("FULL_OBJECT");
    await whole.complete({});
    assert.deepEqual((await whole.attributes()).ObjectParts, { TotalPartsCount: 1 });
  });

  it("take conditions in the query of a presigned URL", async () => {
    const { url: target } = await signRequest({
      credentials: fixture.iam.administrator,
      region: "us-east-1",
      date: new Date(),
      method: "PUT",
      path: `/${Bucket}/hoisted`,
      query: { "If-None-Match": "*" },
      headers: { host: new URL(fixture.s3.url).host },
      presign: 60,
    });
    const url = `${fixture.s3.url}${target}`;
    assert.equal((await fetch(url, { method: "PUT", body: "1" })).status, 200);
    assert.equal((await fetch(url, { method: "PUT", body: "2" })).status, 412);
  });

  it("refuse tags of a lifecycle rule that are there twice", () => {
    const Tag = { Key: "a", Value: "b" };
    const Rules = [
      {
        ID: "twice",
        Status: "Enabled" as const,
        Filter: { And: { Tags: [Tag, Tag] } },
        Expiration: { Days: 1 },
      },
    ];
    return says(
      client.send(
        new PutBucketLifecycleConfigurationCommand({
          Bucket,
          LifecycleConfiguration: { Rules },
        }),
      ),
      "InvalidRequest",
      400,
      { message: "Duplicate Tag Keys are not allowed." },
    );
  });

  it("tell from which size on a lifecycle moves objects", async () => {
    const minimal = { Bucket: "words-minimal" };
    await client.send(new CreateBucketCommand(minimal));
    const Rules = [
      { ID: "r", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 7 } },
    ];
    const putWith = (TransitionDefaultMinimumObjectSize?: string) =>
      client.send(
        new PutBucketLifecycleConfigurationCommand({
          ...minimal,
          LifecycleConfiguration: { Rules },
          TransitionDefaultMinimumObjectSize:
            TransitionDefaultMinimumObjectSize as TransitionDefaultMinimumObjectSize,
        }),
      );
    for (const [given, told] of [
      ["varies_by_storage_class", "varies_by_storage_class"],
      [undefined, "all_storage_classes_128K"],
    ] as const) {
      assert.equal((await putWith(given)).TransitionDefaultMinimumObjectSize, told);
      const shown = await client.send(new GetBucketLifecycleConfigurationCommand(minimal));
      assert.equal(shown.TransitionDefaultMinimumObjectSize, told);
    }
    await says(putWith("value"), "InvalidRequest", 400, {
      message: "Invalid TransitionDefaultMinimumObjectSize found: value",
    });
  });

  it("tell when the newest version expires, unless it is named", async () => {
    const expiring = { Bucket: "words-expiring", Key: "k" };
    await client.send(new CreateBucketCommand({ Bucket: expiring.Bucket }));
    const Rules = [
      { ID: "r", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 1 } },
    ];
    const VersioningConfiguration = { Status: "Enabled" as const };
    await client.send(new PutBucketVersioningCommand({ ...expiring, VersioningConfiguration }));
    await client.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: expiring.Bucket,
        LifecycleConfiguration: { Rules },
      }),
    );
    const { VersionId } = await put("k", expiring);
    assert.ok((await client.send(new HeadObjectCommand(expiring))).Expiration);
    const named = await client.send(new HeadObjectCommand({ ...expiring, VersionId }));
    assert.equal(named.Expiration, undefined);
  });

  describe("about locks", () => {
    const Locked = "words-locked";

    before(() =>
      client.send(new CreateBucketCommand({ Bucket: Locked, ObjectLockEnabledForBucket: true })),
    );

    it("tell a legal hold that was lifted from one that there never was", async () => {
      const object = { Bucket: Locked, Key: "held" };
      await put("held", { Bucket: Locked });
      const held = () => client.send(new GetObjectLegalHoldCommand(object));
      const shown = async () =>
        (await client.send(new HeadObjectCommand(object))).ObjectLockLegalHoldStatus;
      await refused(held(), "NoSuchObjectLockConfiguration", 404);
      assert.equal(await shown(), undefined);
      for (const Status of ["ON", "OFF"] as const) {
        await client.send(new PutObjectLegalHoldCommand({ ...object, LegalHold: { Status } }));
        assert.equal((await held()).LegalHold?.Status, Status);
        assert.equal(await shown(), Status);
      }
      await refused(
        client.send(new PutObjectLegalHoldCommand({ Bucket, Key: "k", LegalHold: {} })),
        "MalformedXML",
        400,
      );
    });

    it("tell of no legal hold without Object Lock, though a record does", async () => {
      const unlocked = { Bucket: "words-unlocked", Key: "k" };
      await client.send(new CreateBucketCommand({ Bucket: unlocked.Bucket }));
      await put("k", unlocked);
      const bucket = path.join(fixture.dataDir, "buckets", unlocked.Bucket);
      const record = path.join(bucket, "versions", "1.json");
      const version = JSON.parse(await fs.readFile(record, "utf8")) as { content: object };
      const content = { ...version.content, legalHold: false };
      await fs.writeFile(record, JSON.stringify({ ...version, content }));
      await fixture.restart();
      client = fixture.client;
      const shown = await client.send(new HeadObjectCommand(unlocked));
      assert.equal(shown.ObjectLockLegalHoldStatus, undefined);
    });

    it("name what is missing or past", async () => {
      await says(
        put("l", { Bucket: Locked, ObjectLockMode: "GOVERNANCE" }),
        "InvalidArgument",
        400,
        {
          ArgumentName: "x-amz-object-lock-retain-until-date",
        },
      );
      await put("l", { Bucket: Locked });
      const Retention = { Mode: "GOVERNANCE", RetainUntilDate: new Date(0) } as const;
      await refused(
        client.send(new PutObjectRetentionCommand({ Bucket: Locked, Key: "l", Retention })),
        "InvalidArgument",
        400,
      ).then((error) => {
        assert.equal((error as unknown as Record<string, unknown>).ArgumentName, "RetainUntilDate");
      });
    });
  });

  it("read metadata as RFC 2047 writes it, where it need not be written so", async () => {
    const nonAscii = "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=";
    const broken = "=?UTF-8?B?=GGG?=";
    await put("encoded", {
      Metadata: {
        b: "=?UTF-8?B?YWJj?=",
        q: "=?utf-8?q?actually=2Dascii_text?=",
        n: nonAscii,
        x: broken,
      },
    });
    const { Metadata } = await client.send(new HeadObjectCommand({ Bucket, Key: "encoded" }));
    assert.deepEqual(Metadata, { b: "abc", q: "actually-ascii text", n: nonAscii, x: broken });
  });

  it("read each byte of metadata in headers as a character", async () => {
    // The SDK sends UTF-8.
    await put("bytes", { Metadata: { n: "ÄMÄZÕÑ S3" } });
    const { Metadata } = await client.send(new HeadObjectCommand({ Bucket, Key: "bytes" }));
    assert.deepEqual(Metadata, { n: "=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?=" });
  });

  it("name storage classes and sources of copies that are none", async () => {
    await says(put("class", { StorageClass: "OUTPOSTS" }), "InvalidStorageClass", 400, {
      StorageClassRequested: "OUTPOSTS",
    });
    await says(
      client.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: "wrongformat" })),
      "InvalidArgument",
      400,
      {
        message: "Invalid copy source object key",
        ArgumentName: "x-amz-copy-source",
        ArgumentValue: "x-amz-copy-source",
      },
    );
  });

  it("tell the ARN of a bucket", async () => {
    const { BucketArn } = await client.send(new HeadBucketCommand({ Bucket }));
    assert.equal(BucketArn, `arn:aws:s3:::${Bucket}`);
  });

  it("do not repeat what they need not", async () => {
    const bypass = "x-amz-bypass-governance-retention";
    await says(
      client.send(new DeleteObjectCommand({ Bucket, Key: "k", BypassGovernanceRetention: true })),
      "InvalidArgument",
      400,
      { ArgumentName: bypass },
    );
    const ApplyServerSideEncryptionByDefault = {
      SSEAlgorithm: "AES256",
      KMSMasterKeyID: "key",
    } as const;
    const Rules = [{ ApplyServerSideEncryptionByDefault }];
    await says(
      client.send(
        new PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: { Rules },
        }),
      ),
      "InvalidArgument",
      400,
      { ArgumentName: "ApplyServerSideEncryptionByDefault" },
    );
  });

  for (const [Policy, message] of [
    ["invalid json", "Policies must be valid JSON and the first byte must be '{'"],
    ["", "Policies must be valid JSON and the first byte must be '{'"],
    ["{}", "Missing required field Statement"],
  ] as const) {
    it(`say what is missing of the policy "${Policy}"`, () =>
      says(client.send(new PutBucketPolicyCommand({ Bucket, Policy })), "MalformedPolicy", 400, {
        message,
      }));
  }
});
