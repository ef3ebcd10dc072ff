import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { errorInLine, summaryOf } from "../../../aws/lambda/told-error";
import { until } from "../../engine/processes";
import { LocalLambda, zipOf } from "./support/local-lambda";

/** What fails in different ways, in line 6 of a source that a bundle is made of. */
const library = `// A comment that no bundle has.
interface Input { how: string }

export function fail({ how }: Input): string {
  const text: string | undefined = how === "none" ? "" : undefined;
  return text!.trim() + JSON.parse(how);
}
`;
const handler = `import { fail } from "./http/library";

export async function handler(event: { how: string }) {
  try {
    return fail(event);
  } catch (error) {
    if (event.how === "throw") {
      throw error;
    }
    if (event.how === "reject") {
      void Promise.reject(error);
      await new Promise(() => {});
    }
    const { name, message, stack } = error as Error;
    console.log(JSON.stringify({ level: "ERROR", message: "failed", error: { name, message, stack } }));
    return "told";
  }
}
`;

describe("An error of a function", () => {
  let dir: string;
  let local: LocalLambda;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "sources-"));
    mkdirSync(join(dir, "handlers/http"), { recursive: true });
    writeFileSync(join(dir, "handlers/http/library.ts"), library);
    writeFileSync(join(dir, "handlers/main.ts"), handler);
    buildSync({
      absWorkingDir: dir,
      entryPoints: ["handlers/main.ts"],
      outdir: "bundle",
      bundle: true,
      minify: true,
      platform: "node",
      format: "cjs",
      sourcemap: "external",
      sourcesContent: false,
    });
    local = await LocalLambda.start({ sourceDir: dir });
  });

  afterEach(async () => {
    await local.stop();
    rmSync(dir, { recursive: true });
  });

  /** Creates the function of what was bundled, without the source map. */
  async function create(): Promise<void> {
    const bundle = readFileSync(join(dir, "bundle/main.js"), "utf8");
    const zip = zipOf({ "bundle/main.js": bundle });
    await local.create("", { zip, handler: "bundle/main.handler" });
  }

  it("is shown with the lines of the sources when the handler throws", async () => {
    await create();
    await local.invoke({ how: "throw" });
    const [notice, ...others] = local.notices;
    assert.deepEqual(others, []);
    assert.match(
      notice ?? "",
      /^Function resize failed: TypeError: Cannot read properties of undefined \(reading 'trim'\) \(request [0-9a-f-]+\)\n {4}at handlers\/http\/library\.ts:6:\d+\n {4}at handlers\/main\.ts:5:\d+$/,
    );
  });

  it("is shown with the lines of the sources when nobody handles its promise", async () => {
    await create();
    const { result } = await local.invoke({ how: "reject" });
    const said = "TypeError: Cannot read properties of undefined (reading 'trim')";
    assert.deepEqual(Object.keys(result), ["errorType", "errorMessage", "trace"]);
    assert.equal(result.errorMessage, said);
    assert.match(
      local.notices.join(),
      /^Function resize failed: Runtime\.UnhandledPromiseRejection: TypeError: Cannot .*\n {4}at handlers\/http\/library\.ts:6:\d+\n {4}at handlers\/main\.ts:5:\d+$/,
    );
  });

  it("is shown when the handler logs it and answers, the lines only once", async () => {
    await create();
    const notice =
      "Function resize logged an error: failed: TypeError: Cannot read properties of undefined (reading 'trim')";
    assert.equal((await local.invoke({ how: "log" })).result, "told");
    await until(() => local.notices.length === 1);
    assert.match(
      local.notices.join(),
      /\n {4}at handlers\/http\/library\.ts:6:\d+\n {4}at handlers/,
    );
    assert.equal(local.notices[0]?.split("\n")[0], notice);
    await local.invoke({ how: "log" });
    await until(() => local.notices.length === 2);
    assert.equal(local.notices[1], notice);
  });

  it("is shown with the lines of the archive where there is no source map", async () => {
    rmSync(join(dir, "bundle/main.js.map"));
    await create();
    await local.invoke({ how: "throw" });
    assert.match(
      local.notices.join(),
      /\n {4}at bundle\/main\.js:1:\d+\n {4}at bundle\/main\.js:1:/,
    );
  });

  it("is shown once when the handler throws, and logs are JSON", async () => {
    await local.create('exports.handler = async () => { throw new Error("broken"); };', {
      logFormat: "JSON",
    });
    await local.invoke();
    assert.match(local.notices.join("\n"), /^Function resize failed: Error: broken .*\n.*:1:\d+$/);
    assert.match(local.lines.join("\n"), /\n\{"timestamp".*"errorMessage":"broken"/);
  });

  it("is shown when it is logged by the console, with what is said of it", async () => {
    await local.create(
      `exports.handler = async () => {
        console.error(new Error("alone"));
        console.error("not stored", new RangeError("far"));
      };`,
      { logFormat: "JSON" },
    );
    await local.invoke();
    assert.deepEqual(
      local.notices.map((notice) => notice.replace(/:\d+$/, "")),
      [
        "Function resize logged an error: Error: alone\n    at index.js:2",
        "Function resize logged an error: not stored: RangeError: far\n    at index.js:3",
      ],
    );
  });

  it("is shown without what a client sent", async () => {
    await local.create("exports.handler = async ({ body }) => JSON.parse(body);");
    await local.invoke({ body: '{"user": "Ada", oops' });
    assert.match(local.notices.join(), /^Function resize failed: SyntaxError: /);
    assert.doesNotMatch(local.notices.join(), /Ada/);
  });
});

