import assert from "node:assert/strict";
import { join } from "node:path";
import { FileAsset, AssetArchive } from "@pulumi/pulumi/asset";
import type { EngineEvent } from "../../engine/events";
import type { RegisteredResource } from "../../engine/registered-resource";
import type { ProgramResult } from "../../engine/run-program";
import type { FakeProvider } from "./fake-provider";
import { startFixture } from "./run-fixture";

const groupType = "test:index:Group";
const thingType = "test:index/thing:Thing";
const firstUrn = `urn:pulumi:dev::resources::${groupType}$${groupType}$${thingType}::first`;

function find(result: ProgramResult, name: string): RegisteredResource {
  const resource = result.resources.find((candidate) => candidate.name === name);
  assert.ok(resource, `${name} is not registered`);
  return resource;
}

describe("runProgram", () => {
  let result: ProgramResult;
  let provider: FakeProvider;
  let events: EngineEvent[];

  before(async () => {
    process.env.AWS_PROFILE = "of-the-host";
    process.env.PULUMI_ACCESS_TOKEN = "of-the-host";
    const run = await startFixture("resources", { password: "hunter2" });
    ({ provider, events } = run);
    result = await run.result;
    assert.deepEqual(provider.created, []);
    await result.create();
  });

  after(() => {
    delete process.env.AWS_PROFILE;
    delete process.env.PULUMI_ACCESS_TOKEN;
  });

  it("names resources by the types of all their parents but the stack", () => {
    assert.equal(find(result, "group").urn, `urn:pulumi:dev::resources::${groupType}::group`);
    assert.equal(find(result, "first").urn, firstUrn);
    assert.equal(find(result, "first").parent, find(result, "nested").urn);
  });

  it("creates custom resources of types that are emulated, and nothing else, in the order of their registration", () => {
    const registered = result.resources.map(({ name }) => name);
    assert.deepEqual(
      provider.created,
      registered.filter((name) => ["assets", "first", "second"].includes(name)),
    );
    assert.deepEqual(provider.planned.map(({ name }) => name).sort(), [
      "assets",
      "first",
      "second",
    ]);
  });

  it("records what is not emulated, with the logical name as its id", () => {
    const recorded = events.filter((event) => event.kind === "created" && event.onlyRecorded);
    assert.deepEqual(
      recorded.map((event) => event.kind === "created" && event.resource.type),
      ["test:index:Unknown"],
    );
    assert.equal(result.outputs.dashboardId, "dashboard");
    assert.deepEqual(find(result, "dashboard").outputs, { body: "{}" });
  });

  it("tells of every resource once it exists", () => {
    const created = events.flatMap((event) => (event.kind === "created" ? [event] : []));
    assert.deepEqual(
      created.map(({ resource }) => resource.urn).sort(),
      result.resources.map(({ urn }) => urn).sort(),
    );
    assert.ok(created.every(({ seconds }) => seconds >= 0));
  });

  it("gives the provider secrets in clear and other resources as their ids", () => {
    assert.deepEqual(provider.inputsOf("first"), { size: 2, password: "hunter2" });
    assert.deepEqual(provider.inputsOf("second"), {
      source: "arn:first",
      thing: "id-first",
      list: ["t0ken", "plain"],
    });
  });

  it("gives the provider assets and archives, and the folder that their paths start from", async () => {
    const { file, archive } = provider.inputsOf("assets") ?? {};
    assert.ok(file instanceof FileAsset);
    assert.equal(await file.path, "./index.ts");
    assert.ok(archive instanceof AssetArchive);
    assert.deepEqual(Object.keys(await archive.assets), ["code.js", "folder"]);
    assert.equal(provider.planned[0]?.projectDir, join(__dirname, "fixtures/resources"));
  });

  it("records which inputs and options a resource depends on", () => {
    const { dependencies, propertyDependencies } = find(result, "second");
    assert.deepEqual(dependencies, [firstUrn]);
    assert.deepEqual(propertyDependencies, {
      source: [firstUrn],
      thing: [firstUrn],
      list: [firstUrn],
    });
  });

  it("records resource options", () => {
    const { options } = find(result, "first");
    assert.equal(options.protect, true);
    assert.deepEqual(options.ignoreChanges, ["size"]);
    assert.deepEqual(options.aliases, [firstUrn.replace("::first", "::formerly")]);
    assert.equal(options.deleteBeforeReplace, undefined);
    const second = find(result, "second");
    assert.equal(second.options.deleteBeforeReplace, true);
    assert.equal(second.provider, `${find(result, "provider").urn}::provider`);
  });

  it("passes outputs on, those of resources included", () => {
    const { arn, token, password, nestedSecret } = result.outputs;
    assert.deepEqual(
      { arn, token, password, nestedSecret },
      {
        arn: "arn:second",
        token: "t0ken",
        password: "hunter2",
        nestedSecret: { inner: ["t0ken"] },
      },
    );
  });

  it("keeps secret what came from a secret or what the provider says is one", () => {
    assert.deepEqual(result.secretOutputs, ["nestedSecret", "password", "token"]);
    for (const secret of ["password", "token"]) {
      assert.match(JSON.stringify(find(result, "first").outputs?.[secret]), /1b4706/);
    }
    assert.match(JSON.stringify(find(result, "second").outputs?.size), /1b4706/);
    assert.match(JSON.stringify(find(result, "second").outputs?.list), /1b4706/);
    assert.equal(find(result, "first").outputs?.arn, "arn:first");
  });

  it("answers function calls by the provider", () => {
    assert.deepEqual(provider.invoked, [
      { token: "test:index:echo", args: { arn: "arn:first", nothing: null } },
    ]);
    assert.deepEqual(result.outputs.thingSeen, { args: { arn: "arn:first", nothing: null } });
  });

  it("tells the program its project, stack and config", () => {
    assert.equal(result.outputs.where, "organization/resources/dev");
    assert.equal(result.outputs.greeting, "hello");
  });

  it("runs the program in the folder of its main file", () => {
    assert.equal(result.outputs.workingDir, join(__dirname, "fixtures/resources"));
  });

  it("keeps the host's AWS and Pulumi settings from the program", () => {
    assert.deepEqual(result.outputs.environment, ["PATH"]);
  });

  it("lets a resource be looked at before it is planned, and refused", async () => {
    const analyzed: string[] = [];
    const run = await startFixture(
      "failing",
      { how: "create" },
      {
        analyze: (resource) => {
          analyzed.push(resource.name);
          return resource.name === "failing"
            ? Promise.reject(new Error("refused"))
            : Promise.resolve();
        },
      },
    );
    await assert.rejects(run.result, { message: "refused" });
    assert.deepEqual(analyzed, ["failing-dev", "default", "before", "failing"]);
    assert.equal(run.provider.inputsOf("failing"), undefined);
  });
});

