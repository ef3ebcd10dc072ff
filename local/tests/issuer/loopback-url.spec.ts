import assert from "node:assert/strict";

import { isLoopbackUrl } from "../../issuer/loopback-url";

describe("isLoopbackUrl", () => {
  for (const url of [
    "http://localhost",
    "https://127.0.0.1:1/a?b",
    "http://[::1]:5173",
    "http://LOCALHOST:3000",
  ]) {
    it(`takes ${url}`, () => {
      assert.equal(isLoopbackUrl(url), true);
    });
  }

  for (const url of [
    "",
    "null",
    "localhost",
    "ftp://localhost/",
    "file:///etc/hosts",
    "javascript:alert(1)//localhost",
    "http://localhost.example.com",
    "http://localhost@example.com",
    "http://example.com#localhost",
    "http://0.0.0.0",
    "http://192.168.0.1",
  ]) {
    it(`refuses ${JSON.stringify(url)}`, () => {
      assert.equal(isLoopbackUrl(url), false);
    });
  }
});
