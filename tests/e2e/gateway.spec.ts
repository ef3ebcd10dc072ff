import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import {
  methodsOf,
  openPaths,
  type Operation,
  operationsOf,
  routes,
} from "../../components/openapi/routes";
import { assertError, assertNotLetIn, call, callRaw } from "./support/api";
import { useStack } from "./support/use-stack";

/** A path of a route, with an id that there is not. */
function pathOf(operation: Operation): string {
  return routes[operation].path.replace("{id}", randomUUID());
}

describe("the gateway", () => {
  const stack = useStack();

  it("answers GET /health without a key", async () => {
    const answer = await call(stack(), "/health", { apiKey: null });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  });

  for (const query of ["", "?id=", "?userId=ada"]) {
    it(`names the parameter that GET /results${query} lacks`, async () => {
      const answer = await call(stack(), `/results${query}`);
      assertError(answer, 400, "InvalidRequest");
      assert.match(String(answer.body.error), /\bid\b/);
    });
  }

  /** Again, while what is listed is still looked at, and is longer from one moment to the next. */
  async function headAndGet(path: string) {
    for (let got = await call(stack(), path); ;) {
      const head = await call(stack(), path, { method: "HEAD" });
      const next = await call(stack(), path);
      if (next.bytes.length === got.bytes.length) {
        return [head, next] as const;
      }
      got = next;
    }
  }

  const read = operationsOf(false).filter((operation) => methodsOf(operation).includes("HEAD"));
  for (const path of [...openPaths, "/images?limit=1", ...read.map(pathOf)]) {
    it(`answers HEAD ${path.replace(/[0-9a-f-]{36}/, "{id}")} with the headers of GET`, async () => {
      const [head, got] = await headAndGet(path);
      assert.equal(head.status, got.status);
      assert.equal(head.bytes.length, 0);
      for (const name of got.headers.keys()) {
        if (!/^(connection|date|keep-alive|x-amz.*)$/.test(name)) {
          assert.equal(head.headers.get(name), got.headers.get(name), name);
        }
      }
    });
  }

  for (const operation of operationsOf(false)) {
    const method = routes[operation].method.toUpperCase();
    const path = pathOf(operation);

    it(`lets nobody in to ${method} ${path} without a key, nor with a wrong one`, async () => {
      const body = ["POST", "PUT"].includes(method) ? { body: "{}" } : {};
      const without = await call(stack(), path, { method, apiKey: null, ...body });
      assertNotLetIn(stack(), without, "none");
      const wrong = await call(stack(), path, { method, apiKey: "x".repeat(40), ...body });
      assertNotLetIn(stack(), wrong, "wrong");
    });

    it(`answers the CORS preflight of ${method} ${path} without a key`, async () => {
      const answer = await call(stack(), path, {
        method: "OPTIONS",
        apiKey: null,
        headers: { origin: "https://example.com", "access-control-request-method": method },
      });
      assert.ok(answer.status === 200 || answer.status === 204);
      assert.equal(answer.headers.get("content-type"), "text/plain");
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
    it(`answers 404 to the unknown route ${path}, which pages can read`, async () => {
      assertError(await call(stack(), path), 404);
      for (const method of ["POST", "DELETE"]) {
        const preflight = await call(stack(), path, {
          method: "OPTIONS",
          apiKey: null,
          headers: {
            origin: "https://example.com",
            "access-control-request-method": method,
            "access-control-request-headers": "content-type,x-api-key",
          },
        });
        assert.equal(preflight.status, 204);
        assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
        const methods = preflight.headers.get("access-control-allow-methods") ?? "";
        assert.ok(methods.split(",").includes(method));
        assertError(await call(stack(), path, { method }), 404);
      }
    });
  }

  it("answers 404 to a method that the gateway does not know, on any path", async () => {
    for (const [method, path] of [
      ["TRACE", "/images"],
      ["PROPFIND", "/health"],
      ["TRACE", "/nothing"],
    ] as const) {
      const { status, bytes } = await callRaw(stack(), path, method);
      const { code } = JSON.parse(bytes.toString()) as { code: unknown };
      assert.deepEqual([status, code], [404, "NotFound"]);
    }
  });

  it("answers 413 to more than it passes on, names the limit and what takes more", async () => {
    for (const size of [8_000_000, 11_000_000]) {
      const answer = await call(stack(), "/images?userId=e2e", {
        method: "POST",
        headers: { "content-type": "image/png" },
        body: Buffer.alloc(size),
      });
      assertError(answer, 413, "RequestTooLarge");
      assert.equal(answer.body.limit, "request");
      assert.ok(Number.isInteger(answer.body.maxBytes));
      assert.match(String(answer.body.error), new RegExp(`${String(answer.body.maxBytes)} bytes`));
      assert.match(String(answer.body.error), /POST \/uploads/);
    }
  });

  for (const [method, path, allow] of [
    ["DELETE", "/images", "GET, HEAD, OPTIONS, POST"],
    ["PUT", `/images/${randomUUID()}`, "DELETE, GET, HEAD, OPTIONS, PATCH"],
    ["POST", `/images/${randomUUID()}/content`, "GET, HEAD, OPTIONS"],
    ["GET", "/uploads", "OPTIONS, POST"],
    ["DELETE", `/uploads/${randomUUID()}`, "GET, HEAD, OPTIONS"],
    ["GET", "/process", "OPTIONS, POST"],
    ["PATCH", "/process", "OPTIONS, POST"],
    ["POST", "/health", "GET, HEAD, OPTIONS"],
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
