import assert from "node:assert/strict";

import { lambdaResources } from "../../provider/lambda";
import type { PlannedResource, Properties, ResourceRequest } from "../../provider/resource";
import { LocalLambda, account, zipOf } from "../aws/lambda/support/local-lambda";
import { plannedRequest } from "./planned-request";

const type = "aws:lambda/alias:Alias";
const functionName = "resize";
const arn = "arn:aws:lambda:eu-west-1:123456789012:function:resize:live";
const inputs = { name: "live", functionName, functionVersion: "1" };

describe("planAlias", () => {
  let local: LocalLambda;

  beforeEach(async () => {
    local = await LocalLambda.start();
    await local.create("exports.handler = async () => 1;");
    local.lambda.publishVersion("resize");
    await local.lambda.updateFunction({
      ...(local.lambda.functions()[0]?.definition ?? assert.fail()),
      zip: zipOf({
        "index.js": "exports.handler = async () => 2;",
      }),
    });
    local.lambda.publishVersion("resize");
  });

  afterEach(async () => {
    await local.stop();
  });

  async function plan(
    given: Properties = inputs,
    existing?: ResourceRequest["existing"],
  ): Promise<PlannedResource> {
    const request = { ...plannedRequest(type, given), ...(existing && { existing }) };
    const planned = await lambdaResources(local.lambda, account)[type]?.(request);
    return planned ?? assert.fail();
  }

  const alias = () => local.lambda.aliases.find("resize", "live");

  it("has the id and the outputs of the provider", async () => {
    const planned = await plan({ ...inputs, functionName: arn.replace(":live", "") });
    await planned.create();
    assert.equal(planned.id, arn);
    assert.deepEqual(planned.outputs, {
      ...inputs,
      functionName: arn.replace(":live", ""),
      arn,
      invokeArn: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
      region: "eu-west-1",
    });
    assert.equal(alias()?.version, "1");
  });

  it("makes up a name where none is given", async () => {
    const planned = await plan({ functionName, functionVersion: "1" });
    await planned.create();
    assert.equal(planned.id, arn.replace(":live", ":thing-1a2b3c4"));
  });

  it("leads to two versions by their weights", async () => {
    const routingConfig = { additionalVersionWeights: { 2: 0.1 } };
    await (await plan({ ...inputs, description: "What is live", routingConfig })).create();
    const { revisionId, ...rest } = alias() ?? assert.fail();
    assert.ok(revisionId);
    assert.deepEqual(rest, {
      functionName: "resize",
      name: "live",
      version: "1",
      description: "What is live",
      weights: { 2: 0.1 },
    });
  });

  it("is refused with what Lambda refuses, before the function is there", async () => {
    const twice = { additionalVersionWeights: { 1: 0.5 } };
    await assert.rejects(plan({ ...inputs, routingConfig: twice }), {
      code: "InvalidParameterValueException",
    });
    await assert.rejects(plan({ ...inputs, name: "2026" }), { code: "ValidationException" });
    await assert.rejects(plan({ ...inputs, functionVersion: "live" }), {
      code: "ValidationException",
    });
  });

  it("is refused for a version that there is none of, once it is to be made", async () => {
    const planned = await plan({ ...inputs, functionVersion: "3" });
    await assert.rejects(async () => planned.create(), { code: "ResourceNotFoundException" });
  });

  it("conflicts with an alias that nobody knew of", async () => {
    await (await plan()).create();
    const other = await plan();
    await assert.rejects(async () => other.create(), { code: "ResourceConflictException" });
  });

  it("is moved by an update, which takes away the other version", async () => {
    const routingConfig = { additionalVersionWeights: { 2: 0.1 } };
    await (await plan({ ...inputs, routingConfig })).create();
    await (await plan({ ...inputs, functionVersion: "2" })).update?.();
    assert.equal(alias()?.version, "2");
    assert.deepEqual(alias()?.weights, {});
  });

  describe("after a restart", () => {
    let first: PlannedResource;

    beforeEach(async () => {
      first = await plan();
      await first.create();
      // By somebody else than the program.
      local.lambda.aliases.update("resize", "live", { weights: { 2: 0.5 } });
    });

    it("stays as others have moved it, where the program says nothing new", async () => {
      await (await plan(inputs, first)).create();
      await (await plan(inputs, first)).restore?.();
      assert.deepEqual(alias()?.weights, { 2: 0.5 });
    });

    it("is as the program says where that is new", async () => {
      await (await plan({ ...inputs, functionVersion: "2" }, first)).create();
      assert.equal(alias()?.version, "2");
      assert.deepEqual(alias()?.weights, {});
    });

    it("is made again where it is gone", async () => {
      local.lambda.deleteAlias("resize", "live");
      await (await plan(inputs, first)).restore?.();
      assert.deepEqual(alias()?.weights, {});
    });
  });

  it("is read as it is, or as gone", async () => {
    const planned = await plan();
    await planned.create();
    local.lambda.aliases.update("resize", "live", { version: "2", weights: { 1: 0.9 } });
    assert.deepEqual(await planned.read?.(), {
      ...inputs,
      functionVersion: "2",
      description: undefined,
      routingConfig: { additionalVersionWeights: { 1: 0.9 } },
    });
    await planned.remove?.();
    assert.equal(await planned.read?.(), undefined);
  });
});
