import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import v8 from "node:v8";
import vm from "node:vm";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from "@aws-sdk/client-s3";
import type { PutObjectCommandInput } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "objects";

describe("S3 objects", () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startS3({ maxObjectBytes: 256 * 1024 * 1024 });
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
  });
  after(async () => {
    await fixture.close();
  });

  const put = (Key: string, Body: PutObjectCommandInput["Body"], more = {}) =>
    fixture.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const get = (Key: string, more = {}) =>
    fixture.client.send(new GetObjectCommand({ Bucket, Key, ...more }));
  const textOf = async (Key: string, more = {}) => {
    const { Body } = await get(Key, more);
    return (await Body?.transformToString()) ?? "";
  };

  it("gives back what was put, with its headers and metadata", async () => {
    const { ETag } = await put("plain.txt", "hello", {
      ContentType: "text/plain",
      CacheControl: "max-age=60",
      ContentDisposition: "inline",
      ContentLanguage: "de",
      ContentEncoding: "identity",
      Metadata: { author: "someone" },
    });
    assert.equal(ETag, `"${createHash("md5").update("hello").digest("hex")}"`);
    const reply = await get("plain.txt");
    assert.equal(await reply.Body?.transformToString(), "hello");
    assert.equal(reply.ContentType, "text/plain");
    assert.equal(reply.CacheControl, "max-age=60");
    assert.equal(reply.ContentDisposition, "inline");
    assert.equal(reply.ContentLanguage, "de");
    assert.equal(reply.ContentEncoding, "identity");
    assert.deepEqual(reply.Metadata, { author: "someone" });
    assert.equal(reply.AcceptRanges, "bytes");
    assert.equal(reply.ETag, ETag);
    assert.equal(reply.VersionId, undefined);
    assert.equal(reply.ServerSideEncryption, "AES256");
    assert.ok(reply.LastModified);
  });

  it("keeps the encodings of an object as they are stated", async () => {
    const ContentEncoding = "deflate, gzip";
    await put("encoded", "x", { ContentEncoding });
    const head = await fixture.client.send(new HeadObjectCommand({ Bucket, Key: "encoded" }));
    assert.equal(head.ContentEncoding, ContentEncoding);
  });

  it("calls bytes of no stated type binary/octet-stream", async () => {
    const bytes = Buffer.from([0, 255, 128]);
    await fixture.client.send(new PutObjectCommand({ Bucket, Key: "untyped", Body: bytes }));
    const reply = await get("untyped");
    assert.deepEqual(Buffer.from((await reply.Body?.transformToByteArray()) ?? []), bytes);
    assert.match(reply.ContentType ?? "", /octet-stream/);
  });

  it("describes an object on HEAD as on GET", async () => {
    await put("head", "12345");
    const reply = await fixture.client.send(new HeadObjectCommand({ Bucket, Key: "head" }));
    assert.equal(reply.ContentLength, 5);
    await refused(
      fixture.client.send(new HeadObjectCommand({ Bucket, Key: "missing" })),
      "NotFound",
      404,
    );
  });

  it("answers NoSuchKey and NoSuchBucket", async () => {
    const error = await refused(get("missing"), "NoSuchKey", 404);
    assert.match(error.$metadata.requestId ?? "", /^[0-9A-F]{16}$/);
    await refused(get("any", { Bucket: "no-such-bucket" }), "NoSuchBucket", 404);
  });

  it("keeps an empty object", async () => {
    await put("empty", "");
    const reply = await get("empty");
    assert.equal(reply.ContentLength, 0);
    assert.equal(await reply.Body?.transformToString(), "");
  });

  it("gives the last bytes of an empty object, and no others", async () => {
    await put("empty", "");
    for (const Command of [GetObjectCommand, HeadObjectCommand]) {
      const input = { Bucket, Key: "empty", Range: "bytes=-1", ChecksumMode: "ENABLED" } as const;
      const { $metadata, ContentLength, ContentRange } = await fixture.client.send(
        new Command(input),
      );
      assert.deepEqual(
        [$metadata.httpStatusCode, ContentLength, ContentRange],
        [200, 0, undefined],
      );
    }
    for (const Range of ["bytes=0-", "bytes=0-0", "bytes=-0"]) {
      await refused(get("empty", { Range }), "InvalidRange", 416);
    }
  });

  it("serves ranges", async () => {
    await put("digits", "0123456789");
    const first = await get("digits", { Range: "bytes=0-3" });
    assert.equal(await first.Body?.transformToString(), "0123");
    assert.equal(first.ContentRange, "bytes 0-3/10");
    assert.equal(first.$metadata.httpStatusCode, 206);
    assert.equal(await textOf("digits", { Range: "bytes=7-" }), "789");
    assert.equal(await textOf("digits", { Range: "bytes=-2" }), "89");
    assert.equal(await textOf("digits", { Range: "bytes=-50" }), "0123456789");
    assert.equal(await textOf("digits", { Range: "bytes=8-100" }), "89");
  });

  it("ignores ranges that it cannot read, and refuses those outside the object", async () => {
    await put("digits", "0123456789");
    for (const Range of ["bytes=5-2", "bytes=0-1,3-4", "lines=1-2"]) {
      assert.equal(await textOf("digits", { Range }), "0123456789");
    }
    await refused(get("digits", { Range: "bytes=10-" }), "InvalidRange", 416);
    await refused(get("digits", { Range: "bytes=-0" }), "InvalidRange", 416);
  });

  it("refuses numbers that no part can have, whether there is the object or not", async () => {
    await put("digits", "0123456789");
    const head = (Key: string, PartNumber: number) =>
      fixture.client.send(new HeadObjectCommand({ Bucket, Key, PartNumber }));
    for (const PartNumber of [-1, 0, 10_001]) {
      for (const key of ["digits", "missing"]) {
        const error = await refused(get(key, { PartNumber }), "InvalidArgument", 400);
        const message = "Part number must be an integer between 1 and 10000, inclusive";
        assert.equal(error.message, message);
        await refused(head(key, PartNumber), "Unknown", 400);
      }
    }
    await refused(get("digits", { PartNumber: 10_000 }), "InvalidPartNumber", 416);
    await refused(get("missing", { PartNumber: 10_000 }), "NoSuchKey", 404);
  });

  it("evaluates conditions on reads", async () => {
    const { ETag } = await put("conditional", "x");
    const past = new Date(0);
    const future = new Date(Date.now() + 60_000);
    assert.equal(await textOf("conditional", { IfMatch: ETag }), "x");
    await refused(get("conditional", { IfMatch: '"other"' }), "PreconditionFailed", 412);
    await refused(get("conditional", { IfNoneMatch: ETag }), "Unknown", 304);
    assert.equal(await textOf("conditional", { IfNoneMatch: '"other"' }), "x");
    const since = new Date(Date.now() + 1000);
    fixture.advance(2000);
    await refused(get("conditional", { IfModifiedSince: since }), "Unknown", 304);
    // Not yet: no valid condition.
    assert.equal(await textOf("conditional", { IfModifiedSince: future }), "x");
    assert.equal(await textOf("conditional", { IfModifiedSince: past }), "x");
    await refused(get("conditional", { IfUnmodifiedSince: past }), "PreconditionFailed", 412);
    assert.equal(await textOf("conditional", { IfUnmodifiedSince: future }), "x");
    // An entity tag counts more than a date: RFC 9110, section 13.2.2.
    assert.equal(await textOf("conditional", { IfMatch: ETag, IfUnmodifiedSince: past }), "x");
    await refused(get("conditional", { IfNoneMatch: ETag, IfModifiedSince: past }), "Unknown", 304);
  });

  it("writes only what is not there yet with If-None-Match: *", async () => {
    await put("once", "first", { IfNoneMatch: "*" });
    await refused(put("once", "second", { IfNoneMatch: "*" }), "PreconditionFailed", 412);
    assert.equal(await textOf("once"), "first");
  });

  it("lets one of many concurrent conditional writes win", async () => {
    const attempts = Array.from({ length: 10 }, (_, index) =>
      put("race", `writer ${index}`, { IfNoneMatch: "*" }),
    );
    const results = await Promise.allSettled(attempts);
    const winners = results.flatMap(({ status }, index) => (status === "fulfilled" ? index : []));
    assert.equal(winners.length, 1);
    assert.equal(await textOf("race"), `writer ${winners[0] ?? ""}`);
  });

  it("replaces only what the client has seen with If-Match", async () => {
    const { ETag } = await put("swap", "one");
    await put("swap", "two", { IfMatch: ETag });
    await refused(put("swap", "three", { IfMatch: ETag }), "PreconditionFailed", 412);
    await refused(put("swap-missing", "x", { IfMatch: ETag }), "NoSuchKey", 404);
    assert.equal(await textOf("swap"), "two");
  });

  it("refuses If-None-Match with an entity tag, as S3 does", async () => {
    await refused(put("tagged", "x", { IfNoneMatch: '"abc"' }), "NotImplemented", 501);
  });

  it("deletes, and deletes again", async () => {
    await put("gone", "x");
    await fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "gone" }));
    await refused(get("gone"), "NoSuchKey", 404);
    const again = await fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "gone" }));
    assert.equal(again.$metadata.httpStatusCode, 204);
  });

  it("deletes only what the client has seen with If-Match", async () => {
    const { ETag } = await put("guarded", "x");
    const remove = (IfMatch: string | undefined) =>
      fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "guarded", IfMatch }));
    await refused(remove('"other"'), "PreconditionFailed", 412);
    const credentials = fixture.roleWith({
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:ListBucket"],
      Resource: "*",
    });
    const blind = fixture.clientOf({ credentials });
    const byTag = { Bucket, Key: "guarded", IfMatch: ETag };
    await refused(blind.send(new DeleteObjectCommand(byTag)), "AccessDenied", 403);
    await remove(ETag);
    await refused(get("guarded"), "NoSuchKey", 404);
    await refused(remove(ETag), "NoSuchKey", 404);
    await refused(remove("*"), "NoSuchKey", 404);
    await put("guarded", "x");
    await blind.send(new DeleteObjectCommand({ ...byTag, IfMatch: "*" }));
    await refused(get("guarded"), "NoSuchKey", 404);
  });

  it("deletes many at once, and tells each", async () => {
    await put("many/1", "x");
    await put("many/ 2&<>\r\n", "x");
    const reply = await fixture.client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: "many/1" }, { Key: "many/ 2&<>\r\n" }, { Key: "many/none" }] },
      }),
    );
    assert.deepEqual(
      reply.Deleted?.map(({ Key }) => Key),
      ["many/1", "many/ 2&<>\r\n", "many/none"],
    );
    const left = await fixture.client.send(new ListObjectsV2Command({ Bucket, Prefix: "many/" }));
    assert.equal(left.KeyCount, 0);
  });

  it("deletes of many what the client has seen, and tells why others stay", async () => {
    const { ETag } = await put("seen/1", "x");
    await put("seen/2", "changed");
    const { Deleted, Errors = [] } = await fixture.client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: ["1", "2", "3"].map((name) => ({ Key: `seen/${name}`, ETag })) },
      }),
    );
    assert.deepEqual(Deleted, [{ Key: "seen/1" }]);
    assert.deepEqual(
      Errors.map(({ Key, Code }) => [Key, Code]),
      [
        ["seen/2", "PreconditionFailed"],
        ["seen/3", "NoSuchKey"],
      ],
    );
    assert.equal(await textOf("seen/2"), "changed");
  });

  it("keeps any key apart and inside its folder", async () => {
    const keys = [
      "../../../etc/passwd",
      "..",
      ".",
      "a//b",
      "a/./b",
      "a/../b",
      "trailing/",
      "Case",
      "case",
      "spaces and + plus",
      "percent%2Fencoded",
      "ünïcödé/日本語/😀",
      "quote'\"<>&",
      "__proto__",
      "con",
      "k".repeat(1024),
    ];
    for (const key of keys) {
      await put(key, `body of ${key}`);
    }
    for (const key of keys) {
      assert.equal(await textOf(key), `body of ${key}`);
    }
    const listed = await fixture.client.send(new ListObjectsV2Command({ Bucket }));
    const found = new Set(listed.Contents?.map(({ Key }) => Key));
    assert.ok(keys.every((key) => found.has(key)));
  });

  it("takes a plus in a path and in a copy's source for a space, and %2B for a plus", async () => {
    await put("a b", "space");
    await put("a+b", "plus");
    const url = await getSignedUrl(fixture.client, new GetObjectCommand({ Bucket, Key: "a b" }));
    for (const space of ["%20", "+"]) {
      const reply = await fetch(url.replace("a%20b", `a${space}b`));
      assert.deepEqual([reply.status, await reply.text()], [200, "space"]);
    }
    const copies = { "a+b": "space", "a%20b": "space", "a%2Bb": "plus" };
    for (const [source, text] of Object.entries(copies)) {
      const copy = { Bucket, Key: "copied", CopySource: `${Bucket}/${source}` };
      await fixture.client.send(new CopyObjectCommand(copy));
      assert.equal(await textOf("copied"), text, source);
    }
  });

  it("refuses keys of more than 1,024 bytes", async () => {
    await refused(put("ü".repeat(513), "x"), "KeyTooLongError", 400);
  });

  it("checks Content-MD5", async () => {
    const md5 = (text: string) => createHash("md5").update(text).digest("base64");
    await put("md5", "right", { ContentMD5: md5("right") });
    await refused(put("md5", "wrong", { ContentMD5: md5("right") }), "BadDigest", 400);
    await refused(put("md5", "wrong", { ContentMD5: "nonsense" }), "InvalidDigest", 400);
    assert.equal(await textOf("md5"), "right");
  });

  for (const ChecksumAlgorithm of ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const) {
    it(`verifies, keeps and returns ${ChecksumAlgorithm} checksums`, async () => {
      const reply = await put("sum", "some text", { ChecksumAlgorithm });
      const property = `Checksum${ChecksumAlgorithm}` as const;
      assert.ok(reply[property]);
      const head = await fixture.client.send(
        new HeadObjectCommand({ Bucket, Key: "sum", ChecksumMode: "ENABLED" }),
      );
      assert.equal(head[property], reply[property]);
      assert.equal(head.ChecksumType, "FULL_OBJECT");
      const wrong = Buffer.alloc(Buffer.from(reply[property], "base64").length).toString("base64");
      await refused(put("sum", "other", { [property]: wrong }), "BadDigest", 400);
      await refused(put("sum", "other", { [property]: "????" }), "InvalidRequest", 400);
      assert.equal(await textOf("sum"), "some text");
    });
  }

  it("decodes streams, whose checksum comes in a trailer", async () => {
    const chunks = ["a".repeat(70_000), "b".repeat(70_000), "end"];
    const body = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
    const { ChecksumCRC32 } = await put("stream", body, { ContentLength: 140_003 });
    assert.ok(ChecksumCRC32);
    const reply = await get("stream");
    assert.equal(await reply.Body?.transformToString(), chunks.join(""));
    assert.equal(reply.ContentEncoding, undefined);
  });

  it("streams large objects in bounded memory", async function () {
    this.timeout(60_000);
    // Only what is still referenced counts, not what waits to be collected.
    v8.setFlagsFromString("--expose-gc");
    const collectGarbage = vm.runInNewContext("gc") as () => void;
    const memory = () => {
      collectGarbage();
      // Buffers are freed in the background; the next collection waits for the end of it.
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    const chunk = Buffer.alloc(1024 * 1024, 7);
    const size = 96 * chunk.length;
    const before = memory();
    // Over a new connection: one that is idle the service may close while memory is collected.
    fixture.client.destroy();
    const held: number[] = [];
    function* body() {
      for (let sent = 0; sent < size; sent += chunk.length) {
        if (sent % (size / 3) === 0) {
          held.push(memory() - before);
        }
        yield chunk;
      }
    }
    await put("large", Readable.from(body()), { ContentLength: size });
    const reply = await get("large");
    let received = 0;
    for await (const piece of reply.Body as AsyncIterable<Buffer>) {
      if (Math.floor(received / (size / 3)) < Math.floor((received + piece.length) / (size / 3))) {
        held.push(memory() - before);
      }
      received += piece.length;
    }
    assert.equal(received, size);
    assert.equal(held.length, 6);
    assert.ok(Math.max(...held) < size / 4, `${held.join(", ")} bytes were held`);
  });

  it("refuses what is too large", async () => {
    const body = Readable.from([Buffer.alloc(10)]);
    await refused(
      put("too-large", body, { ContentLength: 256 * 1024 * 1024 + 1 }),
      "EntityTooLarge",
      400,
    );
  });

  it("limits metadata to 2 KB and writes other than ASCII as RFC 2047 does", async () => {
    await put("meta", "x", { Metadata: { a: "v".repeat(2047) } });
    await refused(put("meta", "x", { Metadata: { a: "v".repeat(2048) } }), "MetadataTooLarge", 400);
  });

  it("keeps tags from the header and from the subresource", async () => {
    await put("tags", "x", { Tagging: "colour=deep%20blue&size=1" });
    const tagsOf = async () => {
      const reply = await fixture.client.send(new GetObjectTaggingCommand({ Bucket, Key: "tags" }));
      return reply.TagSet;
    };
    assert.deepEqual(await tagsOf(), [
      { Key: "colour", Value: "deep blue" },
      { Key: "size", Value: "1" },
    ]);
    assert.equal((await get("tags")).TagCount, 2);
    const TagSet = [{ Key: "new", Value: "" }];
    await fixture.client.send(
      new PutObjectTaggingCommand({ Bucket, Key: "tags", Tagging: { TagSet } }),
    );
    assert.deepEqual(await tagsOf(), TagSet);
    assert.equal(await textOf("tags"), "x");
    await fixture.client.send(new DeleteObjectTaggingCommand({ Bucket, Key: "tags" }));
    assert.deepEqual(await tagsOf(), []);
  });

  it("refuses bad tags", async () => {
    await refused(put("bad", "x", { Tagging: "a=1&a=2" }), "InvalidArgument", 400);
    await refused(put("bad", "x", { Tagging: "a=1,b=2" }), "InvalidArgument", 400);
    await refused(put("bad", "x", { Tagging: `${"k".repeat(129)}=1` }), "InvalidTag", 400);
    await refused(put("bad", "x", { Tagging: "k=%3C%3E" }), "InvalidTag", 400);
    const eleven = Array.from({ length: 11 }, (_, index) => `t${index}=1`).join("&");
    await refused(put("bad", "x", { Tagging: eleven }), "BadRequest", 400);
    await refused(get("bad"), "NoSuchKey");
  });

  it("copies objects with or without their metadata", async () => {
    await put("from me", "copied", { Metadata: { a: "1" }, Tagging: "t=1", ContentType: "text/x" });
    const copy = (more: object) =>
      fixture.client.send(
        new CopyObjectCommand({ Bucket, Key: "to", CopySource: `${Bucket}/from%20me`, ...more }),
      );
    const kept = await copy({});
    assert.ok(kept.CopyObjectResult?.ETag);
    let reply = await get("to");
    assert.equal(await reply.Body?.transformToString(), "copied");
    assert.deepEqual(reply.Metadata, { a: "1" });
    assert.equal(reply.ContentType, "text/x");
    assert.equal(reply.TagCount, 1);
    await copy({ MetadataDirective: "REPLACE", Metadata: { b: "2" }, TaggingDirective: "REPLACE" });
    reply = await get("to");
    assert.deepEqual(reply.Metadata, { b: "2" });
    assert.equal(reply.TagCount, undefined);
    await refused(copy({ CopySourceIfMatch: '"other"' }), "PreconditionFailed", 412);
    await refused(copy({ Key: "from me" }), "InvalidRequest", 400);
    await refused(copy({ CopySource: `${Bucket}/missing` }), "NoSuchKey", 404);
  });

  it("refuses what it does not emulate, and never takes it for a plain GET or PUT", async () => {
    await put("plain", "x");
    const call = async (method: "GET" | "HEAD" | "PUT", query: string, headers = {}) => {
      const reply = await fixture.s3.handle({
        principal: { kind: "root", arn: "arn:aws:iam::123456789012:root" },
        method,
        bucket: Bucket,
        key: "plain",
        query: new URLSearchParams(query),
        headers,
        body: Buffer.from("<xml/>"),
      });
      return reply.status;
    };
    for (const query of ["torrent", "restore", "website", "annotation"]) {
      assert.equal(await call("GET", query), 501, query);
      assert.equal(await call("PUT", query), 501, query);
    }
    assert.equal(await call("PUT", "attributes"), 501);
    assert.equal(await call("GET", "acl&tagging"), 400);
    assert.equal(await call("PUT", "", { "x-amz-grant-read": "id=1" }), 400);
    assert.equal(await call("PUT", "", { "x-amz-acl": "public-read" }), 400);
    assert.equal(await call("PUT", "", { "x-amz-storage-class": "GLACIER" }), 501);
    assert.equal(
      await call("PUT", "", { "x-amz-server-side-encryption-customer-algorithm": "AES256" }),
      501,
    );
    assert.equal(await textOf("plain"), "x");
  });
});
