import { iamRoleForbidInlinePolicy as policy } from "../../policy-pack/policies/iam-role-forbid-inline-policy";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("iam-role-forbid-inline-policy", () => {
  const role = resource("aws:iam/role:Role", "uploader", {});

  it("accepts roles and managed policies", async () => {
    await assertAccepted(policy, [
      role,
      spoiled(role, { inlinePolicies: [] }),
      spoiled(role, { inlinePolicies: [{}] }),
      spoiled(role, { inlinePolicies: outputOf() }),
      resource("aws:iam/policy:Policy", "uploader", { policy: outputOf() }),
    ]);
  });

  it("refuses inline policies of a role", async () => {
    const inlinePolicies = [{ name: "write", policy: outputOf() }];
    await assertRefused(
      policy,
      [spoiled(role, { inlinePolicies })],
      'aws.iam.Role "uploader" has inline policies',
    );
  });

  for (const type of ["RolePolicy", "UserPolicy", "GroupPolicy"]) {
    it(`refuses a ${type}`, async () => {
      const module = type.charAt(0).toLowerCase() + type.slice(1);
      await assertRefused(
        policy,
        [resource(`aws:iam/${module}:${type}`, "write", { policy: outputOf() })],
        `aws.iam.${type} "write" is an inline policy`,
      );
    });
  }
});
