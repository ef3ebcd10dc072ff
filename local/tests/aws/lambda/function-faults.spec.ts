import assert from "node:assert/strict";

import type { Fault } from "../../../aws/types";
import { until } from "../../engine/processes";
import { LocalLambda, root } from "./support/local-lambda";

describe("faults of invocations", () => {
  let local: LocalLambda;
  let faults: Fault[];

  beforeEach(async () => {
    faults = [];
    local = await LocalLambda.start({
      faults: { decide: () => faults.shift() },
      backoff: () => Promise.resolve(),
    });
  });

  afterEach(async () => {
    await local.stop();
  });

  it("kill the process in the middle of an invocation, as a crash in AWS shows", async () => {
    await local.create(
      "exports.handler = () => { console.log('begun'); return new Promise(() => undefined); };",
    );
    faults = [{ kind: "crash", moment: 0.99 }];
    const { functionError, result } = await local.invoke();
    assert.equal(functionError, "Unhandled");
    assert.equal(result.errorType, "Runtime.ExitError");
    assert.match(String(result.errorMessage), /Runtime exited with error: signal: killed$/);
    assert.match(
      local.lines.at(-1) ?? "",
      /^REPORT .*\tStatus: error\tError Type: Runtime.ExitError/,
    );
    assert.deepEqual(local.valuesOf("Errors"), [1]);
  });

  it("let no result of a crashed process out, and have the next one start cold", async () => {
    await local.create("let count = 0; exports.handler = () => ++count;");
    assert.equal((await local.invoke()).result, 1);
    faults = [{ kind: "crash", moment: 0.99 }];
    assert.equal((await local.invoke()).functionError, "Unhandled");
    assert.equal((await local.invoke()).result, 1);
  });

  it("have an event tried again", async () => {
    await local.create("exports.handler = () => { console.log('done'); };");
    faults = [{ kind: "crash", moment: 0 }];
    await local.lambda.invoke({
      functionName: "resize",
      payload: "{}",
      invocationType: "Event",
      principal: root,
    });
    await until(() => local.valuesOf("Errors").length === 2);
    assert.deepEqual(local.valuesOf("Errors"), [1, 0]);
  });

  it("throttle an invocation, of which nothing happens", async () => {
    await local.create("exports.handler = () => 1;");
    faults = [{ kind: "throttle", moment: 0 }];
    await assert.rejects(local.invoke(), {
      code: "TooManyRequestsException",
      statusCode: 429,
      details: { Reason: "ConcurrentInvocationLimitExceeded" },
    });
    assert.deepEqual(local.valuesOf("Throttles"), [1]);
    assert.deepEqual(local.valuesOf("Invocations"), []);
    assert.deepEqual(local.lines, []);
    assert.equal((await local.invoke()).result, 1);
  });
});
