import assert from "node:assert/strict";
import { checkResponseHeadersPolicy } from "../../../aws/cloudfront/check-policies";
import type { CorsRule } from "../../../aws/cloudfront/types";

const check = (changes: Partial<CorsRule>) => {
  checkResponseHeadersPolicy({
    cors: {
      allowCredentials: false,
      allowHeaders: ["*"],
      allowMethods: ["GET"],
      allowOrigins: ["*"],
      exposeHeaders: [],
      originOverride: true,
      ...changes,
    },
    headers: [],
    removeHeaders: [],
  });
};

describe("checkResponseHeadersPolicy", () => {
  it("takes origins with and without wildcards, one or several", () => {
    for (const allowOrigins of [
      ["*"],
      ["https://app.example.com"],
      ["https://app.example.com", "http://localhost:3000", "https://*.example.org"],
      ["https://*.example.org:*", "*.example.org"],
    ]) {
      check({ allowOrigins });
    }
  });

  for (const origin of [
    "",
    "https://",
    "https://example.*",
    "https://test.*.example.org",
    "https://exa*mple.org",
    "https://*example.org",
    "https://app.example.com/",
    "**",
  ]) {
    it(`refuses the origin "${origin}"`, () => {
      assert.throws(
        () => {
          check({ allowOrigins: ["https://app.example.com", origin] });
        },
        { code: "InvalidArgument", message: /AccessControlAllowOrigins contains / },
      );
    });
  }

  it("refuses empty lists, unknown methods, and wildcards beside credentials", () => {
    for (const [changes, message] of [
      [{ allowOrigins: [] }, /AllowOrigins must not be empty/],
      [{ allowHeaders: [] }, /AllowHeaders must not be empty/],
      [{ allowMethods: [] }, /AllowMethods must not be empty/],
      [{ allowMethods: ["TRACE"] }, /contains TRACE/],
      [{ allowCredentials: true, allowHeaders: ["a"] }, /AllowOrigins must not be a wildcard/],
    ] as const) {
      assert.throws(
        () => {
          check(changes);
        },
        { code: "InvalidArgument", message },
      );
    }
  });
});
