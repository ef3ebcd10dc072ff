import assert from "node:assert/strict";
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { errorOf, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "shared";

describe("S3 CORS", () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startS3();
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    await fixture.client.send(new CreateBucketCommand({ Bucket: "not-shared" }));
    await fixture.client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));
    await fixture.client.send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: {
          CORSRules: [
            {
              AllowedOrigins: ["https://*.example.com"],
              AllowedMethods: ["PUT", "GET"],
              AllowedHeaders: ["x-amz-*", "Content-Type"],
              ExposeHeaders: ["ETag"],
              MaxAgeSeconds: 300,
            },
            { AllowedOrigins: ["*"], AllowedMethods: ["HEAD"] },
          ],
        },
      }),
    );
  });
  after(async () => {
    await fixture.close();
  });

  const preflight = (headers: Record<string, string>, path = `/${Bucket}/k`) =>
    fetch(fixture.s3.url + path, { method: "OPTIONS", headers });
  const asks = (origin: string, method: string, headers?: string) => ({
    origin,
    "access-control-request-method": method,
    ...(headers !== undefined && { "access-control-request-headers": headers }),
  });

  it("allows what a rule allows, with no signature", async () => {
    const reply = await preflight(
      asks("https://app.example.com", "PUT", "content-type, X-Amz-Meta-A"),
    );
    assert.equal(reply.status, 200);
    assert.equal(reply.headers.get("access-control-allow-origin"), "https://app.example.com");
    assert.equal(reply.headers.get("access-control-allow-methods"), "PUT, GET");
    assert.equal(reply.headers.get("access-control-allow-headers"), "content-type, x-amz-meta-a");
    assert.equal(reply.headers.get("access-control-max-age"), "300");
    assert.equal(reply.headers.get("access-control-allow-credentials"), "true");
    assert.match(reply.headers.get("vary") ?? "", /Origin/);
    const anyone = await preflight(asks("https://elsewhere.test", "HEAD"));
    assert.equal(anyone.headers.get("access-control-allow-origin"), "*");
    assert.equal(anyone.headers.get("access-control-allow-credentials"), null);
  });

  it("refuses other origins, methods and headers", async () => {
    for (const headers of [
      asks("https://evil.test", "PUT"),
      asks("https://example.com", "PUT"),
      asks("https://app.example.com", "DELETE"),
      asks("https://app.example.com", "PUT", "authorization"),
    ]) {
      assert.deepEqual(await errorOf(await preflight(headers)), {
        status: 403,
        code: "AccessForbidden",
      });
    }
  });

  it("refuses preflights without origin, of buckets that do not share, and of no bucket", async () => {
    assert.equal((await errorOf(await preflight({}))).code, "BadRequest");
    const ask = asks("https://app.example.com", "GET");
    const closed = await errorOf(await preflight(ask, "/not-shared/k"));
    assert.equal(closed.code, "AccessForbidden");
    assert.equal((await errorOf(await preflight(ask, "/missing/k"))).code, "NoSuchBucket");
  });

  it("lets pages read replies, errors included, from allowed origins only", async () => {
    const url = await getSignedUrl(fixture.client, new GetObjectCommand({ Bucket, Key: "k" }));
    const missing = await getSignedUrl(fixture.client, new GetObjectCommand({ Bucket, Key: "no" }));
    const allowed = { headers: { origin: "https://app.example.com" } };
    const reply = await fetch(url, allowed);
    assert.equal(reply.headers.get("access-control-allow-origin"), "https://app.example.com");
    assert.equal(reply.headers.get("access-control-expose-headers"), "ETag");
    const error = await fetch(missing, allowed);
    assert.equal(error.status, 404);
    assert.equal(error.headers.get("access-control-allow-origin"), "https://app.example.com");
    const tampered = await fetch(url.replace(/Expires=\d+/, "Expires=1"), allowed);
    assert.equal(tampered.status, 403);
    assert.equal(tampered.headers.get("access-control-allow-origin"), "https://app.example.com");
    const other = await fetch(url, { headers: { origin: "https://evil.test" } });
    assert.equal(other.status, 200);
    assert.equal(other.headers.get("access-control-allow-origin"), null);
  });
});
