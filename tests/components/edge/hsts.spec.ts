import assert from "node:assert/strict";
import { hstsHeader, hstsPolicy } from "../../../components/edge/hsts";

describe("HSTS", () => {
  const forms = [
    ["host", "max-age=31536000", {}],
    ["subdomains", "max-age=31536000; includeSubDomains", { includeSubdomains: true }],
    [
      "preload",
      "max-age=31536000; includeSubDomains; preload",
      { includeSubdomains: true, preload: true },
    ],
  ] as const;
  for (const [scope, header, flags] of forms) {
    it(`for ${scope} is the same by a header and by CloudFront's policy`, () => {
      assert.equal(hstsHeader(scope), header);
      assert.deepEqual(hstsPolicy(scope), {
        accessControlMaxAgeSec: 31_536_000,
        override: true,
        ...flags,
      });
    });
  }
});
