import assert from "node:assert/strict";

import {
  CreateAliasCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionRecursionConfigCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListFunctionsCommand,
  ListFunctionUrlConfigsCommand,
  ListTagsCommand,
  PublishVersionCommand,
  type LambdaClient,
} from "@aws-sdk/client-lambda";

import { LocalLambda } from "./support/local-lambda";
import { clientOf } from "./support/sdk-client";

const prefix = "arn:aws:lambda:eu-west-1:123456789012:";
const noResource = "The resource you requested does not exist.";

describe("what shows functions", () => {
  let local: LocalLambda;
  let client: LambdaClient;

  before(async () => {
    local = await LocalLambda.start();
    client = clientOf(local);
    await local.create("exports.handler = async () => null;", { tags: { team: "ours" } });
    local.lambda.publishVersion("resize");
    local.lambda.aliases.create({ functionName: "resize", name: "live", version: "1" });
  });

  after(async () => {
    client.destroy();
    await local.stop();
  });

  const missing = { FunctionName: "missing" };
  const noConfig = `The function ${prefix}function:missing:$LATEST doesn't have an EventInvokeConfig`;
  const noVersion = `The function ${prefix}function:resize:1221 doesn't have an EventInvokeConfig`;
  const noAlias = { FunctionName: "resize", Qualifier: "1221" };
  for (const [what, ask, message] of [
    ["GetPolicy", () => client.send(new GetPolicyCommand(missing)), noResource],
    ["GetPolicy of a version", () => client.send(new GetPolicyCommand(noAlias)), noResource],
    [
      "GetFunctionEventInvokeConfig",
      () => client.send(new GetFunctionEventInvokeConfigCommand(missing)),
      noConfig,
    ],
    [
      "GetFunctionEventInvokeConfig of a version",
      () => client.send(new GetFunctionEventInvokeConfigCommand(noAlias)),
      noVersion,
    ],
    [
      "ListFunctionEventInvokeConfigs",
      () => client.send(new ListFunctionEventInvokeConfigsCommand(missing)),
      "The function doesn't exist.",
    ],
    [
      "GetFunctionUrlConfig",
      () => client.send(new GetFunctionUrlConfigCommand(missing)),
      noResource,
    ],
    [
      "ListFunctionUrlConfigs",
      () => client.send(new ListFunctionUrlConfigsCommand(missing)),
      "Function does not exist",
    ],
    [
      "GetFunctionConcurrency",
      () => client.send(new GetFunctionConcurrencyCommand(missing)),
      `Function not found: ${prefix}function:missing`,
    ],
  ] as const) {
    it(`says in the words of ${what} what is not there`, async () => {
      const name = "ResourceNotFoundException";
      await assert.rejects(ask(), { name, message, Type: "User" });
    });
  }

  it("tells the message as the error's model has it", async () => {
    const documentAt = async (path: string) => {
      const headers = { authorization: "signed" };
      const response = await fetch(`${local.lambda.url}/2015-03-31/functions/${path}`, { headers });
      return response.json();
    };
    assert.deepEqual(await documentAt("missing"), {
      Type: "User",
      Message: `Function not found: ${prefix}function:missing`,
    });
    assert.deepEqual(await documentAt("resize:live?Qualifier=1"), {
      Type: "User",
      message:
        "The derived qualifier from the function name does not match the specified qualifier.",
    });
  });

  for (const Qualifier of ["1", "$LATEST"]) {
    it(`shows URLs of aliases, and refuses the qualifier ${Qualifier}`, async () => {
      const asked = new GetFunctionUrlConfigCommand({ FunctionName: "resize", Qualifier });
      await assert.rejects(client.send(asked), {
        name: "ValidationException",
        message: String.raw`1 validation error detected: Value '${Qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\d+$)^[0-9a-zA-Z-_]+$)`,
      });
    });
  }

  it("tells of the events of a function what was set, and no defaults", async () => {
    local.lambda.putFunctionEventInvokeConfig("resize", { maximumEventAgeSeconds: 60 });
    local.lambda.putFunctionEventInvokeConfig("resize:live", { maximumRetryAttempts: 0 });
    const listed = await client.send(
      new ListFunctionEventInvokeConfigsCommand({ FunctionName: "resize" }),
    );
    const nowhere = { OnSuccess: {}, OnFailure: {} };
    assert.deepEqual(
      listed.FunctionEventInvokeConfigs?.map((config) => ({ ...config, LastModified: undefined })),
      [
        {
          FunctionArn: `${prefix}function:resize:$LATEST`,
          LastModified: undefined,
          MaximumEventAgeInSeconds: 60,
          DestinationConfig: nowhere,
        },
        {
          FunctionArn: `${prefix}function:resize:live`,
          LastModified: undefined,
          MaximumRetryAttempts: 0,
          DestinationConfig: nowhere,
        },
      ],
    );
  });

  it("takes names with dots where Lambda does, and not where it does not", async () => {
    const FunctionName = "re.size";
    for (const ask of [
      () => client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName })),
      () => client.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName })),
      () => client.send(new GetFunctionCodeSigningConfigCommand({ FunctionName })),
    ]) {
      await assert.rejects(ask(), {
        name: "ValidationException",
        message:
          /^1 validation error detected: Value 're\.size' at 'functionName' failed to satisfy/,
      });
    }
    await assert.rejects(client.send(new GetPolicyCommand({ FunctionName })), {
      name: "ResourceNotFoundException",
    });
  });

  it("tells the version of the runtime, but not in lists", async () => {
    const FunctionName = "resize";
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName }));
    const arn = Configuration?.RuntimeVersionConfig?.RuntimeVersionArn ?? "";
    assert.match(arn, /^arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}$/);
    const expected = { RuntimeVersionArn: arn };
    const one = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    assert.deepEqual(one.RuntimeVersionConfig, expected);
    const published = await client.send(new PublishVersionCommand({ FunctionName }));
    assert.deepEqual(published.RuntimeVersionConfig, expected);
    const { Functions } = await client.send(new ListFunctionsCommand());
    assert.deepEqual(
      Functions?.map(({ RuntimeVersionConfig, State }) => [RuntimeVersionConfig, State]),
      [[undefined, undefined]],
    );
  });

  it("gives lists of configurations in pages, of 50 at most", async () => {
    local.lambda.putFunctionEventInvokeConfig("resize", { maximumRetryAttempts: 1 });
    local.lambda.putFunctionEventInvokeConfig("resize:live", { maximumRetryAttempts: 0 });
    const arns: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const asked = { FunctionName: "resize", MaxItems: 1, ...(Marker && { Marker }) };
      const page = await client.send(new ListFunctionEventInvokeConfigsCommand(asked));
      arns.push(...(page.FunctionEventInvokeConfigs ?? []).map(({ FunctionArn }) => FunctionArn));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    assert.deepEqual(
      arns,
      ["$LATEST", "live"].map((qualifier) => `${prefix}function:resize:${qualifier}`),
    );
    for (const [MaxItems, limit] of [
      [0, "greater than or equal to 1"],
      [51, "less than or equal to 50"],
    ] as const) {
      const asked = { FunctionName: "resize", MaxItems };
      await assert.rejects(client.send(new ListFunctionUrlConfigsCommand(asked)), {
        name: "ValidationException",
        message: `1 validation error detected: Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value ${limit}`,
      });
    }
  });

  it("lists all versions of functions, or none", async () => {
    const FunctionVersion = "invalid" as "ALL";
    await assert.rejects(client.send(new ListFunctionsCommand({ FunctionVersion })), {
      name: "ValidationException",
      message:
        "1 validation error detected: Value 'invalid' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]",
    });
  });

  it("shows tags of functions, which versions and aliases do not have", async () => {
    const tagsOf = (Resource: string) => client.send(new ListTagsCommand({ Resource }));
    assert.deepEqual((await tagsOf(`${prefix}function:resize`)).Tags, { team: "ours" });
    for (const qualifier of ["live", "$LATEST"]) {
      await assert.rejects(tagsOf(`${prefix}function:resize:${qualifier}`), {
        name: "InvalidParameterValueException",
        message:
          "Tags on function aliases and versions are not supported. Please specify a function ARN.",
      });
    }
    for (const [resource, message] of [
      ["function:missing", `Function not found: ${prefix}function:missing`],
      [
        "event-source-mapping:2d7d4bd4-5c3b-4d43-a9b1-1c1f0a2b3c4d",
        `Event source mapping not found: ${prefix}event-source-mapping:2d7d4bd4-5c3b-4d43-a9b1-1c1f0a2b3c4d`,
      ],
    ]) {
      const name = "ResourceNotFoundException";
      await assert.rejects(tagsOf(`${prefix}${resource}`), { name, message });
    }
    for (const wrong of ["resize", "arn:aws:something", `${prefix}foobar:resize`]) {
      await assert.rejects(tagsOf(wrong), {
        name: "ValidationException",
        message: /^1 validation error detected: Value '.*' at 'resource' failed to satisfy/,
      });
    }
  });

  it("takes names of functions and aliases as the operation does", async () => {
    await assert.rejects(
      client.send(new GetFunctionRecursionConfigCommand({ FunctionName: "resize:live" })),
      { name: "ValidationException", message: /Value 'resize:live' at 'functionName'/ },
    );
    await assert.rejects(
      client.send(new GetAliasCommand({ FunctionName: "resize", Name: "2024" })),
      { name: "ValidationException", message: /Value '2024' at 'name'/ },
    );
    const unknown = { FunctionName: "resize", Name: "new", FunctionVersion: "one" };
    await assert.rejects(client.send(new CreateAliasCommand(unknown)), {
      name: "ValidationException",
      message: String.raw`1 validation error detected: Value 'one' at 'functionVersion' failed to satisfy constraint: Member must satisfy regular expression pattern: (\$LATEST(\.PUBLISHED)?|[0-9]+)`,
    });
  });
});
