import assert from "node:assert/strict";
import { inLab, openApi, proxied, raw } from "../lab";

const document = openApi({
  "/": { get: proxied() },
  "/images": { get: proxied(), post: proxied() },
  "/images/latest": { get: proxied() },
  "/images/{id}": { get: proxied(), "x-amazon-apigateway-any-method": proxied() },
  "/images/{id}/tags": { get: proxied() },
  "/files/{path+}": { get: proxied() },
  "/{proxy+}": { options: proxied() },
});

describe("findRoute", () => {
  const cases = [
    ["GET", "", "/", null],
    ["GET", "/", "/", null],
    ["GET", "/images", "/images", null],
    ["GET", "/images/", "/images", null],
    ["GET", "//images", "/images", null],
    ["GET", "/images/latest", "/images/latest", null],
    ["GET", "/images/a", "/images/{id}", { id: "a" }],
    ["DELETE", "/images/a", "/images/{id}", { id: "a" }],
    ["DELETE", "/images/latest", "/images/{id}", { id: "latest" }],
    ["GET", "/images/latest/tags", "/images/{id}/tags", { id: "latest" }],
    ["GET", "/images/a%2Fb", "/images/{id}", { id: "a%2Fb" }],
    ["GET", "/images/a%252Fb", "/images/{id}", { id: "a%252Fb" }],
    ["GET", "/images/%2e%2e%2fx", "/images/{id}", { id: "%2e%2e%2fx" }],
    ["GET", "/images/..", "/images/{id}", { id: ".." }],
    ["GET", "/files/a/b%20c/d/", "/files/{path+}", { path: "a/b%20c/d" }],
    ["OPTIONS", "/nothing", "/{proxy+}", { proxy: "nothing" }],
    ["OPTIONS", "/images/a/b/c", "/{proxy+}", { proxy: "images/a/b/c" }],
    ["OPTIONS", "/files", "/{proxy+}", { proxy: "files" }],
  ] as const;
  for (const [method, path, resource, pathParameters] of cases) {
    it(`leads ${method} "${path}" to ${resource}`, () =>
      inLab(async (lab) => {
        const { url } = await lab.deploy(document);
        assert.equal((await raw(url, path, { method })).status, 200);
        const event = lab.event();
        assert.equal(event.resource, resource);
        assert.deepEqual(event.pathParameters, pathParameters);
      }));
  }

  for (const [method, path] of [
    ["GET", "/nothing"],
    ["GET", "/images/a/b"],
    ["GET", "/images//tags"],
    ["GET", "/files"],
    ["GET", "/Images"],
    ["DELETE", "/images"],
    ["HEAD", "/images"],
    ["TRACE", "/images/a"],
  ] as const) {
    it(`finds nothing for ${method} "${path}"`, () =>
      inLab(async (lab) => {
        const { url } = await lab.deploy(document);
        const response = await raw(url, path, { method });
        assert.equal(response.status, 403);
        assert.equal(response.headers["x-amzn-errortype"], "MissingAuthenticationTokenException");
        if (method !== "HEAD") {
          assert.equal(response.body.toString(), '{"message":"Missing Authentication Token"}');
        }
        assert.equal(lab.invocations.length, 0);
      }));
  }
});
