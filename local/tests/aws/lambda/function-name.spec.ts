import assert from "node:assert/strict";

import { GetFunctionCommand, InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";

import { LocalLambda } from "./support/local-lambda";
import { clientOf } from "./support/sdk-client";

const prefix = "arn:aws:lambda:eu-west-1:123456789012:function:";
const prelude = String.raw`(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?`;
const namePattern = String.raw`${prelude}([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`;
const qualifierPattern = String.raw`\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`;

interface Asked {
  FunctionName: string;
  Qualifier?: string;
}

describe("what a request names a function by", () => {
  let local: LocalLambda;
  let client: LambdaClient;

  before(async () => {
    local = await LocalLambda.start();
    client = clientOf(local);
    await local.create("exports.handler = async () => null;");
  });

  after(async () => {
    client.destroy();
    await local.stop();
  });

  async function both(asked: Asked, expected: (operation: string) => object): Promise<void> {
    await assert.rejects(client.send(new GetFunctionCommand(asked)), expected("GetFunction"));
    await assert.rejects(client.send(new InvokeCommand(asked)), expected("Invoke"));
  }

  for (const FunctionName of [
    "resize",
    "function:resize",
    "123456789012:resize",
    "123456789012:function:resize",
    "eu-west-1:123456789012:function:resize",
    `${prefix}resize`,
    `${prefix}resize:$LATEST`,
  ]) {
    it(`is ${FunctionName}`, async () => {
      const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName }));
      assert.equal(Configuration?.FunctionName, "resize");
      assert.equal((await client.send(new InvokeCommand({ FunctionName }))).StatusCode, 200);
    });
  }

  for (const FunctionName of [
    "my-function!",
    "*",
    "invalid-account:function:my-function",
    "arn:aws:lambda:invalid-region:123456789012:function:my-function",
    "arn:aws:ec2:eu-west-1:123456789012:instance:i-1234567890abcdef0",
    `${prefix}my-function:1:2`,
    "function:my-function:$LATEST:extra",
    "arn:aws:lambda::123456789012:function:my-function",
    "arn:aws:lambda:eu-west-1::function:my-function",
    `${prefix}my-function:$LATES`,
  ]) {
    it(`is not ${FunctionName}`, async () => {
      await both({ FunctionName }, () => ({
        name: "ValidationException",
        message: `1 validation error detected: Value '${FunctionName}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${namePattern}`,
      }));
    });
  }

  for (const [Qualifier, constraint] of [
    ["invalid!", `Member must satisfy regular expression pattern: ${qualifierPattern}`],
    ["a".repeat(129), "Member must have length less than or equal to 128"],
  ] as const) {
    it(`has no qualifier ${Qualifier.slice(0, 10)} of ${Qualifier.length} characters`, async () => {
      await both({ FunctionName: "resize", Qualifier }, () => ({
        name: "ValidationException",
        message: `1 validation error detected: Value '${Qualifier}' at 'qualifier' failed to satisfy constraint: ${constraint}`,
      }));
    });
  }

  it("is told to be wrong together with its qualifier", async () => {
    await both({ FunctionName: "a*", Qualifier: "b*" }, () => ({
      name: "ValidationException",
      message:
        /^2 validation errors detected: Value 'b\*' at 'qualifier' .*; Value 'a\*' at 'function/,
    }));
  });

  it("has one qualifier", async () => {
    const asked = { FunctionName: `${prefix}resize:$LATEST`, Qualifier: "1" };
    await both(asked, () => ({
      name: "InvalidParameterValueException",
      message:
        "The derived qualifier from the function name does not match the specified qualifier.",
    }));
  });

  it("is of this region", async () => {
    const FunctionName = "arn:aws:lambda:us-east-1:123456789012:function:resize";
    await both({ FunctionName }, () => ({
      name: "ResourceNotFoundException",
      message: "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
    }));
  });

  for (const [asked, named] of [
    [{ FunctionName: "a".repeat(65) }, "a".repeat(65)],
    [{ FunctionName: "arn:aws:lambda:eu-west-1:123456789012:function" }, "function"],
  ] as const) {
    it(`may be there or not, such as ${asked.FunctionName.slice(0, 50)}`, async () => {
      await both(asked, (operation) => ({
        name: "ResourceNotFoundException",
        // Invoke names the version that it would have run.
        message: `Function not found: ${prefix}${named}${operation === "Invoke" ? ":$LATEST" : ""}`,
        Type: "User",
      }));
    });
  }

  it("may have a qualifier that there is none of", async () => {
    await both({ FunctionName: "resize", Qualifier: "$latest" }, () => ({
      name: "ResourceNotFoundException",
      message: `Function not found: ${prefix}resize:$latest`,
    }));
  });
});