describe("summaryOf", () => {
  it("is one line, shortened", () => {
    assert.equal(summaryOf({ name: "Error", message: "one\ntwo" }), "Error: one");
    assert.equal(summaryOf({ name: "Error", message: "" }), "Error");
    assert.equal(summaryOf({ name: "E", message: "x".repeat(400) }), `E: ${"x".repeat(300)}…`);
  });

  it("leaves out what JSON.parse quotes", () => {
    for (const text of ['{"user": "Ada" x', 'x "Ada"', `{"a":"${"b".repeat(50)}" Ada`, "Ada"]) {
      try {
        JSON.parse(text);
        assert.fail("it is JSON");
      } catch (error) {
        assert.ok(error instanceof SyntaxError, String(error));
        assert.doesNotMatch(summaryOf(error), /Ada|bbb/, error.message);
      }
    }
  });
});

describe("errorInLine", () => {
  it("finds errors as Powertools and the console of Lambda write them", () => {
    const stack = "RangeError: too far\n    at x (/a.js:1:2)";
    const error = { name: "RangeError", message: "too far", stack };
    const expected = { ...error, stack: stack.split("\n") };
    assert.deepEqual(errorInLine(JSON.stringify({ level: "ERROR", error })), expected);
    const record = {
      level: "ERROR",
      errorType: "RangeError",
      errorMessage: "too far",
      stackTrace: stack.split("\n"),
    };
    assert.deepEqual(errorInLine(JSON.stringify(record)), expected);
    const { level, ...message } = record;
    assert.deepEqual(errorInLine(JSON.stringify({ level, message })), expected);
  });

  it("finds what is said of an error, unless that says no more", () => {
    const error = { name: "E", message: "why", stack: "E: why\n    at x (/a.js:1:2)" };
    const said = (message: string) =>
      errorInLine(JSON.stringify({ level: "ERROR", message, error }))?.said;
    assert.equal(said("not stored"), "not stored");
    assert.equal(said(`not stored ${error.stack}`), "not stored");
    assert.equal(said("why"), undefined);
    assert.equal(said(error.stack), undefined);
  });

  it("finds none in other lines", () => {
    const others = [
      "text",
      '"level":"ERROR"',
      '{"level":"ERROR","message":"no error object"}',
      '{"level":"ERROR","error":"text"}',
      '{"level":"WARN","error":{"name":"E","message":"m","stack":"s"}}',
    ];
    assert.deepEqual(
      others.map((line) => errorInLine(line)),
      others.map(() => undefined),
    );
  });
});
