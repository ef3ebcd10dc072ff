import assert from "node:assert/strict";
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetBucketAclCommand,
  GetBucketLoggingCommand,
  GetBucketWebsiteCommand,
  GetObjectAclCommand,
  GetObjectAttributesCommand,
  type GetObjectAttributesCommandInput,
  type ObjectAttributes,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { canonicalUserId } from "../../../aws/s3/owner";
import { account, refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "described";
const all: ObjectAttributes[] = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

describe("S3, of buckets and objects", () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startS3();
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    const put = { Bucket, Key: "plain", Body: "hello", ChecksumAlgorithm: "CRC32" } as const;
    await fixture.client.send(new PutObjectCommand(put));
  });
  after(() => fixture.close());

  const attributesOf = (
    Key: string,
    more: Partial<GetObjectAttributesCommandInput> = {},
    client = fixture.client,
  ) => client.send(new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: all, ...more }));

  async function upload(Key: string, checksummed: boolean): Promise<void> {
    const { client } = fixture;
    const ChecksumAlgorithm = checksummed ? ("SHA256" as const) : undefined;
    const create = new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm });
    const { UploadId } = await client.send(create);
    const bodies = [Buffer.alloc(5 * 1024 * 1024, "a"), Buffer.from("end")];
    const Parts = [];
    for (const [index, Body] of bodies.entries()) {
      const PartNumber = index + 1;
      const part = { Bucket, Key, UploadId, PartNumber, Body, ChecksumAlgorithm };
      const { ETag, ChecksumSHA256 } = await client.send(new UploadPartCommand(part));
      Parts.push({ PartNumber, ETag, ChecksumSHA256 });
    }
    const MultipartUpload = { Parts };
    await client.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }),
    );
  }

  it("tells the attributes of an object that are asked for", async () => {
    const { $metadata: metadata, LastModified, ...shown } = await attributesOf("plain");
    assert.equal(metadata.httpStatusCode, 200);
    assert.ok(LastModified instanceof Date);
    assert.deepEqual(shown, {
      ETag: "5d41402abc4b2a76b9719d911017c592",
      Checksum: { ChecksumCRC32: "NhCmhg==", ChecksumType: "FULL_OBJECT" },
      StorageClass: "STANDARD",
      ObjectSize: 5,
    });
    const size = await attributesOf("plain", { ObjectAttributes: ["ObjectSize"] });
    assert.deepEqual([size.ObjectSize, size.ETag], [5, undefined]);
  });

  it("tells the parts of an object by pages, where they have checksums", async () => {
    await upload("parts", true);
    const first = (await attributesOf("parts", { MaxParts: 1 })).ObjectParts;
    assert.partialDeepStrictEqual(first, {
      TotalPartsCount: 2,
      MaxParts: 1,
      IsTruncated: true,
      PartNumberMarker: "0",
      NextPartNumberMarker: "1",
    });
    assert.deepEqual(
      first?.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
      [[1, 5 * 1024 * 1024]],
    );
    const second = (await attributesOf("parts", { PartNumberMarker: "1" })).ObjectParts;
    const [part] = second?.Parts ?? [];
    assert.equal(second?.IsTruncated, false);
    assert.deepEqual([part?.PartNumber, part?.Size], [2, 3]);
    assert.match(part?.ChecksumSHA256 ?? "", /^[\w+/]{43}=$/);
    await upload("plain-parts", false);
    const { ObjectParts } = await attributesOf("plain-parts");
    assert.deepEqual([ObjectParts?.TotalPartsCount, ObjectParts?.Parts], [2, undefined]);
  });

  it("tells attributes to those alone who may read and ask for them", async () => {
    const resource = `arn:aws:s3:::${Bucket}/*`;
    const clientWith = (...actions: string[]) =>
      fixture.clientOf({
        credentials: fixture.roleWith({ Effect: "Allow", Action: actions, Resource: resource }),
      });
    const may = clientWith("s3:GetObject", "s3:GetObjectAttributes");
    assert.equal((await attributesOf("plain", {}, may)).ObjectSize, 5);
    for (const action of ["s3:GetObject", "s3:GetObjectAttributes"]) {
      await refused(attributesOf("plain", {}, clientWith(action)), "AccessDenied", 403);
    }
  });

  it("refuses attributes that there are not, and objects", async () => {
    const wrong = ["Color"] as unknown as ObjectAttributes[];
    await refused(attributesOf("plain", { ObjectAttributes: wrong }), "InvalidArgument", 400);
    await refused(attributesOf("none"), "NoSuchKey", 404);
  });

  it("says of a bucket that it is no website and has no logs, to those who may ask", async () => {
    const { client } = fixture;
    const website = new GetBucketWebsiteCommand({ Bucket });
    const logging = new GetBucketLoggingCommand({ Bucket });
    await refused(client.send(website), "NoSuchWebsiteConfiguration", 404);
    assert.equal((await client.send(logging)).LoggingEnabled, undefined);
    const none = { Bucket: "no-bucket" };
    await refused(client.send(new GetBucketWebsiteCommand(none)), "NoSuchBucket", 404);
    await refused(client.send(new GetBucketLoggingCommand(none)), "NoSuchBucket", 404);
    const reader = fixture.clientOf({
      credentials: fixture.roleWith({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
    });
    await refused(reader.send(website), "AccessDenied", 403);
    await refused(reader.send(logging), "AccessDenied", 403);
  });

  it("shows the owner's ACL, and no other", async () => {
    const ID = canonicalUserId(account);
    const acl = {
      Owner: { ID },
      Grants: [{ Grantee: { Type: "CanonicalUser", ID }, Permission: "FULL_CONTROL" }],
    };
    const ofBucket = await fixture.client.send(new GetBucketAclCommand({ Bucket }));
    assert.partialDeepStrictEqual(ofBucket, acl);
    const ofObject = new GetObjectAclCommand({ Bucket, Key: "plain" });
    assert.partialDeepStrictEqual(await fixture.client.send(ofObject), acl);
    const none = fixture.client.send(new GetObjectAclCommand({ Bucket, Key: "none" }));
    await refused(none, "NoSuchKey", 404);
    const noBucket = fixture.client.send(new GetBucketAclCommand({ Bucket: "no-bucket" }));
    await refused(noBucket, "NoSuchBucket", 404);
    const reader = fixture.clientOf({
      credentials: fixture.roleWith({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
    });
    await refused(reader.send(ofObject), "AccessDenied", 403);
    await refused(reader.send(new GetBucketAclCommand({ Bucket })), "AccessDenied", 403);
  });
});
