import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { GatewayAccount } from "../../components/api/gateway-account";
import { boundaryShape, boundRoles } from "../../components/permissions-boundary";
import { runMocked } from "../support/pulumi";

const boundary = "arn:aws:iam::123456789012:policy/bootstrap/darkroom-boundary";

async function rolesWith(policyArn: string) {
  const { run } = await runMocked(() => {
    boundRoles(policyArn);
    new aws.iam.Role("own", { assumeRolePolicy: "{}", description: "kept" });
    new GatewayAccount("account");
  });
  return run;
}

describe("boundRoles", () => {
  it("bounds every role, in components too, and nothing else", async () => {
    const run = await rolesWith(boundary);
    const roles = run.ofType("aws:iam/role:Role");
    assert.deepEqual(roles.map(({ name, inputs }) => [name, inputs.permissionsBoundary]).sort(), [
      ["account-logging-role", boundary],
      ["own", boundary],
    ]);
    assert.equal(run.inputs("aws:iam/role:Role", "own").description, "kept");
    for (const { type, inputs } of run.resources) {
      assert.equal("permissionsBoundary" in inputs, type === "aws:iam/role:Role", type);
    }
  });

  it("bounds none without a boundary", async () => {
    const run = await rolesWith("");
    assert.ok(run.resources.every(({ inputs }) => !("permissionsBoundary" in inputs)));
  });
});

describe("permissionsBoundary", () => {
  it("is the ARN of a managed policy", () => {
    const isAccepted = (text: string) => boundaryShape.permissionsBoundary.safeParse(text).success;
    for (const text of ["", boundary, "arn:aws-us-gov:iam::aws:policy/PowerUserAccess"]) {
      assert.ok(isAccepted(text), text);
    }
    for (const text of [
      "boundary",
      "arn:aws:iam::1:policy/a",
      "arn:aws:iam::123456789012:role/a",
    ]) {
      assert.ok(!isAccepted(text), text);
    }
    assert.ok(!isAccepted(`${boundary} `));
  });
});
