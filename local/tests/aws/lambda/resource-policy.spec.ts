import assert from "node:assert/strict";

import { ResourcePolicy, type Permission } from "../../../aws/lambda/resource-policy";

const permission: Permission = {
  functionName: "resize",
  statementId: "s3",
  action: "lambda:InvokeFunction",
  principal: "s3.amazonaws.com",
};

describe("ResourcePolicy", () => {
  let policy: ResourcePolicy;

  beforeEach(() => {
    policy = new ResourcePolicy("arn:aws:lambda:eu-west-1:123456789012:function:resize", "aws");
  });

  const mismatch = (member: string, value: string, pattern: string) => ({
    code: "ValidationException",
    message: `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
  });
  const statementIds = "([a-zA-Z0-9-_]+)";
  const actions = "(lambda:[*]|lambda:[a-zA-Z]+|[*])";
  const noPrincipal = {
    code: "InvalidParameterValueException",
    message: "The provided principal was invalid. Please check the principal and try again.",
  };
  const refused: readonly (readonly [Partial<Permission>, { code: string; message: string }])[] = [
    [{ statementId: "example.com" }, mismatch("statementId", "example.com", statementIds)],
    [
      { statementId: "a".repeat(101) },
      {
        code: "ValidationException",
        message: `1 validation error detected: Value '${"a".repeat(101)}' at 'statementId' failed to satisfy constraint: Member must have length less than or equal to 100`,
      },
    ],
    [{ action: "lambda:Invoke*" }, mismatch("action", "lambda:Invoke*", actions)],
    [{ action: "s3:GetObject" }, mismatch("action", "s3:GetObject", actions)],
    [{ principal: "a b" }, mismatch("principal", "a b", String.raw`[^\s]+`)],
    [{ principal: "invalid.nonaws.com" }, noPrincipal],
    [{ principal: "s3" }, noPrincipal],
    [{ principal: "12345" }, noPrincipal],
    [
      { functionName: "resize:$LATEST" },
      {
        code: "InvalidParameterValueException",
        message: "We currently do not support adding policies for $LATEST.",
      },
    ],
  ];
  for (const [members, error] of refused) {
    it(`refuses ${JSON.stringify(members).slice(0, 60)}`, () => {
      assert.throws(() => policy.add({ ...permission, ...members }), error);
      assert.equal(policy.document, undefined);
    });
  }

  for (const [principal, element] of [
    ["*", "*"],
    ["123456789012", { AWS: "arn:aws:iam::123456789012:root" }],
    ["arn:aws:iam::123456789012:role/app", { AWS: "arn:aws:iam::123456789012:role/app" }],
    ["logs.eu-west-1.amazonaws.com", { Service: "logs.eu-west-1.amazonaws.com" }],
    ["alexa-appkit.amazon.com", { Service: "alexa-appkit.amazon.com" }],
    ["s3.amazonaws.com.cn", { Service: "s3.amazonaws.com.cn" }],
    ["s3.amazonaws.eu", { Service: "s3.amazonaws.eu" }],
    ["s3.c2s.ic.gov", { Service: "s3.c2s.ic.gov" }],
  ] as const) {
    it(`lets ${principal} in`, () => {
      assert.deepEqual(policy.add({ ...permission, principal }).Principal, element);
    });
  }

  it("refuses a second statement of one name", () => {
    policy.add(permission);
    assert.throws(() => policy.add(permission), {
      code: "ResourceConflictException",
      statusCode: 409,
    });
  });
});
