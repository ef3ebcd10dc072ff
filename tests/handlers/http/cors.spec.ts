import assert from "node:assert/strict";
import { allOrigins, readOrigins, withCors } from "../../../handlers/http/cors";
import { emptyResponse } from "../../../handlers/http/responses";

describe("withCors", () => {
  const app = "https://app.test";
  const origins = [app, "http://localhost:5173"];
  const response = emptyResponse(304, { ETag: '"1"', Vary: "Accept" });
  const exposed = "Accept-Ranges, Content-Range, ETag, Idempotency-Replayed, Location, Retry-After";

  for (const origin of [undefined, app, "https://other.test", "null", ""]) {
    it(`lets every page read a response where all may, such as ${origin}`, () => {
      assert.deepEqual(withCors(response, allOrigins, origin), {
        ...response,
        headers: {
          ...response.headers,
          "Access-Control-Allow-Origin": "*",
          "Access-Control-Expose-Headers": exposed,
        },
      });
    });
  }

  for (const origin of origins) {
    it(`lets pages of ${origin} read it where they may, and tells caches`, () => {
      assert.deepEqual(withCors(response, origins, origin), {
        ...response,
        headers: {
          ...response.headers,
          Vary: "Accept, Origin",
          "Access-Control-Allow-Origin": origin,
          "Access-Control-Expose-Headers": exposed,
        },
      });
    });
  }

  const others = [
    undefined,
    "",
    "null",
    "*",
    "https://other.test",
    "http://app.test",
    "https://app.test:8443",
    "https://app.test/",
    "https://APP.test",
    "https://app.test.other.test",
    "https://x.app.test",
    `${app}, ${app}`,
    `${app} `,
  ];
  for (const origin of others) {
    it(`lets no page of ${JSON.stringify(origin)} read it, and tells caches`, () => {
      assert.deepEqual(withCors(response, origins, origin), {
        ...response,
        headers: { ...response.headers, Vary: "Accept, Origin" },
      });
    });
  }

  it("leaves the response as it is", () => {
    const before = structuredClone(response);
    withCors(response, origins, app);
    assert.deepEqual(response, before);
  });

  it("tells caches of a response that did not vary", () => {
    assert.equal(withCors(emptyResponse(204), origins, app).headers?.Vary, "Origin");
  });
});

describe("readOrigins", () => {
  it("reads the list of the environment", () => {
    const origins = ["https://a.test", "https://b.test"];
    assert.deepEqual(readOrigins({ ALLOWED_ORIGINS: JSON.stringify(origins) }), origins);
  });

  for (const value of [undefined, "", "*", "{}", '"*"', "[1]", "null"]) {
    it(`fails with ${JSON.stringify(value)}`, () => {
      assert.throws(() => readOrigins({ ALLOWED_ORIGINS: value }));
    });
  }
});
