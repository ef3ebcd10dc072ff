import assert from "node:assert/strict";
import { accessDeniedMessage } from "../../../aws/iam/access-denied-message";
import type { Decision, Principal } from "../../../aws/iam/types";

const arn = "arn:aws:sts::123456789012:assumed-role/reader/resize";
const role: Principal = {
  kind: "role",
  arn,
  roleArn: "arn:aws:iam::123456789012:role/reader",
};

function message(decision: Partial<Decision>, principal = role): string {
  return accessDeniedMessage(
    { principal, action: "s3:GetObject", resource: '"arn:aws:s3:::photos/a"' },
    { allowed: false, reason: "implicit-deny", explanation: "ours", ...decision },
  );
}

describe("accessDeniedMessage", () => {
  const start = `User: ${arn} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::photos/a"`;

  it("says which kind of policy allows nothing", () => {
    assert.equal(
      message({ policyType: "identity-based" }),
      `${start} because no identity-based policy allows the s3:GetObject action`,
    );
    assert.equal(
      message({ policyType: "resource-based" }),
      `${start} because no resource-based policy allows the s3:GetObject action`,
    );
    assert.equal(
      message({ policyType: "permissions boundary" }),
      `${start} because no permissions boundary allows the s3:GetObject action`,
    );
  });

  it("says which kind of policy denies", () => {
    const reason = "explicit-deny";
    assert.equal(
      message({ reason, policyType: "identity-based" }),
      `${start} with an explicit deny in an identity-based policy`,
    );
    assert.equal(
      message({ reason, policyType: "resource-based" }),
      `${start} with an explicit deny in a resource-based policy`,
    );
    assert.equal(
      message({ reason, policyType: "permissions boundary" }),
      `${start} with an explicit deny in a permissions boundary`,
    );
  });

  it("names services", () => {
    const service: Principal = { kind: "service", service: "cloudfront.amazonaws.com" };
    assert.match(message({}, service), /^User: cloudfront\.amazonaws\.com is not/);
  });
});
