import assert from "node:assert/strict";

import { requireUnreserved } from "../../../aws/lambda/account-concurrency";
import { LocalLambda, zipOf } from "./support/local-lambda";

describe("concurrency that functions are kept", () => {
  const definition = {
    zip: new Uint8Array(),
    handler: "index.handler",
    runtime: "nodejs24.x",
    roleArn: "arn",
  };

  function check(name: string, reservedConcurrency: number | undefined, ...others: number[]): void {
    const wanted = reservedConcurrency === undefined ? {} : { reservedConcurrency };
    requireUnreserved(
      { ...definition, name, ...wanted },
      others.map((one, index) => ({ settings: { name: `f${index}`, reservedConcurrency: one } })),
    );
  }

  const refusal = {
    code: "InvalidParameterValueException",
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  };

  it("may be all but a hundred of an account's thousand", () => {
    check("resize", 900);
    check("resize", 400, 300, 200);
    check("resize", 0, 900);
    check("resize", undefined, 900);
  });

  it("may not leave less to functions that are kept none", () => {
    assert.throws(() => {
      check("resize", 901);
    }, refusal);
    assert.throws(() => {
      check("resize", 1, 500, 400);
    }, refusal);
  });

  it("counts, of a function that is changed, as it is to be", () => {
    check("f0", 900, 800);
    check("f0", 700, 800, 200);
  });

  it("is refused when a function is made, and when one is changed, which stays as it is", async () => {
    const local = await LocalLambda.start();
    try {
      const source = "exports.handler = async () => 1;";
      await assert.rejects(local.create(source, { reservedConcurrency: 901 }), refusal);
      await local.create(source, { reservedConcurrency: 900 });
      await assert.rejects(
        local.create(source, { name: "other", reservedConcurrency: 1 }),
        refusal,
      );
      await assert.rejects(
        local.lambda.updateFunction({
          ...definition,
          name: "resize",
          zip: zipOf({ "index.js": source }),
          reservedConcurrency: 901,
        }),
        refusal,
      );
      assert.equal(local.lambda.functions()[0]?.settings.reservedConcurrency, 900);
    } finally {
      await local.stop();
    }
  });
});
