import assert from "node:assert/strict";
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketLoggingCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketWebsiteCommand,
  GetObjectAclCommand,
  GetObjectAttributesCommand,
  type GetObjectAttributesCommandInput,
  type ObjectAttributes,
  PutBucketAclCommand,
  PutObjectAclCommand,
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
    const third = (await attributesOf("parts", { PartNumberMarker: "2" })).ObjectParts;
    assert.deepEqual([third?.NextPartNumberMarker, third?.Parts], ["0", undefined]);
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

  it("says of a bucket that its owner pays, and that it is neither replicated nor accelerated", async () => {
    const { client } = fixture;
    const payment = await client.send(new GetBucketRequestPaymentCommand({ Bucket }));
    assert.equal(payment.Payer, "BucketOwner");
    const accelerate = new GetBucketAccelerateConfigurationCommand({ Bucket });
    assert.equal((await client.send(accelerate)).Status, undefined);
    const replication = new GetBucketReplicationCommand({ Bucket });
    await refused(client.send(replication), "ReplicationConfigurationNotFoundError", 404);
    const reader = fixture.clientOf({
      credentials: fixture.roleWith({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }),
    });
    await refused(reader.send(replication), "AccessDenied", 403);
    await refused(reader.send(accelerate), "AccessDenied", 403);
    await refused(reader.send(new GetBucketRequestPaymentCommand({ Bucket })), "AccessDenied", 403);
  });

  it("takes no ACLs where all is the owner's, which new buckets begin with", async () => {
    const { client } = fixture;
    for (const ACL of ["private", "public-read"] as const) {
      const ofBucket = client.send(new PutBucketAclCommand({ Bucket, ACL }));
      await refused(ofBucket, "AccessControlListNotSupported", 400);
      const ofObject = client.send(new PutObjectAclCommand({ Bucket, Key: "plain", ACL }));
      await refused(ofObject, "AccessControlListNotSupported", 400);
      const put = client.send(new PutObjectCommand({ Bucket, Key: "acl", Body: "x", ACL }));
      await refused(put, "AccessControlListNotSupported", 400);
    }
    const Grants = [
      { Grantee: { Type: "CanonicalUser" as const, ID: "1" }, Permission: "READ" as const },
    ];
    const AccessControlPolicy = { Owner: { ID: canonicalUserId(account) }, Grants };
    const granted = client.send(new PutBucketAclCommand({ Bucket, AccessControlPolicy }));
    await refused(granted, "AccessControlListNotSupported", 400);
    const ACL = "bucket-owner-full-control";
    await client.send(new PutObjectAclCommand({ Bucket, Key: "plain", ACL }));
    const open = new CreateBucketCommand({ Bucket: "open-to-all", ACL: "public-read" });
    await refused(client.send(open), "InvalidBucketAclWithObjectOwnership", 400);
    await client.send(new CreateBucketCommand({ Bucket: "closed-to-all", ACL: "private" }));
    const wrong = new PutObjectCommand({ Bucket, Key: "acl", ACL: "open" as "private" });
    await refused(client.send(wrong), "InvalidArgument", 400);
  });

  it("keeps the owner's ACL where buckets have ACLs, and grants nobody else anything", async () => {
    const { client } = fixture;
    const Owned = "with-acls";
    const ObjectOwnership = "BucketOwnerPreferred";
    await client.send(new CreateBucketCommand({ Bucket: Owned, ObjectOwnership }));
    const blocked = client.send(new PutBucketAclCommand({ Bucket: Owned, ACL: "public-read" }));
    await refused(blocked, "AccessDenied", 403);
    await client.send(new DeletePublicAccessBlockCommand({ Bucket: Owned }));
    const shown = await client.send(new GetBucketAclCommand({ Bucket: Owned }));
    const { Owner, Grants } = shown;
    const AccessControlPolicy = { Owner, Grants };
    await client.send(new PutBucketAclCommand({ Bucket: Owned, AccessControlPolicy }));
    await client.send(new PutBucketAclCommand({ Bucket: Owned, ACL: "private" }));
    const open = client.send(new PutBucketAclCommand({ Bucket: Owned, ACL: "public-read" }));
    await refused(open, "NotImplemented", 501);
    const GrantRead = "id=1";
    const granted = client.send(new PutBucketAclCommand({ Bucket: Owned, GrantRead }));
    await refused(granted, "NotImplemented", 501);
    const both = new PutBucketAclCommand({ Bucket: Owned, GrantRead, ACL: "private" });
    await refused(client.send(both), "InvalidRequest", 400);
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
