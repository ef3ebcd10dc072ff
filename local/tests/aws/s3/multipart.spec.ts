import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import type {
  CompletedPart,
  CreateMultipartUploadCommandInput,
  ListMultipartUploadsCommandInput,
  ListMultipartUploadsCommandOutput,
} from "@aws-sdk/client-s3";
import { refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "multipart";
const partBytes = 5 * 1024 * 1024;

describe("S3 multipart uploads", () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startS3();
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
  });
  after(async () => {
    await fixture.close();
  });

  const create = async (Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}) => {
    const command = new CreateMultipartUploadCommand({ Bucket, Key, ...more });
    return (await fixture.client.send(command)).UploadId ?? "";
  };
  const upload = (Key: string, UploadId: string, PartNumber: number, Body: string | Buffer) =>
    fixture.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  const complete = (Key: string, UploadId: string, Parts: CompletedPart[], more = {}) =>
    fixture.client.send(
      new CompleteMultipartUploadCommand({
        Bucket,
        Key,
        UploadId,
        MultipartUpload: { Parts },
        ...more,
      }),
    );
  const md5 = (data: string | Buffer) => createHash("md5").update(data).digest();

  it("join their parts into one object", async () => {
    const first = Buffer.alloc(partBytes, "a");
    const id = await create("joined", { ContentType: "text/joined", Metadata: { m: "1" } });
    const one = await upload("joined", id, 1, first);
    const two = await upload("joined", id, 2, "the end");
    const reply = await complete("joined", id, [
      { PartNumber: 1, ETag: one.ETag, ChecksumCRC32: one.ChecksumCRC32 },
      { PartNumber: 2, ETag: two.ETag, ChecksumCRC32: two.ChecksumCRC32 },
    ]);
    const etag = md5(Buffer.concat([md5(first), md5("the end")])).toString("hex");
    assert.equal(reply.ETag, `"${etag}-2"`);
    const object = await fixture.client.send(new GetObjectCommand({ Bucket, Key: "joined" }));
    assert.equal(object.ContentType, "text/joined");
    assert.deepEqual(object.Metadata, { m: "1" });
    const bytes = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
    assert.ok(bytes.equals(Buffer.concat([first, Buffer.from("the end")])));
    const part = await fixture.client.send(
      new GetObjectCommand({ Bucket, Key: "joined", PartNumber: 2 }),
    );
    assert.equal(await part.Body?.transformToString(), "the end");
    assert.equal(part.PartsCount, 2);
    await refused(complete("joined", id, [{ PartNumber: 1, ETag: one.ETag }]), "NoSuchUpload", 404);
  });

  it("tell the checksum of one part, where parts were sent with checksums", async () => {
    const id = await create("summed", { ChecksumAlgorithm: "SHA256" });
    const parts: CompletedPart[] = [];
    for (const [index, body] of [Buffer.alloc(partBytes, "a"), "the end"].entries()) {
      const command = { Bucket, Key: "summed", UploadId: id, PartNumber: index + 1, Body: body };
      const sent = new UploadPartCommand({ ...command, ChecksumAlgorithm: "SHA256" });
      const { ETag, ChecksumSHA256 } = await fixture.client.send(sent);
      parts.push({ PartNumber: index + 1, ETag, ChecksumSHA256 });
    }
    await complete("summed", id, parts);
    const head = (Key: string, PartNumber: number) =>
      fixture.client.send(
        new HeadObjectCommand({ Bucket, Key, PartNumber, ChecksumMode: "ENABLED" }),
      );
    const second = await head("summed", 2);
    assert.equal(second.ChecksumSHA256, createHash("sha256").update("the end").digest("base64"));
    assert.equal(second.ChecksumType, "COMPOSITE");
    const whole = new PutObjectCommand({
      Bucket,
      Key: "one",
      Body: "x",
      ChecksumAlgorithm: "SHA1",
    });
    const { ChecksumSHA1 } = await fixture.client.send(whole);
    assert.equal((await head("one", 1)).ChecksumSHA1, ChecksumSHA1);
    const alone = { Bucket, Key: "alone", UploadId: await create("alone"), PartNumber: 1 };
    const { ETag } = await fixture.client.send(new UploadPartCommand({ ...alone, Body: "x" }));
    const { ChecksumCRC64NVME } = await complete("alone", alone.UploadId, [
      { PartNumber: 1, ETag },
    ]);
    assert.ok(ChecksumCRC64NVME);
    assert.equal((await head("alone", 1)).ChecksumCRC64NVME, ChecksumCRC64NVME);
  });

  it("are listed page by page and by folder, while they are aborted, too", async () => {
    const keys = ["listed/a", "listed/b", "listed/b", "listed/b", "listed/c/1", "listed/c/2"];
    const ids: string[] = [];
    for (const key of keys) {
      ids.push(await create(key));
    }
    const list = (more: Partial<ListMultipartUploadsCommandInput>) =>
      fixture.client.send(
        new ListMultipartUploadsCommand({ Bucket, Prefix: "listed/", Delimiter: "/", ...more }),
      );
    const shown = ({ Uploads = [], CommonPrefixes = [] }: ListMultipartUploadsCommandOutput) => [
      ...Uploads.map(({ Key }) => Key),
      ...CommonPrefixes.map(({ Prefix }) => Prefix),
    ];
    const whole = await list({});
    assert.deepEqual(shown(whole), [...keys.slice(0, 4), "listed/c/"]);
    assert.deepEqual([whole.IsTruncated, whole.MaxUploads, whole.Delimiter], [false, 1000, "/"]);
    const first = await list({ MaxUploads: 2 });
    assert.deepEqual(shown(first), ["listed/a", "listed/b"]);
    assert.deepEqual([first.IsTruncated, first.MaxUploads], [true, 2]);
    assert.deepEqual([first.NextKeyMarker, first.NextUploadIdMarker], ["listed/b", ids[1]]);
    for (const { Key, UploadId } of first.Uploads ?? []) {
      await fixture.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    }
    const second = await list({
      MaxUploads: 3,
      KeyMarker: first.NextKeyMarker,
      UploadIdMarker: first.NextUploadIdMarker,
    });
    assert.deepEqual(shown(second), ["listed/b", "listed/b", "listed/c/"]);
    assert.deepEqual([second.IsTruncated, second.NextKeyMarker], [false, "listed/c/"]);
    assert.deepEqual(shown(await list({ KeyMarker: "listed/b" })), ["listed/c/"]);
    assert.deepEqual(shown(await list({ KeyMarker: "listed/c/" })), []);
    await refused(list({ MaxUploads: -1 }), "InvalidArgument", 400);
    const none = { UploadIdMarker: "none" };
    for (const UploadIdMarker of ["none", ids[4]]) {
      const behind = list({ UploadIdMarker, KeyMarker: "listed/b" });
      const error = await refused(behind, "InvalidArgument", 400);
      assert.equal(error.message, "Invalid uploadId marker");
    }
    assert.deepEqual(shown(await list(none)), shown(await list({})));
  });

  it("are completed once, however often it is asked for", async () => {
    const id = await create("repeated");
    const { ETag } = await upload("repeated", id, 1, "x");
    const parts = [{ PartNumber: 1, ETag }];
    const replies = await Promise.all([
      complete("repeated", id, parts),
      complete("repeated", id, parts),
    ]);
    replies.push(await complete("repeated", id, parts, { IfNoneMatch: "*" }));
    await fixture.restart();
    replies.push(await complete("repeated", id, parts));
    const [first, ...others] = replies.map((reply) => ({ ...reply, $metadata: {} }));
    for (const other of others) {
      assert.deepEqual(other, first);
    }
    await refused(complete("other", id, parts), "NoSuchUpload", 404);
    const Key = "repeated";
    await fixture.client.send(new DeleteObjectCommand({ Bucket, Key }));
    await refused(complete(Key, id, parts), "NoSuchUpload", 404);
  });

  for (const [ChecksumAlgorithm, ChecksumType] of [
    ["SHA256", "COMPOSITE"],
    ["CRC32", "FULL_OBJECT"],
    ["CRC64NVME", "FULL_OBJECT"],
  ] as const) {
    it(`have a ${ChecksumType} ${ChecksumAlgorithm} checksum`, async () => {
      const Key = "summed";
      const property = `Checksum${ChecksumAlgorithm}` as const;
      const id = await create(Key, { ChecksumAlgorithm, ChecksumType });
      const parts: CompletedPart[] = [];
      for (const [PartNumber, body] of [
        [1, Buffer.alloc(partBytes, "z")],
        [2, "end"],
      ] as const) {
        const part = await fixture.client.send(
          new UploadPartCommand({
            Bucket,
            Key,
            UploadId: id,
            PartNumber,
            Body: body,
            ChecksumAlgorithm,
          }),
        );
        parts.push({ PartNumber, ETag: part.ETag, [property]: part[property] });
      }
      await complete(Key, id, parts);
      const head = await fixture.client.send(
        new HeadObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }),
      );
      const value = head[property];
      assert.equal(head.ChecksumType, ChecksumType);
      assert.equal(value?.endsWith("-2"), ChecksumType === "COMPOSITE");
    });
  }

  it("are listed with their parts, and can be aborted", async () => {
    const Key = "aborted";
    const UploadId = await create(Key);
    await upload(Key, UploadId, 2, "two");
    await upload(Key, UploadId, 1, "one");
    await upload(Key, UploadId, 1, "one again");
    const listed = await fixture.client.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    assert.deepEqual(
      listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
      [
        [1, 9],
        [2, 3],
      ],
    );
    const uploads = await fixture.client.send(
      new ListMultipartUploadsCommand({ Bucket, Prefix: Key }),
    );
    assert.deepEqual(
      uploads.Uploads?.map((each) => each.UploadId),
      [UploadId],
    );
    await fixture.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    await refused(upload(Key, UploadId, 1, "late"), "NoSuchUpload", 404);
    await refused(fixture.client.send(new GetObjectCommand({ Bucket, Key })), "NoSuchKey", 404);
  });

  it("are refused when parts are missing, too small or out of order", async () => {
    const Key = "wrong";
    const id = await create(Key);
    const { ETag: one } = await upload(Key, id, 1, "small");
    const { ETag: two } = await upload(Key, id, 2, "end");
    const both = [
      { PartNumber: 1, ETag: one },
      { PartNumber: 2, ETag: two },
    ];
    await refused(complete(Key, id, both), "EntityTooSmall", 400);
    await refused(complete(Key, id, [...both].reverse()), "InvalidPartOrder", 400);
    await refused(complete(Key, id, [{ PartNumber: 3, ETag: two }]), "InvalidPart", 400);
    await refused(complete(Key, id, [{ PartNumber: 1, ETag: two }]), "InvalidPart", 400);
    await refused(upload(Key, id, 10_001, "x"), "InvalidArgument", 400);
    await refused(upload("other", id, 1, "x"), "NoSuchUpload", 404);
    await complete(Key, id, [{ PartNumber: 2, ETag: two }]);
  });

  it("obey If-None-Match", async () => {
    const Key = "present";
    await fixture.client.send(new PutObjectCommand({ Bucket, Key, Body: "first" }));
    const id = await create(Key);
    const { ETag } = await upload(Key, id, 1, "second");
    const parts = [{ PartNumber: 1, ETag }];
    await refused(complete(Key, id, parts, { IfNoneMatch: "*" }), "PreconditionFailed", 412);
  });

  it("take parts from other objects", async () => {
    await fixture.client.send(new PutObjectCommand({ Bucket, Key: "source", Body: "0123456789" }));
    const Key = "from-copy";
    const UploadId = await create(Key);
    const copy = (CopySourceRange?: string) =>
      fixture.client.send(
        new UploadPartCopyCommand({
          Bucket,
          Key,
          UploadId,
          PartNumber: 1,
          CopySource: `${Bucket}/source`,
          CopySourceRange,
        }),
      );
    await refused(copy("bytes=5-10"), "InvalidArgument", 400);
    const { CopyPartResult } = await copy("bytes=2-4");
    await complete(Key, UploadId, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    const object = await fixture.client.send(new GetObjectCommand({ Bucket, Key }));
    assert.equal(await object.Body?.transformToString(), "234");
  });
});
