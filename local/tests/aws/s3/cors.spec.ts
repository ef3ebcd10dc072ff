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

  it("says of what a preflight is refused, in S3's words", async () => {
    const told = async (headers: Record<string, string>, path?: string) => {
      const reply = await preflight(headers, path);
      const text = await reply.text();
      const part = (name: string) => new RegExp(`<${name}>([^<]*)`).exec(text)?.[1];
      const vary = reply.headers.get("vary");
      return [reply.status, part("Message"), part("Method"), part("ResourceType"), vary];
    };
    const ask = asks("https://evil.test", "PUT");
    const { origin } = ask;
    const notAllowed =
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
    const noOrigin = "Insufficient information. Origin request header needed.";
    const notEnabled = "CORSResponse: CORS is not enabled for this bucket.";
    const noBucket = "CORSResponse: Bucket not found";
    const isRefused = async (
      headers: Record<string, string>,
      path: string | undefined,
      expected: (string | number | undefined)[],
    ) => {
      assert.deepEqual(await told(headers, path), [...expected, null]);
    };
    await isRefused({}, undefined, [400, noOrigin, undefined, undefined]);
    await isRefused({}, "/missing/k", [400, noOrigin, undefined, undefined]);
    await isRefused(ask, undefined, [403, notAllowed, "PUT", "OBJECT"]);
    await isRefused(ask, `/${Bucket}`, [403, notAllowed, "PUT", "BUCKET"]);
    await isRefused({ origin }, undefined, [403, notAllowed, "OPTIONS", "OBJECT"]);
    await isRefused(ask, "/not-shared/k", [403, notEnabled, "PUT", "BUCKET"]);
    await isRefused({ origin }, "/not-shared/k", [403, notEnabled, "OPTIONS", "BUCKET"]);
    await isRefused(ask, "/missing/k", [403, noBucket, "PUT", "BUCKET"]);
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

  it("judges a request that brings the headers of a preflight by those", async () => {
    const url = await getSignedUrl(fixture.client, new GetObjectCommand({ Bucket, Key: "k" }));
    const allowOrigin = async (headers: Record<string, string>) => {
      const reply = await fetch(url, { headers: { ...headers } });
      assert.equal(reply.status, 200);
      return reply.headers.get("access-control-allow-origin");
    };
    const origin = "https://app.example.com";
    assert.equal(await allowOrigin(asks(origin, "PUT")), origin);
    assert.equal(await allowOrigin(asks(origin, "DELETE")), null);
    assert.equal(await allowOrigin(asks(origin, "GET", "x-amz-meta-a")), origin);
    assert.equal(await allowOrigin(asks(origin, "GET", "authorization")), null);
  });

  it("tells several origins apart, and tells caches that it does", async () => {
    const several = "several";
    await fixture.client.send(new CreateBucketCommand({ Bucket: several }));
    await fixture.client.send(new PutObjectCommand({ Bucket: several, Key: "k", Body: "x" }));
    const allowed = [
      "https://a.example.com",
      "https://b.example.com:8443",
      "http://localhost:3000",
    ];
    await fixture.client.send(
      new PutBucketCorsCommand({
        Bucket: several,
        CORSConfiguration: {
          CORSRules: [{ AllowedOrigins: allowed, AllowedMethods: ["GET"], AllowedHeaders: ["*"] }],
        },
      }),
    );
    const command = new GetObjectCommand({ Bucket: several, Key: "k" });
    const url = await getSignedUrl(fixture.client, command);
    const vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
    for (const origin of allowed) {
      for (const reply of [
        await preflight(asks(origin, "GET", "authorization"), `/${several}/k`),
        await fetch(url, { headers: { origin } }),
      ]) {
        assert.equal(reply.status, 200);
        assert.equal(reply.headers.get("access-control-allow-origin"), origin);
        assert.equal(reply.headers.get("vary"), vary);
      }
    }
    const others = [
      "http://a.example.com",
      "https://a.example.com:444",
      "https://A.example.com",
      "null",
    ];
    for (const origin of others) {
      assert.equal((await preflight(asks(origin, "GET"), `/${several}/k`)).status, 403);
      const reply = await fetch(url, { headers: { origin } });
      assert.equal(reply.status, 200);
      assert.equal(reply.headers.get("access-control-allow-origin"), null);
      assert.equal(reply.headers.get("vary"), null);
    }
    assert.equal((await fetch(url)).headers.get("vary"), null);
  });
});
