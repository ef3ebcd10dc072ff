import assert from "node:assert/strict";
import { applyPolicy } from "../../../aws/cloudfront/response-headers";
import type { CorsRule, Headers } from "../../../aws/cloudfront/types";

const cors: CorsRule = {
  allowCredentials: false,
  allowHeaders: ["X-Api-Key"],
  allowMethods: ["GET"],
  allowOrigins: ["https://*.example.com"],
  exposeHeaders: ["ETag"],
  maxAgeSeconds: 600,
  originOverride: true,
};
const from = (origin: string, method = "GET", headers: Headers = {}) => ({
  method,
  path: "/",
  query: [],
  headers: { origin, ...headers },
  secure: true,
  address: "127.0.0.1",
});
const policy = (changes: Partial<CorsRule> = {}) => ({
  cors: { ...cors, ...changes },
  headers: [],
  removeHeaders: [],
});

describe("applyPolicy", () => {
  it("replaces a header of the origin only where it overrides", () => {
    const rules = [
      { header: "X-Frame-Options", value: "DENY", override: true },
      { header: "Referrer-Policy", value: "no-referrer", override: false },
      { header: "X-New", value: "1", override: false },
    ];
    const origin = { "x-frame-options": "SAMEORIGIN", "referrer-policy": "origin" };
    assert.deepEqual(applyPolicy({ headers: rules, removeHeaders: [] }, from(""), origin), {
      "x-frame-options": "DENY",
      "referrer-policy": "origin",
      "x-new": "1",
    });
  });

  it("removes headers of the origin", () => {
    const removing = { headers: [], removeHeaders: ["Server", "X-Amz-Version-Id"] };
    const origin = { server: "AmazonS3", "x-amz-version-id": "1", etag: "e" };
    assert.deepEqual(applyPolicy(removing, from(""), origin), { etag: "e" });
  });

  it("echoes an allowed origin, and varies by it", () => {
    const headers = applyPolicy(policy(), from("https://app.example.com"), { vary: "Accept" });
    assert.deepEqual(headers, {
      "access-control-allow-origin": "https://app.example.com",
      "access-control-expose-headers": "ETag",
      vary: "Accept, Origin",
    });
  });

  for (const origin of ["https://evil.example", "https://example.com", "http://app.example.com"]) {
    it(`allows nothing to ${origin}`, () => {
      assert.deepEqual(applyPolicy(policy(), from(origin), {}), {});
    });
  }

  const several = policy({ allowOrigins: ["https://a.example.com", "http://localhost:3000"] });

  for (const origin of ["https://a.example.com", "http://localhost:3000"]) {
    it(`echoes ${origin}, which is one of several, and no other`, () => {
      assert.deepEqual(applyPolicy(several, from(origin), {}), {
        "access-control-allow-origin": origin,
        "access-control-expose-headers": "ETag",
        vary: "Origin",
      });
    });
  }

  for (const origin of [
    "https://b.example.com",
    "http://a.example.com",
    "https://a.example.com:8443",
    "https://a.example.com.evil.example",
    "http://localhost:3001",
    "null",
  ]) {
    it(`allows nothing to ${origin}, which is none of several, not even by its origin`, () => {
      const told = {
        "access-control-allow-origin": origin,
        "access-control-max-age": "5",
        etag: "e",
      };
      assert.deepEqual(applyPolicy(several, from(origin), told), { etag: "e" });
      const preflight = { "access-control-request-method": "GET" };
      assert.deepEqual(applyPolicy(several, from(origin, "OPTIONS", preflight), {}), {});
    });
  }

  it("tells a preflight what is allowed", () => {
    const request = from("https://app.example.com", "OPTIONS", {
      "access-control-request-method": "GET",
    });
    assert.deepEqual(applyPolicy(policy({ allowCredentials: true }), request, {}), {
      "access-control-allow-origin": "https://app.example.com",
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "X-Api-Key",
      "access-control-max-age": "600",
      vary: "Origin",
    });
  });

  it("replaces the CORS headers of the origin, all of them", () => {
    const origin = { "access-control-allow-origin": "*", "access-control-max-age": "5" };
    const headers = applyPolicy(policy({ allowOrigins: ["*"] }), from("https://a.example"), origin);
    assert.deepEqual(headers, {
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "ETag",
    });
  });

  it("leaves CORS to the origin where it may not override", () => {
    const origin = { "access-control-allow-origin": "https://b.example" };
    const request = from("https://app.example.com");
    assert.deepEqual(applyPolicy(policy({ originOverride: false }), request, origin), origin);
  });
});
