import assert from "node:assert/strict";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { readBody } from "../../../aws/http";
import { signRequest } from "../iam/sign-request";
import { errorOf, refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "access";
const arn = `arn:aws:s3:::${Bucket}`;

describe("S3 access", () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startS3();
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    for (const Key of ["mine/a", "theirs/b", "public*"]) {
      await fixture.client.send(new PutObjectCommand({ Bucket, Key, Body: `body of ${Key}` }));
    }
  });
  after(async () => {
    await fixture.close();
  });

  describe("signatures", () => {
    const getCommand = new GetObjectCommand({ Bucket, Key: "mine/a" });

    it("are needed", async () => {
      const reply = await fetch(`${fixture.s3.url}/${Bucket}/mine/a`);
      assert.deepEqual(await errorOf(reply), { status: 403, code: "AccessDenied" });
      const list = await fetch(fixture.s3.url);
      assert.equal((await errorOf(list)).status, 403);
    });

    it("are not needed to learn where a bucket is", async () => {
      const head = await fetch(`${fixture.s3.url}/${Bucket}`, { method: "HEAD" });
      assert.deepEqual([head.status, head.headers.get("x-amz-bucket-region")], [403, "us-east-1"]);
      const none = await fetch(`${fixture.s3.url}/no-bucket`, { method: "HEAD" });
      assert.deepEqual([none.status, none.headers.get("x-amz-bucket-region")], [404, null]);
    });

    it("cover each value of a header that comes several times", async () => {
      const url = new URL(`${fixture.s3.url}/${Bucket}/mine/a?attributes`);
      const name = "x-amz-object-attributes";
      const { headers } = await signRequest({
        credentials: fixture.iam.administrator,
        region: "us-east-1",
        date: new Date(),
        path: url.pathname,
        query: { attributes: "" },
        headers: { host: url.host, [name]: "ETag,ObjectSize" },
      });
      const sent = { ...(headers as OutgoingHttpHeaders), [name]: ["ETag", "ObjectSize"] };
      const call = httpRequest(url, { headers: sent }).end();
      const [response] = (await once(call, "response")) as [IncomingMessage];
      const text = (await readBody(response, 10_000))?.toString() ?? "";
      assert.equal(response.statusCode, 200, text);
      assert.match(text, /<ETag>.*<ObjectSize>/);
    });

    it("of unknown and wrong keys are refused", async () => {
      const { accessKeyId } = fixture.iam.administrator;
      const wrong = { accessKeyId, secretAccessKey: "wrong" };
      const unknown = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wrong" };
      const send = (credentials: typeof wrong) =>
        fixture.clientOf({ credentials }).send(getCommand);
      await refused(send(wrong), "SignatureDoesNotMatch", 403);
      await refused(send(unknown), "InvalidAccessKeyId", 403);
    });

    it("in URLs give what was signed", async () => {
      const url = await getSignedUrl(
        fixture.client,
        new GetObjectCommand({
          Bucket,
          Key: "mine/a",
          ResponseContentType: "text/x-asked",
          ResponseContentDisposition: 'attachment; filename="a.txt"',
        }),
      );
      const reply = await fetch(url);
      assert.equal(await reply.text(), "body of mine/a");
      assert.equal(reply.headers.get("content-type"), "text/x-asked");
      assert.equal(reply.headers.get("content-disposition"), 'attachment; filename="a.txt"');
    });

    it("in URLs that were tampered with are refused", async () => {
      const url = await getSignedUrl(fixture.client, getCommand);
      const tampered = [
        url.replace("mine/a", "theirs/b"),
        url.replace(/X-Amz-Expires=\d+/, "X-Amz-Expires=9999"),
        `${url}&response-content-type=text%2Fhtml`,
        `${url}&versionId=null`,
      ];
      for (const each of tampered) {
        assert.deepEqual(await errorOf(await fetch(each)), {
          status: 403,
          code: "SignatureDoesNotMatch",
        });
      }
      const other = await fetch(url, { method: "DELETE" });
      assert.equal((await errorOf(other)).code, "SignatureDoesNotMatch");
    });

    it("in URLs that have expired are refused", async () => {
      const signingDate = new Date(Date.now() - 61_000);
      const url = await getSignedUrl(fixture.client, getCommand, { expiresIn: 60, signingDate });
      assert.deepEqual(await errorOf(await fetch(url)), { status: 403, code: "AccessDenied" });
    });

    it("in URLs let a client upload, with the metadata and the type that were signed", async () => {
      const url = await getSignedUrl(
        fixture.client,
        new PutObjectCommand({ Bucket, Key: "mine/up", Metadata: { by: "url" } }),
      );
      const options = { method: "PUT", body: "uploaded", headers: { "content-type": "text/u" } };
      assert.equal((await fetch(url, options)).status, 200);
      const reply = await fixture.client.send(new GetObjectCommand({ Bucket, Key: "mine/up" }));
      assert.equal(await reply.Body?.transformToString(), "uploaded");
      assert.deepEqual(reply.Metadata, { by: "url" });
      assert.equal(reply.ContentType, "text/u");
    });

    it("in URLs carry only what headers can hold", async () => {
      const Metadata = { by: "Zoë" };
      const put = new PutObjectCommand({ Bucket, Key: "mine/unicode", Metadata });
      const uploaded = await fetch(await getSignedUrl(fixture.client, put), { method: "PUT" });
      assert.equal(uploaded.status, 200);
      const get = (more = {}) => new GetObjectCommand({ Bucket, Key: "mine/unicode", ...more });
      const reply = await fixture.client.send(get());
      assert.equal(reply.Metadata?.by, "=?UTF-8?Q?Zo=C3=AB?=");
      for (const ResponseContentType of ["text/日本", "text/x\r\nset-cookie: a=1"]) {
        const url = await getSignedUrl(fixture.client, get({ ResponseContentType }));
        assert.deepEqual(await errorOf(await fetch(url)), { status: 400, code: "InvalidArgument" });
      }
    });

    it("cover all x-amz- headers", async () => {
      const url = await getSignedUrl(
        fixture.client,
        new PutObjectCommand({ Bucket, Key: "mine/up2" }),
      );
      const headers = { "x-amz-meta-extra": "unsigned" };
      const reply = await fetch(url, { method: "PUT", body: "x", headers });
      assert.deepEqual(await errorOf(reply), { status: 403, code: "AccessDenied" });
    });

    it("in URLs that do not cover the body leave aside what a header says of it", async () => {
      const put = new PutObjectCommand({ Bucket, Key: "mine/hash" });
      const url = await getSignedUrl(fixture.client, put);
      for (const hash of [
        "UNSIGNED-PAYLOAD",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "0".repeat(64),
      ]) {
        const headers = { "x-amz-content-sha256": hash };
        const { status } = await fetch(url, { method: "PUT", body: hash, headers });
        const { Body } = await fixture.client.send(new GetObjectCommand(put.input));
        assert.deepEqual([status, await Body?.transformToString()], [200, hash]);
      }
    });

    it("cover the body", async () => {
      const client = fixture.clientOf({});
      client.middlewareStack.add(
        (next) => (args) => {
          const request = args.request as { body: unknown; headers: Record<string, string> };
          request.body = "BODY";
          return next(args);
        },
        { step: "finalizeRequest", priority: "low" },
      );
      const put = new PutObjectCommand({ Bucket, Key: "mine/swapped", Body: "body" });
      const error = await client.send(put).catch((reason: unknown) => reason);
      assert.match(String(error), /BadDigest|XAmzContentSHA256Mismatch/);
      await refused(
        fixture.client.send(new GetObjectCommand({ Bucket, Key: "mine/swapped" })),
        "NoSuchKey",
      );
    });
  });

  describe("of roles", () => {
    const reader = () =>
      fixture.clientOf({
        credentials: fixture.roleWith({
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: `${arn}/mine/*`,
        }),
      });

    it("ends where their policies end", async () => {
      const client = reader();
      const get = (Key: string) => client.send(new GetObjectCommand({ Bucket, Key }));
      assert.equal((await get("mine/a")).$metadata.httpStatusCode, 200);
      await refused(get("theirs/b"), "AccessDenied", 403);
      // A key is no path: this one lies under mine/, and nothing is there.
      await refused(get("mine/../theirs/b"), "AccessDenied", 403);
      const put = new PutObjectCommand({ Bucket, Key: "mine/a", Body: "x" });
      await refused(client.send(put), "AccessDenied", 403);
      await refused(client.send(new ListObjectsV2Command({ Bucket })), "AccessDenied", 403);
      await refused(client.send(new CreateBucketCommand({ Bucket: "other" })), "AccessDenied", 403);
    });

    it("does not tell whether an object exists without s3:ListBucket", async () => {
      const get = new GetObjectCommand({ Bucket, Key: "mine/missing" });
      await refused(reader().send(get), "AccessDenied", 403);
      const credentials = fixture.roleWith(
        { Effect: "Allow", Action: "s3:GetObject", Resource: `${arn}/*` },
        { Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
      );
      await refused(fixture.clientOf({ credentials }).send(get), "NoSuchKey", 404);
    });

    it("may be limited to a prefix of a list", async () => {
      const credentials = fixture.roleWith({
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: arn,
        Condition: { StringLike: { "s3:prefix": "mine/*" } },
      });
      const client = fixture.clientOf({ credentials });
      const list = (Prefix?: string) => client.send(new ListObjectsV2Command({ Bucket, Prefix }));
      assert.ok((await list("mine/")).KeyCount);
      await refused(list("theirs/"), "AccessDenied", 403);
      await refused(list(), "AccessDenied", 403);
    });

    it("needs a permission of its own for versions, tags and deletions", async () => {
      await fixture.client.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
      );
      const { VersionId } = await fixture.client.send(
        new PutObjectCommand({ Bucket, Key: "mine/v", Body: "x" }),
      );
      const credentials = fixture.roleWith({
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: `${arn}/mine/*`,
      });
      const client = fixture.clientOf({ credentials });
      const Key = "mine/v";
      await client.send(new GetObjectCommand({ Bucket, Key }));
      await refused(client.send(new GetObjectCommand({ Bucket, Key, VersionId })), "AccessDenied");
      await refused(
        client.send(new PutObjectCommand({ Bucket, Key, Body: "x", Tagging: "a=1" })),
        "AccessDenied",
      );
      await refused(
        client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [] } })),
        "AccessDenied",
      );
      const { Errors } = await client.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, VersionId }, { Key }] } }),
      );
      assert.deepEqual(
        Errors?.map(({ Code }) => Code),
        ["AccessDenied", "AccessDenied"],
      );
    });

    it("to copy needs to read the source", async () => {
      const credentials = fixture.roleWith({
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: `${arn}/mine/*`,
      });
      const copy = (source: string) =>
        fixture
          .clientOf({ credentials })
          .send(new CopyObjectCommand({ Bucket, Key: "mine/copy", CopySource: source }));
      await copy(`${Bucket}/mine/a`);
      await refused(copy(`${Bucket}/theirs/b`), "AccessDenied", 403);
      await refused(copy(`${Bucket}/mine/..%2Ftheirs/b`), "AccessDenied", 403);
    });

    it("to copy may ask for a tag of the source, or of the version of it", async () => {
      const clean = { "s3:ExistingObjectTag/scan": "clean" };
      const credentials = fixture.roleWith(
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:GetObjectVersion"],
          Resource: `${arn}/tagged/*`,
          Condition: { StringEquals: clean },
        },
        { Effect: "Allow", Action: "s3:PutObject", Resource: `${arn}/mine/*` },
      );
      const put = async (Tagging: string) => {
        const object = { Bucket, Key: "tagged/a", Body: "x", Tagging };
        return (await fixture.client.send(new PutObjectCommand(object))).VersionId ?? "";
      };
      const copy = (version = "") =>
        fixture.clientOf({ credentials }).send(
          new CopyObjectCommand({
            Bucket,
            Key: "mine/copy",
            CopySource: `${Bucket}/tagged/a${version && `?versionId=${version}`}`,
            TaggingDirective: "REPLACE",
          }),
        );
      await fixture.client.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
      );
      const first = await put("scan=clean");
      await copy();
      const second = await put("scan=bad");
      await refused(copy(), "AccessDenied", 403);
      await refused(copy(second), "AccessDenied", 403);
      await copy(first);
    });

    it("may demand encryption of what is written", async () => {
      const credentials = fixture.roleWith({
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: `${arn}/*`,
        Condition: { StringEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
      });
      const client = fixture.clientOf({ credentials });
      const put = (more = {}) =>
        client.send(new PutObjectCommand({ Bucket, Key: "enc", Body: "x", ...more }));
      await refused(put(), "AccessDenied", 403);
      await put({ ServerSideEncryption: "aws:kms" });
    });

    it("takes a star in a key for a star", async () => {
      const credentials = fixture.roleWith({
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: `${arn}/public`,
      });
      const get = new GetObjectCommand({ Bucket, Key: "public*" });
      await refused(fixture.clientOf({ credentials }).send(get), "AccessDenied", 403);
    });
  });

  describe("from within the process", () => {
    const distribution = "arn:aws:cloudfront::123456789012:distribution/E1";
    const read = (method: "GET" | "HEAD", sourceArn: string) =>
      fixture.s3.handle({
        principal: { kind: "service", service: "cloudfront.amazonaws.com" },
        method,
        bucket: Bucket,
        key: "mine/a",
        headers: {},
        context: { "aws:SourceArn": sourceArn },
      });

    before(async () => {
      const Policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: `${arn}/*`,
          Condition: { ArnEquals: { "aws:SourceArn": distribution } },
        },
      });
      await fixture.client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    });

    it("follows the bucket's policy for a service", async () => {
      const reply = await read("GET", distribution);
      assert.equal(reply.status, 200);
      const chunks: Buffer[] = [];
      for await (const chunk of reply.body as AsyncIterable<Buffer>) {
        chunks.push(chunk);
      }
      assert.equal(Buffer.concat(chunks).toString(), "body of mine/a");
      assert.equal((await read("HEAD", distribution)).status, 200);
    });

    it("is refused to another distribution", async () => {
      assert.equal((await read("GET", `${distribution}2`)).status, 403);
      const head = await read("HEAD", `${distribution}2`);
      assert.equal(head.status, 403);
      assert.deepEqual(head.body, Buffer.alloc(0));
    });
  });
});
