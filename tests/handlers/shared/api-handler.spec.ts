import assert from "node:assert/strict";
import { Logger } from "@aws-lambda-powertools/logger";
import { createApiHandler, type Operation } from "../../../handlers/shared/api-handler";
import { ApiError } from "../../../handlers/shared/errors";
import { jsonResponse } from "../../../handlers/shared/responses";
import { apiEvent, call } from "../support";

describe("createApiHandler", () => {
  function run(steps: Partial<Operation<string, string>>) {
    const operation: Operation<string, string> = {
      parse: ({ resource }) => resource,
      act: (input) => Promise.resolve(`${input}!`),
      respond: (output) => jsonResponse(200, { output }),
      ...steps,
    };
    return call(createApiHandler(new Logger(), operation), apiEvent({ resource: "/r" }));
  }

  it("parses, acts and responds, and logs each step with the request's id", async () => {
    const { statusCode, body, logs } = await run({});
    assert.equal(statusCode, 200);
    assert.deepEqual(body, { output: "/r!" });
    assert.deepEqual(
      logs.map(({ message, requestId }) => ({ message, requestId })),
      [
        { message: "received", requestId: "request-1" },
        { message: "started", requestId: "request-1" },
        { message: "finished", requestId: "request-1" },
      ],
    );
    assert.equal(logs[0]?.route, "/r");
    assert.equal(logs[0].function_request_id, "invocation-1");
    assert.equal(logs[2]?.statusCode, 200);
  });

  for (const step of ["parse", "act"] as const) {
    it(`answers with a known error of ${step}`, async () => {
      const { statusCode, body, headers, logs } = await run({
        [step]: () =>
          Promise.reject(
            new ApiError(418, "Teapot", "It is a teapot.", { spout: 1 }, { "Retry-After": "60" }),
          ),
      });
      assert.equal(statusCode, 418);
      const expected = {
        error: "It is a teapot.",
        code: "Teapot",
        requestId: "request-1",
        spout: 1,
      };
      assert.deepEqual(body, expected);
      assert.equal(headers?.["Access-Control-Allow-Origin"], "*");
      assert.equal(headers["Retry-After"], "60");
      const { level, message, code } = logs.at(-1) ?? {};
      assert.deepEqual([level, message, code], ["WARN", "failed", "Teapot"]);
    });

    it(`keeps any other error of ${step} to the log, with its cause`, async () => {
      const error = new Error("outer-detail", { cause: new Error("inner-detail") });
      const { statusCode, body, headers, logs, logText } = await run({
        [step]: () => Promise.reject(error),
      });
      assert.equal(statusCode, 500);
      assert.equal(body.code, "InternalError");
      assert.equal(body.requestId, "request-1");
      assert.equal(headers?.["Access-Control-Allow-Origin"], "*");
      assert.doesNotMatch(JSON.stringify(body), /detail/);
      assert.equal(logs.at(-1)?.level, "ERROR");
      assert.match(logText, /outer-detail.*inner-detail/);
    });
  }
});
