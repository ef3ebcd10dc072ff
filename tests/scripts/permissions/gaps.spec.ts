import assert from "node:assert/strict";
import { stackPermissions } from "../../../bootstrap/permissions/stack-permissions";
import { gapsFor } from "../../../scripts/permissions/gaps";

describe("What the tables of bootstrap/ lack", () => {
  it("is nothing for the program as it is", () => {
    assert.deepEqual(gapsFor(stackPermissions), []);
  });

  it("is told of all that is needed at once, each with the place to say it", () => {
    const needed = {
      ...stackPermissions,
      types: [...stackPermissions.types, "aws:ec2/vpc:Vpc", "aws:resourcegroups/group:Group"],
      functions: ["aws:ec2/getVpc:getVpc"],
      roleActions: ["s3:GetObject", "ses:SendEmail"],
      managedPolicies: ["arn:aws:iam::aws:policy/Other"],
    };
    assert.deepEqual(gapsFor(needed), [
      "Say in bootstrap/permissions/by-type/ what aws:ec2/vpc:Vpc needs.",
      "Say in bootstrap/permissions/by-type/ what aws:resourcegroups/group:Group needs.",
      "Say in bootstrap/permissions/by-type.ts what aws:ec2/getVpc:getVpc reads.",
      "Say in bootstrap/permissions/scope.ts which resources of ses are a stack's.",
      "Say in bootstrap/permissions/documents.ts what the stack's roles need of arn:aws:iam::aws:policy/Other.",
    ]);
  });
});
