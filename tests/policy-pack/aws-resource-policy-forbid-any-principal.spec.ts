import { policyHolders } from "../../policy-pack/data/resource-policies";
import { awsResourcePolicyForbidAnyPrincipal as policy } from "../../policy-pack/policies/aws-resource-policy-forbid-any-principal";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  outputOf,
  resource,
} from "./support/harness";

const open = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" };
const owned = { ...open, Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } };

function json(...Statement: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

describe("aws-resource-policy-forbid-any-principal", () => {
  for (const { type, path } of policyHolders) {
    const label = `aws.${type.slice(4).replace(/\/.*:/, ".")} "orders"`;

    function holder(document: unknown) {
      const props = [...path].reverse().reduce((value, key) => ({ [key]: value }), document);
      return resource(type, "orders", props as Record<string, unknown>);
    }

    it(`judges the policy of ${type}`, async () => {
      await assertRefused(policy, [holder(json(open))], `${label} lets anybody do sns:Publish`);
      await assertUnjudged(policy, [holder(json(owned)), resource(type, "orders", {})], []);
      const unjudged = `${label} (${path.join(".")})`;
      await assertUnjudged(policy, [holder(outputOf())], unjudged);
      const partly = { ...open, Principal: { AWS: outputOf() } };
      await assertUnjudged(policy, [holder({ Statement: [partly] })], unjudged);
    });
  }

  it("judges a layer's permission by whom it is for", async () => {
    const type = "aws:lambda/layerVersionPermission:LayerVersionPermission";
    const permission = { layerName: "tools", versionNumber: 1, action: "lambda:GetLayerVersion" };
    await assertAccepted(policy, [
      resource(type, "tools", { ...permission, principal: "123456789012" }),
      resource(type, "tools", { ...permission, principal: "*", organizationId: "o-a1b2c3d4e5" }),
      resource(type, "tools", {
        ...permission,
        principal: outputOf(),
        organizationId: "o-a1b2c3d4e5",
      }),
    ]);
    await assertUnjudged(
      policy,
      [resource(type, "tools", { ...permission, principal: outputOf() })],
      'aws.lambda.LayerVersionPermission "tools" (principal)',
    );
    await assertUnjudged(
      policy,
      [resource(type, "tools", { ...permission, principal: "*", organizationId: outputOf() })],
      'aws.lambda.LayerVersionPermission "tools" (organizationId)',
    );
    await assertRefused(
      policy,
      [resource(type, "tools", { ...permission, principal: "*" })],
      'aws.lambda.LayerVersionPermission "tools" lets anybody use it',
    );
  });

  it("judges a permission on the event bus by its condition", async () => {
    const type = "aws:cloudwatch/eventPermission:EventPermission";
    const condition = { key: "aws:PrincipalOrgID", type: "StringEquals", value: "o-a1b2c3d4e5" };
    await assertAccepted(policy, [
      resource(type, "events", { principal: "*", statementId: "organization", condition }),
    ]);
    await assertRefused(
      policy,
      [resource(type, "events", { principal: "*", statementId: "everybody" })],
      'aws.cloudwatch.EventPermission "events" lets anybody use it',
    );
  });

  it("lets anybody ask for an endpoint of a service where somebody accepts it", async () => {
    const type = "aws:ec2/vpcEndpointService:VpcEndpointService";
    await assertAccepted(policy, [
      resource(type, "api", { allowedPrincipals: ["*"], acceptanceRequired: true }),
    ]);
    await assertUnjudged(
      policy,
      [resource(type, "api", { allowedPrincipals: ["*"], acceptanceRequired: outputOf() })],
      'aws.ec2.VpcEndpointService "api" (acceptanceRequired)',
    );
    await assertUnjudged(
      policy,
      [resource(type, "api", { allowedPrincipals: [outputOf()], acceptanceRequired: false })],
      'aws.ec2.VpcEndpointService "api" (allowedPrincipals)',
    );
    await assertRefused(
      policy,
      [resource(type, "api", { allowedPrincipals: [outputOf(), "*"], acceptanceRequired: false })],
      'aws.ec2.VpcEndpointService "api" lets anybody use it',
    );
  });
});
