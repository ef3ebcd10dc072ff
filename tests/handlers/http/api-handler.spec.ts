import assert from "node:assert/strict";
import { Logger } from "@aws-lambda-powertools/logger";
import { createApiHandler, type Operation } from "../../../handlers/http/api-handler";
import { ApiError } from "../../../handlers/http/errors";
import { jsonResponse } from "../../../handlers/http/responses";
import { serviceContext, userContext, usersSettings } from "../callers";
import { apiEvent, call, type RequestParts, settings } from "../support";

describe("createApiHandler", () => {
  function run(
    steps: Partial<Operation<string, string>>,
    parts: RequestParts = {},
    changed: NodeJS.ProcessEnv = {},
  ) {
    const operation: Operation<string, string> = {
      parse: ({ resource }) => resource,
      act: (input) => Promise.resolve(`${input}!`),
      respond: (output) => jsonResponse(200, { output }),
      ...steps,
    };
    const handler = createApiHandler(new Logger(), { ...settings, ...changed }, operation);
    return call(handler, apiEvent({ resource: "/r", ...parts }));
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

  describe("of an API that knows its callers", () => {
    /** Who the operation was told that the caller is, one time after the other. */
    let callers: unknown[];
    beforeEach(() => {
      callers = [];
    });

    const ask = (parts: RequestParts) =>
      run(
        {
          parse: (_event, { caller }) => {
            callers.push(caller);
            return "input";
          },
        },
        parts,
        usersSettings,
      );

    it("tells the operation who asks", async () => {
      for (const authorizer of [userContext("ö"), userContext("ada", "admin"), serviceContext]) {
        assert.equal((await ask({ authorizer: { ...authorizer } })).statusCode, 200);
      }
      assert.deepEqual(callers, [
        { kind: "user", userId: "ö" },
        { kind: "admin", userId: "ada" },
        { kind: "service" },
      ]);
    });

    const unknown: Record<string, RequestParts> = {
      nobody: {},
      "whom nothing is said of": { authorizer: {} },
      "a caller of another kind": { authorizer: { ...userContext("ada"), kind: "root" } },
    };
    for (const [who, parts] of Object.entries(unknown)) {
      it(`does nothing for ${who}, and says no more`, async () => {
        const exchange = await ask(parts);
        assert.deepEqual([exchange.statusCode, exchange.body.code], [500, "InternalError"]);
        assert.deepEqual(callers, []);
        assert.equal(exchange.logs.at(-1)?.level, "ERROR");
      });
    }

    it("does nothing by a token that has expired, or by two", async () => {
      const expired = { ...userContext("SECRET"), expiresAt: "1" };
      const headers = {
        Authorization: ["Bearer SECRET", "Bearer SECRET"],
        Origin: "https://a.test",
      };
      const exchanges = [
        await ask({ authorizer: expired }),
        await ask({ authorizer: { ...userContext("SECRET") }, headers }),
      ];
      assert.deepEqual(
        exchanges.map(({ statusCode, body }) => [statusCode, body.code]),
        [
          [401, "TokenExpired"],
          [401, "InvalidToken"],
        ],
      );
      assert.deepEqual(callers, []);
      for (const { logText, headers: sent } of exchanges) {
        assert.doesNotMatch(logText, /SECRET/);
        assert.equal(sent?.["Access-Control-Allow-Origin"], "*");
      }
    });
  });

  it("takes anyone for anyone where the API knows keys alone", async () => {
    const callers: unknown[] = [];
    const parse: Operation<string, string>["parse"] = (_event, { caller }) => {
      callers.push(caller);
      return "input";
    };
    await run({ parse });
    assert.deepEqual(callers, [{ kind: "anyone" }]);
  });

  for (const name of ["CALLERS", "ALLOWED_ORIGINS"]) {
    it(`fails at its start without ${name}`, () => {
      assert.throws(() => run({}, {}, { [name]: undefined }), new RegExp(name));
    });
  }

  const outcomes: Record<string, () => Promise<string>> = {
    "an answer": () => Promise.resolve("ok"),
    "an error": () => Promise.reject(new Error("no")),
  };
  for (const [what, act] of Object.entries(outcomes)) {
    it(`asks browsers for HTTPS by ${what}, where it is told to`, async () => {
      const value = "max-age=31536000";
      const told = await run({ act }, {}, { STRICT_TRANSPORT_SECURITY: value });
      assert.equal(told.headers?.["Strict-Transport-Security"], value);
      const { headers } = await run({ act });
      assert.equal(headers?.["Strict-Transport-Security"], undefined);
    });

    it(`lets pages of known origins alone read ${what}`, async () => {
      const changed = { ALLOWED_ORIGINS: '["https://app.test"]' };
      const ask = (headers: Record<string, string>) => run({ act }, { headers }, changed);
      const allowed = await ask({ origin: "https://app.test" });
      assert.equal(allowed.headers?.["Access-Control-Allow-Origin"], "https://app.test");
      assert.equal(allowed.headers.Vary, "Origin");
      for (const refused of [await ask({}), await ask({ Origin: "https://other.test" })]) {
        assert.equal(refused.headers?.["Access-Control-Allow-Origin"], undefined);
        assert.equal(refused.headers?.Vary, "Origin");
        assert.equal(refused.statusCode, allowed.statusCode);
      }
    });
  }
});
