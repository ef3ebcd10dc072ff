import { lambdaFunctionRequireSupportedRuntime as policy } from "../../policy-pack/policies/lambda-function-require-supported-runtime";
import assert from "node:assert/strict";
import { runtimeDeprecations } from "../../policy-pack/data/lambda-runtimes";
import { daysOfSupport, runtimeProblem } from "../../policy-pack/lib/runtime-support";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("lambda-function-require-supported-runtime", () => {
  const fn = resource("aws:lambda/function:Function", "upload", { runtime: "provided.al2023" });

  it("accepts runtimes that are supported, newer than the list, or not known yet", async () => {
    await assertAccepted(policy, [
      fn,
      spoiled(fn, { runtime: "nodejs99.x" }),
      spoiled(fn, { runtime: outputOf() }),
    ]);
  });

  it("accepts images, which have no runtime", async () => {
    await assertAccepted(policy, [spoiled(fn, { runtime: undefined, packageType: "Image" })]);
  });

  it("refuses a deprecated runtime", async () => {
    await assertRefused(
      policy,
      [spoiled(fn, { runtime: "nodejs14.x" })],
      'aws.lambda.Function "upload" has the runtime nodejs14.x, which is deprecated',
    );
  });

  it("gives as much notice as a team asks for", async () => {
    const settings = { noticeDays: 36500 };
    const days = daysOfSupport("provided.al2023", new Date());
    await assertRefused(
      policy,
      [fn],
      `aws.lambda.Function "upload" has the runtime provided.al2023, which is deprecated in ${days ?? 0} days`,
      { settings },
    );
  });

  it("counts the days until a deprecation", () => {
    const problem = "has the runtime nodejs24.x, which is deprecated";
    assert.equal(runtimeProblem("nodejs24.x", new Date("2028-02-29"), 60), undefined);
    assert.equal(runtimeProblem("nodejs24.x", new Date("2028-03-01"), 60), `${problem} in 60 days`);
    assert.equal(runtimeProblem("nodejs24.x", new Date("2028-04-29"), 60), `${problem} in 1 days`);
    assert.equal(runtimeProblem("nodejs24.x", new Date("2028-04-30"), 60), problem);
  });

  it("reads every date of the list", () => {
    for (const runtime of Object.keys(runtimeDeprecations)) {
      assert.ok(Number.isInteger(daysOfSupport(runtime, new Date())), runtime);
    }
  });
});