describe("runProgram in a dry run", () => {
  let result: ProgramResult;
  let provider: FakeProvider;

  before(async () => {
    const run = await startFixture("resources", { password: "hunter2" }, { dryRun: true });
    ({ provider } = run);
    result = await run.result;
  });

  it("creates nothing", () => {
    assert.deepEqual(provider.created, []);
    assert.ok(result.resources.every(({ id }) => id === undefined));
    assert.equal(result.outputs.preview, true);
  });

  it("knows inputs, and marks what only a real run tells as unknown", () => {
    assert.equal(result.outputs.password, "hunter2");
    assert.match(JSON.stringify(result.outputs.arn), /pulumiUnknown/);
    const { inputs, propertyDependencies } = find(result, "second");
    assert.equal(inputs.source, "04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    assert.deepEqual(propertyDependencies.source, [firstUrn]);
  });

  it("does not call a function whose arguments are unknown", () => {
    assert.deepEqual(provider.invoked, []);
    assert.match(JSON.stringify(result.outputs.thingSeen), /pulumiUnknown/);
  });

  it("still calls functions whose arguments are known", async () => {
    const run = await startFixture("transforms", {}, { dryRun: true });
    await run.result;
    assert.equal(run.provider.invoked.length, 1);
  });

  it("registers nothing for a resource that exists elsewhere", async () => {
    const run = await startFixture("failing", { how: "read" }, { dryRun: true });
    assert.deepEqual(
      (await run.result).resources.map(({ name }) => name),
      ["failing-dev"],
    );
  });
});
