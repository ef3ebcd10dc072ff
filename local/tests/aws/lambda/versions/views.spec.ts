import assert from "node:assert/strict";

import {
  CreateAliasCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  type CreateAliasCommandInput,
  type LambdaClient,
} from "@aws-sdk/client-lambda";

import type { FunctionDefinition } from "../../../../aws/lambda/function-definition";
import { LocalLambda, roleArn, runtime, zipOf } from "../support/local-lambda";
import { clientOf } from "../support/sdk-client";

const arn = "arn:aws:lambda:eu-west-1:123456789012:function:resize";
const FunctionName = "resize";
const Name = "live";

describe("API of versions and aliases", () => {
  let local: LocalLambda;
  let client: LambdaClient;

  beforeEach(async () => {
    local = await LocalLambda.start();
    client = clientOf(local);
    await local.create(sourceOf("first"), { description: "Makes images smaller" });
  });

  afterEach(async () => {
    client.destroy();
    await local.stop();
  });

  function sourceOf(text: string): string {
    return `exports.handler = async () => ${JSON.stringify(text)};`;
  }

  /** Replaces code and configuration of `resize`. */
  async function update(text: string, more: Partial<FunctionDefinition> = {}): Promise<void> {
    const zip = zipOf({ "index.js": sourceOf(text) });
    const definition = { name: "resize", zip, handler: "index.handler", runtime, roleArn };
    await local.lambda.updateFunction({ ...definition, ...more });
  }

  /** Publishes versions 1 and 2. */
  async function publishTwo(): Promise<void> {
    await client.send(new PublishVersionCommand({ FunctionName }));
    await update("second");
    await client.send(new PublishVersionCommand({ FunctionName }));
  }

  const create = (input: Partial<CreateAliasCommandInput> = {}) =>
    client.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion: "1", ...input }));

  describe("PublishVersion", () => {
    it("tells the version with its own ARN and 201", async () => {
      const published = await client.send(new PublishVersionCommand({ FunctionName }));
      assert.equal(published.$metadata.httpStatusCode, 201);
      assert.equal(published.Version, "1");
      assert.equal(published.FunctionArn, `${arn}:1`);
      assert.equal(published.State, "Active");
      assert.equal(published.Description, "Makes images smaller");
    });

    it("publishes nothing where neither code nor configuration has changed", async () => {
      const first = await client.send(new PublishVersionCommand({ FunctionName }));
      const input = { FunctionName, Description: "another" };
      const second = await client.send(new PublishVersionCommand(input));
      assert.equal(second.Version, "1");
      assert.equal(second.Description, "Makes images smaller");
      assert.equal(second.RevisionId, first.RevisionId);
    });

    for (const [what, change] of Object.entries<Partial<FunctionDefinition>>({
      "a variable": { environment: { TABLE: "images" } },
      "the description": { description: "Makes images larger" },
      "the memory": { memoryMb: 256 },
      "the time-out": { timeoutSeconds: 10 },
      "the log group": { logGroup: "own" },
    })) {
      it(`publishes another version where ${what} has changed`, async () => {
        const description = "Makes images smaller";
        await client.send(new PublishVersionCommand({ FunctionName }));
        await update("first", { description, ...change });
        const { Version } = await client.send(new PublishVersionCommand({ FunctionName }));
        assert.equal(Version, "2");
      });
    }

    it("publishes none where tags or the reservation have changed, which versions do not have", async () => {
      const description = "Makes images smaller";
      await client.send(new PublishVersionCommand({ FunctionName }));
      await update("first", { description, tags: { Team: "a" }, reservedConcurrency: 5 });
      const { Version } = await client.send(new PublishVersionCommand({ FunctionName }));
      assert.equal(Version, "1");
    });

    it("gives the version a description of its own", async () => {
      const Description = "As of spring";
      const input = { FunctionName, Description };
      await client.send(new PublishVersionCommand(input));
      const version = { FunctionName, Qualifier: "1" };
      const published = await client.send(new GetFunctionConfigurationCommand(version));
      assert.equal(published.Description, Description);
      const current = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
      assert.equal(current.Description, "Makes images smaller");
    });

    it("refuses another hash or revision than the function's", async () => {
      const { CodeSha256, RevisionId } = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName }),
      );
      await assert.rejects(
        client.send(new PublishVersionCommand({ FunctionName, CodeSha256: "other" })),
        {
          name: "InvalidParameterValueException",
          message: `CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
        },
      );
      await assert.rejects(
        client.send(new PublishVersionCommand({ FunctionName, RevisionId: "other" })),
        { name: "PreconditionFailedException" },
      );
      const right = { FunctionName, CodeSha256, RevisionId };
      assert.equal((await client.send(new PublishVersionCommand(right))).Version, "1");
    });
  });

  it("lists versions, the function as it is first", async () => {
    await publishTwo();
    const { Versions = [] } = await client.send(
      new ListVersionsByFunctionCommand({ FunctionName }),
    );
    assert.deepEqual(
      Versions.map(({ FunctionArn, Version }) => [FunctionArn, Version]),
      [
        [`${arn}:$LATEST`, "$LATEST"],
        [`${arn}:1`, "1"],
        [`${arn}:2`, "2"],
      ],
    );
    const page = await client.send(
      new ListVersionsByFunctionCommand({ FunctionName, MaxItems: 2 }),
    );
    assert.equal(page.Versions?.length, 2);
    const { NextMarker: Marker } = page;
    const rest = await client.send(new ListVersionsByFunctionCommand({ FunctionName, Marker }));
    assert.deepEqual(
      rest.Versions?.map(({ Version }) => Version),
      ["2"],
    );
  });

  it("lists functions with all versions, if they are asked for", async () => {
    await publishTwo();
    const plain = await client.send(new ListFunctionsCommand());
    assert.deepEqual(
      plain.Functions?.map(({ FunctionArn }) => FunctionArn),
      [arn],
    );
    const all = await client.send(new ListFunctionsCommand({ FunctionVersion: "ALL" }));
    assert.deepEqual(
      all.Functions?.map(({ FunctionArn }) => FunctionArn),
      [`${arn}:$LATEST`, `${arn}:1`, `${arn}:2`],
    );
  });

  it("shows versions and aliases by their qualifiers, as they were published", async () => {
    await publishTwo();
    await create();
    const shown = async (FunctionName: string, Qualifier?: string) => {
      const { Configuration, Code } = await client.send(
        new GetFunctionCommand({ FunctionName, Qualifier }),
      );
      const { status } = await fetch(Code?.Location ?? "");
      return [Configuration?.FunctionArn, Configuration?.Version, status];
    };
    assert.deepEqual(await shown("resize"), [arn, "$LATEST", 200]);
    assert.deepEqual(await shown("resize", "$LATEST"), [`${arn}:$LATEST`, "$LATEST", 200]);
    assert.deepEqual(await shown("resize", "2"), [`${arn}:2`, "2", 200]);
    assert.deepEqual(await shown("resize", "live"), [`${arn}:live`, "1", 200]);
    assert.deepEqual(await shown(`${arn}:live`), [`${arn}:live`, "1", 200]);
    assert.deepEqual(await shown("resize:1", "1"), [`${arn}:1`, "1", 200]);
    await assert.rejects(shown("resize", "3"), {
      name: "ResourceNotFoundException",
      message: `Function not found: ${arn}:3`,
    });
    await assert.rejects(shown("resize", "gone"), { message: `Function not found: ${arn}:gone` });
    await assert.rejects(shown("resize:1", "2"), {
      name: "InvalidParameterValueException",
      message:
        "The derived qualifier from the function name does not match the specified qualifier.",
    });
  });

  describe("CreateAlias", () => {
    it("tells the alias, with 201", async () => {
      await publishTwo();
      const created = await create({ Description: "What is live" });
      assert.equal(created.$metadata.httpStatusCode, 201);
      const { RevisionId } = created;
      assert.deepEqual(created, {
        $metadata: created.$metadata,
        RevisionId,
        AliasArn: `${arn}:live`,
        Name: "live",
        FunctionVersion: "1",
        Description: "What is live",
      });
      const found = await client.send(new GetAliasCommand({ FunctionName: arn, Name }));
      assert.equal(found.RevisionId, RevisionId);
    });

    it("points to one other version, too", async () => {
      await publishTwo();
      const RoutingConfig = { AdditionalVersionWeights: { 2: 0.1 } };
      const created = await create({ RoutingConfig });
      assert.deepEqual(created.RoutingConfig, RoutingConfig);
      const none = await create({ Name: "a-2", RoutingConfig: { AdditionalVersionWeights: {} } });
      assert.equal(none.RoutingConfig, undefined);
    });

    it("takes $LATEST, and names that begin with digits", async () => {
      const created = await create({ Name: "2026-01-02", FunctionVersion: "$LATEST" });
      assert.equal(created.FunctionVersion, "$LATEST");
    });

    const routed = (weights: Record<string, number>, FunctionVersion = "1") => ({
      FunctionVersion,
      RoutingConfig: { AdditionalVersionWeights: weights },
    });
    const weightsAt = "at 'routingConfig.additionalVersionWeights' failed to satisfy constraint";
    for (const { what, input, name, message } of [
      {
        what: "more than one other version",
        input: routed({ 1: 0.8, 2: 0.2 }),
        name: "InvalidParameterValueException",
        message: "Number of items in AdditionalVersionWeights cannot be greater than 1",
      },
      {
        what: "a weight above 1",
        input: routed({ 2: 2 }),
        name: "ValidationException",
        message: `1 validation error detected: Value '{2=2.0}' ${weightsAt}: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]`,
      },
      {
        what: "a weight below 0",
        input: routed({ 2: -0.5 }),
        name: "ValidationException",
        message: `1 validation error detected: Value '{2=-0.5}' ${weightsAt}: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]`,
      },
      {
        what: "the same version twice",
        input: routed({ 1: 0.5 }),
        name: "InvalidParameterValueException",
        message:
          "Invalid function version 1. Function version 1 is already included in routing configuration.",
      },
      {
        what: "a version that there is none of",
        input: { FunctionVersion: "10" },
        name: "ResourceNotFoundException",
        message: `Function not found: ${arn}:10`,
      },
      {
        what: "another version that there is none of",
        input: routed({ 10: 0.5 }),
        name: "ResourceNotFoundException",
        message: `Function not found: ${arn}:10`,
      },
      {
        what: "another version beside $LATEST",
        input: routed({ 1: 0.5 }, "$LATEST"),
        name: "InvalidParameterValueException",
        message: "$LATEST is not supported for an alias pointing to more than 1 version",
      },
      {
        what: "$LATEST as another version",
        input: routed({ $LATEST: 0.5 }),
        name: "ValidationException",
        message: `1 validation error detected: Value '{$LATEST=0.5}' ${weightsAt}: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]`,
      },
      {
        what: "a number as its name",
        input: { Name: "2026" },
        name: "ValidationException",
        message:
          "1 validation error detected: Value '2026' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
      },
      {
        what: "a function that there is none of",
        input: { FunctionName: "missing" },
        name: "ResourceNotFoundException",
        message: "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:missing:1",
      },
    ]) {
      it(`refuses ${what}`, async () => {
        await publishTwo();
        await assert.rejects(create(input), { name, message });
        assert.deepEqual(local.lambda.aliases.of("resize"), []);
      });
    }

    it("refuses a name that is taken", async () => {
      await publishTwo();
      await create();
      await assert.rejects(create({ FunctionVersion: "2" }), {
        name: "ResourceConflictException",
        message: `Alias already exists: ${arn}:live`,
      });
      assert.equal(local.lambda.aliases.find("resize", "live")?.version, "1");
    });
  });

  describe("UpdateAlias", () => {
    beforeEach(async () => {
      await publishTwo();
      await create({ Description: "What is live" });
    });

    it("changes what it is told, and nothing else", async () => {
      const RoutingConfig = { AdditionalVersionWeights: { 2: 0.1 } };
      const weighted = await client.send(
        new UpdateAliasCommand({ FunctionName, Name, RoutingConfig }),
      );
      assert.deepEqual(weighted.RoutingConfig, RoutingConfig);
      assert.equal(weighted.FunctionVersion, "1");
      assert.equal(weighted.Description, "What is live");
      const described = await client.send(
        new UpdateAliasCommand({ FunctionName, Name, Description: "" }),
      );
      assert.deepEqual(described.RoutingConfig, RoutingConfig);
      assert.equal(described.Description, "");
      assert.notEqual(described.RevisionId, weighted.RevisionId);
    });

    for (const RoutingConfig of [{}, { AdditionalVersionWeights: {} }]) {
      it(`takes the other version away by ${JSON.stringify(RoutingConfig)}`, async () => {
        const weights = { AdditionalVersionWeights: { 2: 0.1 } };
        await client.send(new UpdateAliasCommand({ FunctionName, Name, RoutingConfig: weights }));
        const moved = await client.send(
          new UpdateAliasCommand({ FunctionName, Name, FunctionVersion: "2", RoutingConfig }),
        );
        assert.equal(moved.FunctionVersion, "2");
        assert.equal(moved.RoutingConfig, undefined);
      });
    }

    it("refuses to move onto the version that it routes to", async () => {
      const RoutingConfig = { AdditionalVersionWeights: { 2: 0.1 } };
      await client.send(new UpdateAliasCommand({ FunctionName, Name, RoutingConfig }));
      await assert.rejects(
        client.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion: "2" })),
        { name: "InvalidParameterValueException" },
      );
      assert.equal(local.lambda.aliases.find("resize", "live")?.version, "1");
    });

    it("refuses another revision, and an alias that there is none of", async () => {
      const other = { FunctionName, Name, FunctionVersion: "2", RevisionId: "other" };
      await assert.rejects(client.send(new UpdateAliasCommand(other)), {
        name: "PreconditionFailedException",
        message:
          "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
      });
      await assert.rejects(client.send(new UpdateAliasCommand({ FunctionName, Name: "gone" })), {
        name: "ResourceNotFoundException",
        message: `Alias not found: ${arn}:gone`,
      });
      const { RevisionId } = await client.send(new GetAliasCommand({ FunctionName, Name }));
      await client.send(new UpdateAliasCommand({ ...other, RevisionId }));
      assert.equal(local.lambda.aliases.find("resize", "live")?.version, "2");
    });
  });

  it("lists aliases by name, and those that lead to a version", async () => {
    await publishTwo();
    await create({ Name: "b", FunctionVersion: "2" });
    await create({ Name: "a" });
    await create({ Name: "c", RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } });
    const names = async (FunctionVersion?: string) => {
      const { Aliases = [] } = await client.send(
        new ListAliasesCommand({ FunctionName, FunctionVersion }),
      );
      return Aliases.map(({ Name }) => Name);
    };
    assert.deepEqual(await names(), ["a", "b", "c"]);
    assert.deepEqual(await names("2"), ["b", "c"]);
    assert.deepEqual(await names("$LATEST"), []);
  });

  it("deletes aliases, also those that are gone", async () => {
    await publishTwo();
    await create();
    for (let time = 0; time < 2; time += 1) {
      const { $metadata } = await client.send(new DeleteAliasCommand({ FunctionName, Name }));
      assert.equal($metadata.httpStatusCode, 204);
    }
    await assert.rejects(client.send(new GetAliasCommand({ FunctionName, Name })), {
      name: "ResourceNotFoundException",
      message: `Cannot find alias arn: ${arn}:live`,
    });
  });

  it("asks who may see and move an alias of its function", async () => {
    await publishTwo();
    await create();
    const input = { FunctionName, Name };
    for (const [action, send] of Object.entries({
      "lambda:GetAlias": () => client.send(new GetAliasCommand(input)),
      "lambda:UpdateAlias": () => client.send(new UpdateAliasCommand(input)),
      "lambda:DeleteAlias": () => client.send(new DeleteAliasCommand(input)),
      "lambda:PublishVersion": () => client.send(new PublishVersionCommand({ FunctionName })),
    })) {
      local.asked.length = 0;
      local.refused.add(action);
      await assert.rejects(send, { name: "AccessDeniedException" });
      assert.deepEqual(
        local.asked.map(({ action, resource }) => [action, resource]),
        [[action, arn]],
      );
    }
  });

  it("refuses a body that is no JSON", async () => {
    const response = await fetch(`${local.lambda.url}/2015-03-31/functions/resize/aliases`, {
      method: "POST",
      headers: { authorization: "any" },
      body: "{",
    });
    assert.equal(response.status, 400);
    const type = "InvalidRequestContentException";
    assert.equal(response.headers.get("x-amzn-errortype"), type);
  });
});
