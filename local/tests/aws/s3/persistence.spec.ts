import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { createInterface } from "node:readline";
import { setImmediate } from "node:timers/promises";
import { Readable } from "node:stream";
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { Store } from "../../../aws/s3/store/store";
import { isObject } from "../../../aws/s3/store/version";
import { refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

describe("S3 data on disk", () => {
  let fixture: Fixture;
  const Bucket = "durable";

  beforeEach(async () => {
    fixture = await startS3({ maxObjectBytes: 10_000_000 });
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
  });
  afterEach(async () => {
    await fixture.close();
  });

  const put = (Key: string, Body: string, more = {}) =>
    fixture.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const read = async (Key: string) => {
    const reply = await fixture.client.send(new GetObjectCommand({ Bucket, Key }));
    return await reply.Body?.transformToString();
  };
  const filesIn = (part: string) => fs.readdir(path.join(fixture.dataDir, "buckets", Bucket, part));

  it("are there after a restart, with versions, markers and metadata", async () => {
    await fixture.client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    );
    await put("ключ/../x", "one");
    await put("ключ/../x", "two", { Metadata: { a: "1" }, Tagging: "t=1" });
    await put("gone", "x");
    await fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "gone" }));
    const before = await fixture.client.send(new ListObjectVersionsCommand({ Bucket }));
    await fixture.restart();
    const after = await fixture.client.send(new ListObjectVersionsCommand({ Bucket }));
    assert.deepEqual(after.Versions, before.Versions);
    assert.deepEqual(after.DeleteMarkers, before.DeleteMarkers);
    const reply = await fixture.client.send(new GetObjectCommand({ Bucket, Key: "ключ/../x" }));
    assert.equal(await reply.Body?.transformToString(), "two");
    assert.deepEqual(reply.Metadata, { a: "1" });
    assert.equal(reply.TagCount, 1);
  });

  it("are adopted by a bucket that is created again, but not its configuration", async () => {
    await put("kept", "x");
    const CORSConfiguration = { CORSRules: [{ AllowedOrigins: ["*"], AllowedMethods: ["GET"] }] };
    await fixture.client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration }));
    await fixture.restart();
    fixture.s3.createBucket(Bucket);
    assert.equal(await read("kept"), "x");
    const reply = await fixture.s3.handle({
      principal: { kind: "root", arn: "arn:aws:iam::123456789012:root" },
      method: "GET",
      bucket: Bucket,
      key: "",
      query: new URLSearchParams("cors"),
      headers: {},
    });
    assert.equal(reply.status, 404);
  });

  it("lose nothing that was acknowledged, and no more, when files are left half written", async () => {
    await put("whole", "acknowledged");
    const folder = path.join(fixture.dataDir, "buckets", Bucket);
    await fs.writeFile(path.join(folder, "blobs", "0123"), "half an upl");
    await fs.writeFile(path.join(folder, "versions", "99.json.ab.tmp"), '{"key":"hal');
    await fs.mkdir(path.join(folder, "uploads", "half"));
    await fs.mkdir(path.join(fixture.dataDir, "buckets", "half-created"));
    await fixture.restart();
    assert.equal(await read("whole"), "acknowledged");
    assert.deepEqual([(await filesIn("blobs")).length, (await filesIn("versions")).length], [1, 1]);
    assert.deepEqual(await filesIn("uploads"), []);
    const { Buckets } = await fixture.client.send(new ListBucketsCommand({}));
    assert.deepEqual(
      Buckets?.map(({ Name }) => Name),
      [Bucket],
    );
  });

  it("hold the newer of two versions when a kill came between writing and removing", async () => {
    await put("k", "old");
    const folder = path.join(fixture.dataDir, "buckets", Bucket);
    const [record = ""] = await filesIn("versions");
    const [blob = ""] = await filesIn("blobs");
    const oldRecord = await fs.readFile(path.join(folder, "versions", record));
    await put("k", "new");
    await fs.writeFile(path.join(folder, "versions", record), oldRecord);
    await fs.writeFile(path.join(folder, "blobs", blob), "old");
    await fixture.restart();
    assert.equal(await read("k"), "new");
    assert.equal((await filesIn("blobs")).length, 1);
  });

  /** Sends a part of a body, and hangs up once the server has begun to write. */
  const breakOff = async (url: string, method: string, contentType: string, part: string) => {
    const headers = { "content-type": contentType, "content-length": 1000 };
    const request = http.request(url, { method, headers });
    request.on("error", () => undefined);
    request.write(part);
    await until(async () => (await filesIn("blobs")).length === 1);
    request.destroy();
    await until(async () => (await filesIn("blobs")).length === 0);
  };
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) {
      await setImmediate();
    }
  };

  it("never include an upload that the client broke off", async () => {
    const put = new PutObjectCommand({ Bucket, Key: "broken" });
    const url = await getSignedUrl(fixture.client, put);
    await breakOff(url, "PUT", "text/plain", "only a part");
    await refused(read("broken"), "NoSuchKey");
    assert.deepEqual(fixture.notes, []);
  });

  it("never include a form that the browser broke off", async () => {
    await fixture.client.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${Bucket}/*`,
      },
    });
    await fixture.client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const part = [
      '--xyz\r\ncontent-disposition: form-data; name="key"\r\n\r\nbroken\r\n',
      '--xyz\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\nhalf of',
    ];
    const url = `${fixture.s3.url}/${Bucket}`;
    await breakOff(url, "POST", "multipart/form-data; boundary=xyz", part.join(""));
    await refused(read("broken"), "NoSuchKey");
    assert.deepEqual(fixture.notes, []);
  });

  it("stay whole for a reader while a writer replaces them", async () => {
    const size = 8 * 1024 * 1024;
    await put("torn", "a".repeat(size));
    const reply = await fixture.client.send(new GetObjectCommand({ Bucket, Key: "torn" }));
    await put("torn", "b".repeat(size));
    const old = await reply.Body?.transformToString();
    assert.equal(old, "a".repeat(size));
    assert.equal(await read("torn"), "b".repeat(size));
    assert.equal((await filesIn("blobs")).length, 1);
  });

  it("leave nothing behind when an upload is refused", async () => {
    await refused(
      put("k", "x", { ChecksumSHA256: Buffer.alloc(32).toString("base64") }),
      "BadDigest",
    );
    const short = Readable.from([Buffer.from("four")]);
    const command = new PutObjectCommand({ Bucket, Key: "k", Body: short, ContentLength: 5 });
    await assert.rejects(fixture.client.send(command));
    const large = Buffer.alloc(10_000_001).toString();
    await refused(put("k", large), "EntityTooLarge", 400);
    assert.deepEqual(await filesIn("blobs"), []);
    assert.deepEqual(await filesIn("versions"), []);
  });

  it("keep the parts of an upload in progress", async () => {
    const upload = await fixture.client.send(
      new CreateMultipartUploadCommand({ Bucket, Key: "parts" }),
    );
    const { UploadId } = upload;
    await fixture.client.send(
      new UploadPartCommand({ Bucket, Key: "parts", UploadId, PartNumber: 3, Body: "part" }),
    );
    await fixture.restart();
    const { Parts } = await fixture.client.send(
      new ListPartsCommand({ Bucket, Key: "parts", UploadId }),
    );
    assert.deepEqual(
      Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
      [[3, 4]],
    );
  });

  it("stop a start with a clear error when a record cannot be read", async () => {
    await put("k", "x");
    const folder = path.join(fixture.dataDir, "buckets", Bucket, "versions");
    const [record = ""] = await filesIn("versions");
    const content = await fs.readFile(path.join(folder, record));
    await fs.writeFile(path.join(folder, record), "not JSON");
    await assert.rejects(fixture.restart(), new RegExp(record));
    await fs.writeFile(path.join(folder, record), content);
    await fixture.restart();
    assert.equal(await read("k"), "x");
  });

  it("hold all that was acknowledged before the process was killed", async () => {
    const script = path.join(__dirname, "put-until-killed.ts");
    const child = spawn(process.execPath, ["--import", "tsx", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (lines.length === 200) {
        child.kill("SIGKILL");
      }
    }
    const [dataDir = "", ...acknowledged] = lines;
    const store = new Store(path.join(dataDir, "buckets"));
    store.open();
    const bucket = store.bucket("killed");
    const last = Number(acknowledged.at(-1));
    for (let index = last - 49; index <= last; index++) {
      const found = bucket.find(`key ${index % 50}`);
      assert.ok(found && isObject(found));
      const content = await fs.readFile(bucket.blobPath(found.content.blob), "utf8");
      const [first = ""] = content.split(" ");
      assert.equal(content, `${first} `.repeat(1000));
      // The write after the last acknowledged one may have come through too.
      assert.ok(Number(first) === index || Number(first) === index + 50);
    }
    await fs.rm(path.dirname(dataDir), { recursive: true });
  });

  it("free their ports on stop", async () => {
    const ports = [fixture.s3.url, fixture.s3.plainUrl];
    await fixture.s3.stop();
    await fixture.s3.stop();
    for (const url of ports) {
      await assert.rejects(fetch(url), (error: Error) => {
        return (error.cause as { code?: string }).code === "ECONNREFUSED";
      });
    }
  });
});
