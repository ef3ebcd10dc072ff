import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { assertError, call } from "./support/api";
import { useStack } from "./support/stack";

const routes = [
  ["GET", "/images"],
  ["POST", "/images"],
  ["GET", `/images/${randomUUID()}`],
  ["GET", `/images/${randomUUID()}/content`],
  ["DELETE", `/images/${randomUUID()}`],
  ["POST", "/uploads"],
  ["GET", `/uploads/${randomUUID()}`],
  ["POST", "/process"],
] as const;

describe("the gateway", () => {
  const stack = useStack();

  it("answers GET /health without a key", async () => {
    const answer = await call(stack(), "/health", { apiKey: null });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  });

  for (const [method, path] of routes) {
    it(`answers 403 to ${method} ${path} without a key, and with a wrong one`, async () => {
      const body = method === "POST" ? { body: "{}" } : {};
      assertError(await call(stack(), path, { method, apiKey: null, ...body }), 403);
      assertError(await call(stack(), path, { method, apiKey: "x".repeat(40), ...body }), 403);
    });

    it(`answers the CORS preflight of ${method} ${path} without a key`, async () => {
      const answer = await call(stack(), path, {
        method: "OPTIONS",
        apiKey: null,
        headers: { origin: "https://example.com", "access-control-request-method": method },
      });
      assert.ok(answer.status === 200 || answer.status === 204);
      assert.equal(answer.headers.get("access-control-allow-origin"), "*");
      assert.match(answer.headers.get("access-control-allow-methods") ?? "", new RegExp(method));
      for (const header of ["x-api-key", "idempotency-key", "if-none-match", "range"]) {
        const allowed = answer.headers.get("access-control-allow-headers") ?? "";
        assert.match(allowed, new RegExp(header, "i"));
      }
    });
  }

  for (const path of [
    "/",
    "/nothing",
    "/images/a/b",
    "/uploads/a/b",
    "/process/x",
    "/Images",
    "/images/a/../../x",
  ]) {
    it(`answers 404 to the unknown route ${path}`, async () => {
      assertError(await call(stack(), path), 404);
    });
  }

  for (const [method, path, allow] of [
    ["DELETE", "/images", "GET, OPTIONS, POST"],
    ["PUT", `/images/${randomUUID()}`, "DELETE, GET, OPTIONS"],
    ["POST", `/images/${randomUUID()}/content`, "GET, OPTIONS"],
    ["GET", "/uploads", "OPTIONS, POST"],
    ["DELETE", `/uploads/${randomUUID()}`, "GET, OPTIONS"],
    ["GET", "/process", "OPTIONS, POST"],
    ["PATCH", "/process", "OPTIONS, POST"],
    ["POST", "/health", "GET, OPTIONS"],
  ] as const) {
    it(`answers 405 to ${method} ${path} and says what is allowed`, async () => {
      const answer = await call(stack(), path, { method });
      assertError(answer, 405);
      const allowed = (answer.headers.get("allow") ?? "").split(/,\s*/).sort().join(", ");
      assert.equal(allowed, allow);
    });
  }

  it("answers 405 to an image that is sent with the wrong method", async () => {
    const answer = await call(stack(), "/images", {
      method: "PUT",
      headers: { "content-type": "image/png" },
      body: Buffer.from("89504e470d0a1a0a", "hex"),
    });
    assertError(answer, 405);
  });
});
