import assert from "node:assert/strict";
import { existsSync } from "node:fs";

import { LocalLambda, account, isAlive, roleArn, root, zipOf } from "./support/local-lambda";

const requestId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("Lambda", () => {
  let local: LocalLambda;

  beforeEach(async () => {
    local = await LocalLambda.start();
  });

  afterEach(async () => {
    await local.stop();
  });

  describe("handlers", () => {
    it("returns what an async handler returns", async () => {
      await local.create("exports.handler = async (event) => ({ doubled: event.n * 2 });");
      assert.deepEqual(await local.invoke({ n: 21 }), {
        functionError: undefined,
        result: { doubled: 42 },
      });
    });

    it("returns what a synchronous handler returns, and null for undefined", async () => {
      await local.create("exports.handler = () => undefined;");
      assert.equal((await local.invoke()).result, null);
    });

    it("refuses handlers with a callback, as Node.js 24 does", async () => {
      await local.create("exports.handler = (event, context, callback) => callback(null, 1);");
      const { result } = await local.invoke();
      assert.equal(result.errorType, "Runtime.CallbackHandlerDeprecated");
    });

    for (const [file, source] of [
      ["index.mjs", "export const handler = async () => await Promise.resolve(1);"],
      ["index.cjs", "exports.handler = async () => 1;"],
      ["lib/index.js", "exports.handler = async () => 1;"],
      ["index.js", "exports.nested = { handler: async () => 1 };"],
      ["async.mjs", "const one = await Promise.resolve(1); export const handler = () => one;"],
    ] as const) {
      it(`finds the handler in ${file}: ${source}`, async () => {
        const module = file.replace(/\.[cm]?js$/, "");
        const handler = `${module}.${source.includes("nested") ? "nested.handler" : "handler"}`;
        await local.create("", { zip: zipOf({ [file]: source }), handler });
        assert.deepEqual(await local.invoke(), { functionError: undefined, result: 1 });
      });
    }

    it("finds modules with a top-level await in .js files of a module package", async () => {
      await local.create("", {
        zip: zipOf({
          "package.json": '{"type":"module"}',
          "index.js": "const one = await Promise.resolve(1); export const handler = () => one;",
        }),
      });
      assert.equal((await local.invoke()).result, 1);
    });

    it("passes the context of AWS", async () => {
      const arn = await local.create(`exports.handler = async (event, context) => ({
        ...context, remaining: context.getRemainingTimeInMillis() });`);
      const { result } = await local.invoke();
      assert.match(String(result.awsRequestId), requestId);
      assert.match(String(result.logStreamName), /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
      assert.ok(Number(result.remaining) > 0 && Number(result.remaining) <= 3000);
      assert.deepEqual(
        { ...result, awsRequestId: "", logStreamName: "", remaining: 0 },
        {
          functionVersion: "$LATEST",
          functionName: "resize",
          memoryLimitInMB: "128",
          logGroupName: "/aws/lambda/resize",
          invokedFunctionArn: arn,
          awsRequestId: "",
          logStreamName: "",
          remaining: 0,
        },
      );
    });
  });

  describe("isolation", () => {
    it("gives a function the environment of AWS and nothing of the host's", async () => {
      process.env.AWS_PROFILE = "host";
      process.env.HOST_SECRET = "host";
      try {
        await local.create("exports.handler = async () => process.env;", {
          environment: { TABLE: "images" },
        });
        const { result } = await local.invoke();
        assert.match(String(result._X_AMZN_TRACE_ID), /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=/);
        assert.equal(result.HOME, result.LAMBDA_TASK_ROOT);
        assert.deepEqual(Object.keys(result).sort(), [
          "AWS_ACCESS_KEY_ID",
          "AWS_DEFAULT_REGION",
          "AWS_ENDPOINT_URL_S3",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_REGION",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "HOME",
          "LAMBDA_TASK_ROOT",
          "LANG",
          "PATH",
          "TABLE",
          "TMPDIR",
          "TZ",
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
        ]);
      } finally {
        delete process.env.AWS_PROFILE;
        delete process.env.HOST_SECRET;
      }
    });

    it("removes what functions leave in the folder for temporary files, which may be one of their own", async () => {
      const handler =
        'const path = require("path").join(require("os").tmpdir(), "left"); exports.handler = async () => (require("fs").writeFileSync(path, "x"), { path });';
      await local.create(handler);
      const path = String((await local.invoke()).result.path);
      assert.ok(existsSync(path));
      await local.stop();
      assert.ok(!existsSync(path));
      local = await LocalLambda.start();
      await local.create("exports.handler = async () => require('os').tmpdir();", {
        environment: { TMPDIR: "/own" },
      });
      assert.equal((await local.invoke()).result, "/own");
    });

    it("leaves a function its own setting of what the process starts with", async () => {
      await local.create(
        "exports.handler = async () => [process.env.MALLOC_ARENA_MAX, process.argv.length];",
        { environment: { MALLOC_ARENA_MAX: "7" } },
      );
      assert.deepEqual((await local.invoke()).result, ["7", 2]);
    });

    it("resolves nothing from the project's node_modules", async () => {
      await local.create('require("fflate"); exports.handler = async () => 1;');
      const { functionError, result } = await local.invoke();
      assert.equal(functionError, "Unhandled");
      assert.equal(result.errorType, "Runtime.ImportModuleError");
      assert.match(String(result.errorMessage), /Cannot find module 'fflate'/);
    });

    it("hides the channel to Lambda from the function", async () => {
      await local.create("exports.handler = async () => typeof process.send;");
      assert.equal((await local.invoke()).result, "undefined");
    });
  });

  describe("errors", () => {
    it("answers what a handler throws, and makes the fault known without the payload", async () => {
      await local.create('exports.handler = async () => { throw new TypeError("broken"); };');
      const { functionError, result } = await local.invoke({ secret: "s3cr3t" });
      assert.equal(functionError, "Unhandled");
      assert.equal(result.errorType, "TypeError");
      assert.equal(result.errorMessage, "broken");
      assert.equal((result.trace as string[])[0], "TypeError: broken");
      assert.match(
        local.notices.join(),
        /^Function resize failed: TypeError: broken \(request [0-9a-f-]+\)\n {4}at index\.js:1:39$/,
      );
    });

    it("answers thrown values that are no errors", async () => {
      await local.create('exports.handler = async () => { throw "text"; };');
      const { result } = await local.invoke();
      assert.deepEqual(result, { errorType: "string", errorMessage: "text", trace: [] });
    });

    it("does not take the memory of the local cloud for the function's", async () => {
      // More than the function may have, and really held.
      const ballast = Buffer.alloc(256 * 1024 * 1024, 1);
      await local.create("exports.handler = async () => 1;", { memoryMb: 128 });
      assert.equal((await local.invoke()).functionError, undefined);
      assert.equal(ballast.at(-1), 1);
    });

    it("answers results that have no JSON form", async () => {
      await local.create("exports.handler = async () => { const a = {}; a.a = a; return a; };");
      const { result } = await local.invoke();
      assert.equal(result.errorMessage, "Unable to stringify response body");
    });

    for (const [what, source, errorType] of [
      [
        "an unhandled rejection",
        "Promise.reject(new Error('x'));",
        "Runtime.UnhandledPromiseRejection",
      ],
      ["an uncaught exception", "setTimeout(() => { throw new RangeError('x'); });", "RangeError"],
      ["process.exit", "process.exit(0);", "Runtime.ExitError"],
      ["a kill", "process.kill(process.pid, 'SIGKILL');", "Runtime.ExitError"],
    ] as const) {
      it(`survives ${what}: the next invocation has a new process`, async () => {
        await local.create(`exports.handler = async (event) => {
          if (!event.fail) return process.pid;
          ${source}
          await new Promise((resolve) => setTimeout(resolve, 60_000));
        };`);
        const { result: first } = await local.invoke();
        assert.equal((await local.invoke({ fail: true })).result.errorType, errorType);
        const { functionError, result: second } = await local.invoke();
        assert.equal(functionError, undefined);
        assert.notEqual(second, first);
        assert.ok(!isAlive(first));
      });
    }

    it("names the exit as AWS does", async () => {
      await local.create("exports.handler = async (event) => { process.exit(event.code); };");
      const message = async (code: number): Promise<string> =>
        String((await local.invoke({ code })).result.errorMessage);
      assert.match(
        await message(0),
        /^RequestId: \S+ Error: Runtime exited without providing a reason$/,
      );
      assert.match(await message(3), /Error: Runtime exited with error: exit status 3$/);
    });

    for (const [what, source, handler, errorType] of [
      ["a missing module", "", "other.handler", "Runtime.ImportModuleError"],
      ["a missing export", "", "index.other", "Runtime.HandlerNotFound"],
      ["a handler outside the archive", "", "../index.handler", "Runtime.MalformedHandlerName"],
      ["broken syntax", "exports.handler = (", "index.handler", "Runtime.UserCodeSyntaxError"],
      ["a throw while loading", "throw new RangeError('x')", "index.handler", "RangeError"],
      ["an exit while loading", "process.exit(1)", "index.handler", "Runtime.ExitError"],
    ] as const) {
      it(`answers ${what}`, async () => {
        await local.create(source, { handler });
        assert.equal((await local.invoke()).result.errorType, errorType);
      });
    }

    it("kills a function that takes longer than its timeout", async () => {
      await local.create("exports.handler = async () => { console.log(process.pid); for (;;); };", {
        timeoutSeconds: 1,
        logFormat: "JSON",
      });
      const { functionError, result } = await local.invoke();
      assert.equal(functionError, "Unhandled");
      assert.equal(result.errorType, "Sandbox.Timedout");
      assert.match(String(result.errorMessage), /Task timed out after 1\.00 seconds$/);
      const line = local.lines.find((text) => text.includes('"INFO"')) ?? "";
      assert.ok(!isAlive((JSON.parse(line) as { message: number }).message));
    });

    it("ends functions that overrun their memory, on the heap or off it", async () => {
      await local.create(
        `exports.handler = async (event) => {
        const kept = [];
        for (let n = 0; n < 100; n++) {
          kept.push(event.heap ? Array.from({ length: 500_000 }, () => ({ n })) : Buffer.alloc(2e6, 1));
        }
        return kept.length;
      };`,
        { timeoutSeconds: 60 },
      );
      assert.equal((await local.invoke({})).result.errorType, "Runtime.OutOfMemory");
      const { result } = await local.invoke({ heap: true });
      assert.match(String(result.errorMessage), /Runtime exited with error: signal: aborted$/);
    });

    it("keeps room for few new objects, however much memory a function has", async () => {
      await local.create(
        `const { getHeapSpaceStatistics } = require("node:v8");
        exports.handler = async () => {
          const kept = [];
          for (let n = 0; n < 5e6; n++) kept[n % 100_000] = { n };
          return getHeapSpaceStatistics().find((space) => space.space_name === "new_space").space_size;
        };`,
        { memoryMb: 2048, timeoutSeconds: 60 },
      );
      const { result } = await local.invoke();
      assert.ok(Number(result) < 16e6, `${Number(result)} bytes`);
    });

    it("refuses responses over 6 MB", async () => {
      await local.create('exports.handler = async () => "x".repeat(6_291_556);', { memoryMb: 512 });
      const { result } = await local.invoke();
      assert.equal(result.errorType, "Function.ResponseSizeTooLarge");
    });
  });

  describe("execution environments", () => {
    it("reuses an idle process and starts another for an invocation that it would keep waiting", async () => {
      await local.create(`exports.handler = async (event) => {
        await new Promise((resolve) => setTimeout(resolve, event.ms));
        return process.pid;
      };`);
      const { result: first } = await local.invoke({ ms: 0 });
      const { result: again } = await local.invoke({ ms: 0 });
      assert.equal(again, first);
      void local.invoke({ ms: 60_000 });
      assert.notEqual((await local.invoke({ ms: 0 })).result, first);
    });

    it("leaves no process and no folder behind when it stops", async () => {
      await local.create("exports.handler = async () => [process.pid, process.cwd()];");
      const [pid, folder] = (await local.invoke()).result as unknown as [number, string];
      assert.ok(isAlive(pid) && existsSync(folder));
      await local.lambda.stop();
      assert.ok(!isAlive(pid) && !existsSync(folder));
    });

    it("ends running invocations when it stops", async () => {
      await local.create(
        "exports.handler = () => new Promise(() => setTimeout(() => {}, 60_000));",
        {
          timeoutSeconds: 60,
        },
      );
      const running = local.invoke();
      await local.lambda.stop();
      assert.equal((await running).result.errorType, "Runtime.ExitError");
    });
  });

  describe("limits", () => {
    it("refuses payloads over 6 MB, or 1 MB for events", async () => {
      await local.create("exports.handler = async () => 1;");
      const invoke = (
        length: number,
        invocationType: "Event" | "RequestResponse",
      ): Promise<unknown> =>
        local.lambda.invoke({
          functionName: "resize",
          payload: `"${"x".repeat(length - 2)}"`,
          invocationType,
          principal: root,
        });
      await invoke(6_291_456, "RequestResponse");
      await assert.rejects(invoke(6_291_457, "RequestResponse"), {
        code: "RequestEntityTooLargeException",
        statusCode: 413,
      });
      await assert.rejects(invoke(1_048_577, "Event"), { code: "RequestEntityTooLargeException" });
    });

    it("refuses payloads that are no JSON, and takes an empty one for {}", async () => {
      await local.create("exports.handler = async (event) => event;");
      const invoke = (payload: string): Promise<{ payload: string }> =>
        local.lambda.invoke({
          functionName: "resize",
          payload,
          invocationType: "RequestResponse",
          principal: root,
        });
      await assert.rejects(invoke("{"), { code: "InvalidRequestContentException" });
      assert.equal((await invoke("")).payload, "{}");
    });

    it("throttles above the reserved concurrency", async () => {
      await local.create("exports.handler = async () => 1;", { reservedConcurrency: 0 });
      await assert.rejects(local.invoke(), { code: "TooManyRequestsException", statusCode: 429 });
      assert.deepEqual(local.valuesOf("Throttles"), [1]);
      assert.deepEqual(local.valuesOf("Invocations"), []);
    });
  });

  describe("createFunction", () => {
    it("refuses definitions that Lambda refuses", async () => {
      const refuses = (overrides: object, expected: object): Promise<void> =>
        assert.rejects(local.create("", overrides), expected);
      await refuses({ name: "a b" }, { code: "ValidationException" });
      await refuses({ timeoutSeconds: 901 }, { code: "ValidationException" });
      await refuses({ memoryMb: 127 }, { code: "ValidationException" });
      await refuses({ runtime: "python3.13" }, { code: "NotImplemented" });
      await refuses({ runtime: "nodejs12.x" }, /nodejs12\.x is no longer supported/);
      await refuses({ applicationLogLevel: "INFO" }, /the log format must be JSON/);
      await refuses(
        { environment: { AWS_REGION: "x" } },
        /Reserved keys used in this request: AWS_REGION/,
      );
      await refuses({ environment: { "a-b": "x" } }, { code: "ValidationException" });
      await refuses({ environment: { BIG: "x".repeat(4096) } }, /exceeded the 4KB limit/);
      await refuses({ roleArn: `${roleArn}-other` }, /cannot be assumed by Lambda/);
    });

    it("takes the role for the function, so that a trust policy can name it", async () => {
      const sourceArn = await local.create("exports.handler = async () => 1;");
      await local.invoke();
      const session = { roleArn, sessionName: "resize", sourceArn };
      assert.deepEqual(local.sessions, [session, session]);
    });

    it("refuses a second function of the same name", async () => {
      await local.create("");
      await assert.rejects(local.create(""), { code: "ResourceConflictException" });
    });

    it("refuses archives that are none, are empty or lead out of their folder", async () => {
      const refuses = (name: string, zip: Uint8Array, message: RegExp): Promise<void> =>
        assert.rejects(local.create("", { name, zip }), message);
      await refuses("none", new Uint8Array([1, 2, 3]), /Could not unzip/);
      await refuses("empty", zipOf({}), /non-empty zip/);
      for (const [index, path] of [
        "../out.js",
        "a/../../out.js",
        "/out.js",
        "a\\..\\out.js",
      ].entries()) {
        await refuses(`slip${index}`, zipOf({ [path]: "" }), /Could not unzip/);
      }
    });

    it("refuses archives over 250 MB unzipped before it writes them", async () => {
      const zip = zipOf({ "index.js": "x" });
      // The uncompressed size, which stands in the central directory.
      const view = new DataView(zip.buffer, zip.byteOffset);
      const directory = view.getUint32(zip.length - 6, true);
      view.setUint32(directory + 24, 262_144_001, true);
      await assert.rejects(
        local.create("", { zip }),
        /Unzipped size must be smaller than 262144000/,
      );
    });
  });

  describe("authorization", () => {
    it("asks for lambda:InvokeFunction with the permissions and the source of the call", async () => {
      const arn = await local.create("exports.handler = async () => 1;");
      const sourceArn = "arn:aws:execute-api:eu-west-1:123456789012:api/*/POST/images";
      local.lambda.addPermission({
        functionName: "resize",
        statementId: "gateway",
        action: "lambda:InvokeFunction",
        principal: "apigateway.amazonaws.com",
        sourceArn,
      });
      await local.lambda.invoke({
        functionName: arn,
        payload: "{}",
        invocationType: "RequestResponse",
        principal: { kind: "service", service: "apigateway.amazonaws.com" },
        sourceArn,
      });
      assert.deepEqual(local.asked[0], {
        principal: { kind: "service", service: "apigateway.amazonaws.com" },
        action: "lambda:InvokeFunction",
        resource: arn,
        context: {
          "aws:SourceArn": sourceArn,
          "aws:SourceAccount": account.accountId,
          "lambda:InvokedViaFunctionUrl": "false",
        },
        resourcePolicy: {
          Version: "2012-10-17",
          Id: "default",
          Statement: [
            {
              Sid: "gateway",
              Effect: "Allow",
              Principal: { Service: "apigateway.amazonaws.com" },
              Action: "lambda:InvokeFunction",
              Resource: arn,
              Condition: { ArnLike: { "AWS:SourceArn": sourceArn } },
            },
          ],
        },
      });
    });

    it("starts no process for a caller who is refused", async () => {
      await local.create("exports.handler = async () => 1;");
      local.refused.add("lambda:InvokeFunction");
      await assert.rejects(local.invoke(), { code: "AccessDeniedException", statusCode: 403 });
      assert.ok(!("resourcePolicy" in (local.asked[0] ?? {})), "there is no empty policy");
      assert.deepEqual(local.lines, []);
    });

    it("refuses two permissions of one id", async () => {
      await local.create("");
      const permission = {
        functionName: "resize",
        statementId: "one",
        action: "lambda:InvokeFunction",
        principal: account.accountId,
      };
      assert.deepEqual(local.lambda.addPermission(permission).Principal, {
        AWS: "arn:aws:iam::123456789012:root",
      });
      assert.throws(() => local.lambda.addPermission(permission), {
        code: "ResourceConflictException",
      });
    });

    for (const name of [
      "missing",
      "resize:1",
      "arn:aws:lambda:us-east-1:123456789012:function:resize",
    ]) {
      it(`finds no function ${name}`, async () => {
        await local.create("exports.handler = async () => 1;");
        await assert.rejects(local.invoke({}, name), {
          code: "ResourceNotFoundException",
          statusCode: 404,
        });
      });
    }
  });

  it("publishes its metrics", async () => {
    await local.create(
      "exports.handler = async (event) => { if (event.fail) throw new Error(); };",
    );
    await local.invoke();
    await local.invoke({ fail: true });
    assert.deepEqual(local.valuesOf("Invocations"), [1, 1]);
    assert.deepEqual(local.valuesOf("Errors"), [0, 1]);
    assert.deepEqual(local.valuesOf("Throttles"), [0, 0]);
    assert.deepEqual(local.valuesOf("ConcurrentExecutions"), [1, 1]);
    assert.ok(local.valuesOf("Duration").every((value) => value > 0));
    assert.deepEqual(local.metrics[0]?.dimensions, { FunctionName: "resize" });
    assert.equal(local.metrics[0].namespace, "AWS/Lambda");
    const units = Object.fromEntries(local.metrics.map(({ name, unit }) => [name, unit]));
    assert.deepEqual(units, {
      ConcurrentExecutions: "Count",
      Invocations: "Count",
      Errors: "Count",
      Throttles: "Count",
      Duration: "Milliseconds",
    });
  });

  it("publishes metrics of all functions together", async () => {
    const wait = "exports.handler = () => new Promise((done) => setTimeout(done, 300));";
    await local.create(wait);
    await local.create(wait, { name: "other" });
    await Promise.all([local.invoke(), local.invoke({}, "other")]);
    const ofAll = (name: string) =>
      local.metrics
        .filter((datum) => datum.name === name && Object.keys(datum.dimensions).length === 0)
        .map(({ value }) => value);
    assert.deepEqual(ofAll("Invocations"), [1, 1]);
    assert.deepEqual(ofAll("Errors"), [0, 0]);
    assert.deepEqual(ofAll("Throttles"), [0, 0]);
    assert.equal(ofAll("Duration").length, 2);
    assert.deepEqual(ofAll("ConcurrentExecutions"), [1, 2]);
  });
});
