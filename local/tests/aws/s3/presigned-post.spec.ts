import assert from "node:assert/strict";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
} from "@aws-sdk/client-s3";
import type { PresignedPost } from "@aws-sdk/s3-presigned-post";
import { errorOf, startS3 } from "./fixture";
import type { Fixture } from "./fixture";
import { presignForm, sendForm } from "./presigned-form";

const Bucket = "direct";
const Key = "uploads/one";
const origin = "https://app.example.com";

describe("S3 presigned forms", () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startS3();
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    const rule = { AllowedOrigins: ["*"], AllowedMethods: ["POST"], ExposeHeaders: ["ETag"] };
    await fixture.client.send(
      new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }),
    );
  });
  after(async () => {
    await fixture.close();
  });

  const signer = (resource = `arn:aws:s3:::${Bucket}/uploads/*`) =>
    fixture.clientOf({
      credentials: fixture.roleWith({
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: resource,
      }),
    });
  const presign = (client = signer()) =>
    presignForm(client, {
      Bucket,
      Key,
      Fields: { "Content-Type": "image/jpeg" },
      Conditions: [["content-length-range", 4, 4]],
      Expires: 60,
    });
  const jpeg = (bytes = "jpeg") => new Blob([bytes], { type: "image/jpeg" });
  /** How S3 answers a form that differs in some fields from the one that was signed. */
  const answer = async (fields: Record<string, string>, file = jpeg()) => {
    const form = await presign();
    const changed: PresignedPost = { url: form.url, fields: { ...form.fields, ...fields } };
    const { status, code } = await errorOf(await sendForm(changed, file, { origin }));
    return `${status} ${code}`;
  };

  it("store the file with the fields that the package makes, a session's token included", async () => {
    const form = await presign();
    assert.ok("X-Amz-Security-Token" in form.fields);
    const reply = await sendForm(form, jpeg(), { origin });
    assert.equal(reply.status, 204, await reply.text());
    const object = await fixture.client.send(new GetObjectCommand({ Bucket, Key }));
    assert.equal(object.ContentType, "image/jpeg");
    assert.equal(await object.Body?.transformToString(), "jpeg");
    assert.equal(reply.headers.get("etag"), object.ETag);
  });

  it("can be sent by a page of another origin", async () => {
    const form = await presign();
    const preflight = await fetch(form.url, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST" },
    });
    assert.equal(preflight.status, 200);
    assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
    assert.equal(preflight.headers.get("access-control-allow-methods"), "POST");
    const reply = await sendForm(form, jpeg(), { origin });
    assert.equal(reply.headers.get("access-control-allow-origin"), "*");
    assert.equal(reply.headers.get("access-control-expose-headers"), "ETag");
    const refusal = await sendForm(form, jpeg("too long"), { origin });
    assert.equal(refusal.status, 400);
    assert.equal(refusal.headers.get("access-control-allow-origin"), "*");
  });

  it("are refused when they break a condition", async () => {
    assert.equal(await answer({}, jpeg("abc")), "400 EntityTooSmall");
    assert.equal(await answer({}, jpeg("abcde")), "400 EntityTooLarge");
    assert.equal(await answer({}, jpeg("x".repeat(5_000_000))), "400 EntityTooLarge");
    assert.equal(await answer({ "Content-Type": "text/html" }), "403 AccessDenied");
    assert.equal(await answer({ "x-amz-meta-extra": "1" }), "403 AccessDenied");
    assert.equal(await answer({ key: "uploads/two" }), "403 AccessDenied");
  });

  it("are refused when they were tampered with", async () => {
    const policy = Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}');
    assert.equal(await answer({ Policy: policy.toString("base64") }), "403 SignatureDoesNotMatch");
    assert.equal(await answer({ "X-Amz-Security-Token": "x" }), "400 InvalidToken");
    assert.equal(await answer({ "X-Amz-Signature": "0".repeat(64) }), "403 SignatureDoesNotMatch");
  });

  it("are refused when they are signed by version 2, and asked to be by version 4", async () => {
    const [policy, keyId] = ["e30=", fixture.iam.administrator.accessKeyId];
    const fields = { key: Key, AWSAccessKeyId: keyId, policy, signature: "c2ln" };
    const form = await presign();
    const response = await sendForm({ ...form, fields }, jpeg());
    assert.equal(response.status, 400);
    assert.match(await response.text(), /<Code>InvalidRequest<.*Please use AWS4-HMAC-SHA256\./s);
  });

  it("need the signer's right to put that very object", async () => {
    const form = await presign(signer(`arn:aws:s3:::${Bucket}/elsewhere/*`));
    assert.deepEqual(await errorOf(await sendForm(form, jpeg())), {
      status: 403,
      code: "AccessDenied",
    });
  });

  it("expire", async () => {
    const own = await startS3();
    try {
      await own.client.send(new CreateBucketCommand({ Bucket }));
      const form = await presignForm(own.client, { Bucket, Key, Expires: 60 });
      own.advance(61_000);
      assert.deepEqual(await errorOf(await sendForm(form, jpeg())), {
        status: 403,
        code: "AccessDenied",
      });
    } finally {
      await own.close();
    }
  });

  it("leave nothing behind when they are refused", async () => {
    const { Contents } = await fixture.client.send(new ListObjectsV2Command({ Bucket }));
    assert.deepEqual(
      Contents?.map((each) => each.Key),
      [Key],
    );
  });
});
