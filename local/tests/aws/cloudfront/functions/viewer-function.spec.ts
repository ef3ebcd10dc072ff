import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { FunctionFailure } from "../../../../aws/cloudfront/functions/function-failure";
import { runViewerFunction } from "../../../../aws/cloudfront/functions/viewer-function";
import { requestEvent, responseEvent, resultOf } from "./events";

/** The failure of a handler with this body. */
async function failureOf(body: string, event = requestEvent()): Promise<FunctionFailure> {
  const code = `function handler(event) { ${body} }`;
  const kind = event.context.eventType;
  let failure: unknown;
  await runViewerFunction(code, event, kind).catch((error: unknown) => {
    failure = error;
  });
  assert.ok(failure instanceof FunctionFailure, `${body} does not fail`);
  return failure;
}

async function assertInvalid(body: string, message: RegExp, event = requestEvent()): Promise<void> {
  const failure = await failureOf(body, event);
  assert.equal(failure.result, "FunctionValidationError", failure.message);
  assert.equal(failure.statusCode, 502);
  assert.match(failure.message, message);
}

async function assertFails(body: string, message: RegExp): Promise<void> {
  const failure = await failureOf(body);
  assert.equal(failure.result, "FunctionExecutionError", failure.message);
  assert.equal(failure.statusCode, 503);
  assert.match(failure.message, message);
}

describe("runViewerFunction", () => {
  it("lets a function rewrite the path and reads the rest of the request back", async () => {
    const event = requestEvent({ querystring: { width: { value: "640" } } });
    const code = `function handler(event) {
      var request = event.request;
      request.uri = "/sized/" + request.querystring.width.value;
      request.headers["x-added"] = { value: "yes" };
      return request;
    }`;
    assert.deepEqual(await runViewerFunction(code, event, "viewer-request"), {
      method: "GET",
      uri: "/sized/640",
      querystring: { width: { value: "640" } },
      headers: { host: { value: "d111111abcdef8.cloudfront.net" }, "x-added": { value: "yes" } },
      cookies: {},
    });
  });

  it("lets a function answer by itself", async () => {
    const code = `function handler(event) {
      return { statusCode: 302, statusDescription: "Found", headers: { location: { value: "/x" } },
        cookies: { seen: { value: "1", attributes: "Path=/; Secure" } }, body: "moved" };
    }`;
    assert.deepEqual(await runViewerFunction(code, requestEvent(), "viewer-request"), {
      statusCode: 302,
      statusDescription: "Found",
      headers: { location: { value: "/x" } },
      cookies: { seen: { value: "1", attributes: "Path=/; Secure" } },
      body: { encoding: "text", data: "moved" },
    });
  });

  it("lets a function change a response, and keeps its body where it gives none", async () => {
    const code = `function handler(event) {
      event.response.headers["content-disposition"] = { value: "attachment" };
      return event.response;
    }`;
    const event = responseEvent({ headers: { "content-type": { value: "image/webp" } } });
    assert.deepEqual(await runViewerFunction(code, event, "viewer-response"), {
      statusCode: 200,
      headers: {
        "content-type": { value: "image/webp" },
        "content-disposition": { value: "attachment" },
      },
      cookies: {},
    });
  });

  it("waits for an async handler", async () => {
    const code = `async function name() { return "/later"; }
      async function handler(event) { event.request.uri = await name(); return event.request; }`;
    const returned = await runViewerFunction(code, requestEvent(), "viewer-request");
    assert.equal("uri" in returned && returned.uri, "/later");
  });

  it("starts each run afresh, from the top of the code", async () => {
    const top = "var runs = 0; Array.prototype.runs = (Array.prototype.runs || 0) + 1;";
    const body = "runs++; return [runs, [].runs];";
    assert.deepEqual(await resultOf(body, top), [1, 1]);
    assert.deepEqual(await resultOf(body, top), [1, 1]);
  });

  it("is as fresh after a run that failed", async () => {
    const code = `var runs = 0; function handler(event) { runs++;
      if (event.request.uri === "/fail") { while (true) { runs++; } }
      return { statusCode: 200, body: String(runs) }; }`;
    await assert.rejects(
      runViewerFunction(code, requestEvent({ uri: "/fail" }), "viewer-request"),
      FunctionFailure,
    );
    const returned = await runViewerFunction(code, requestEvent(), "viewer-request");
    assert.deepEqual("body" in returned && returned.body, { encoding: "text", data: "1" });
  });

  it("hands on what is logged, cut off at 10 KB, with the reason of a failure", async () => {
    const logged: string[] = [];
    const log = (lines: readonly string[]) => logged.push(...lines);
    const code = `function handler(event) {
      console.log("first"); console.log({ a: 1 }); console.log("x".repeat(20000)); }`;
    await assert.rejects(runViewerFunction(code, requestEvent(), "viewer-request", log));
    assert.deepEqual(logged.slice(0, 2), ["first", '{"a":1}']);
    assert.equal(logged.join("").length, 10 * 1024);
  });

  describe("stops a function", () => {
    const endless = {
      "that loops for ever": "while (true) { event.n = 1; }",
      "that loops for ever and catches what stops it":
        "try { while (true) { event.n = 1; } } catch (e) { return event.request; }",
      "whose regular expression backtracks":
        'return /^(a+)+$/.test("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");',
      "that sorts too much":
        "var a = []; for (var i = 0; i < 30000; i++) { a.push(i % 7); } a.sort();",
    };
    for (const [name, body] of Object.entries(endless)) {
      it(name, () => assertFails(body, /compute utilization/));
    }

    it("that uses more than 2 MB, in one piece or in many", async () => {
      await assertFails('"x".repeat(3000000);', /out of memory/);
      await assertFails(
        'var a = []; while (true) { a.push("x".repeat(10000) + a.length); }',
        /out of memory/,
      );
      await assertFails("new Uint8Array(3000000);", /out of memory/);
    });

    it("that goes through an array of holes", () =>
      assertFails("new Array(4000000000).indexOf(1);", /4000000000 elements/));

    it("that calls itself without end", () =>
      assertFails("function f() { return f() + 1; } f();", /stack overflow/));

    it("whose promise never settles", () =>
      assertFails("return new Promise(function () {});", /never settles/));

    it("that throws, rejects or returns what is no JSON", async () => {
      await assertFails('throw new TypeError("no");', /^TypeError: no$/);
      await assertFails('throw "no";', /^no$/);
      await assertFails('return Promise.reject(new Error("late"));', /^Error: late$/);
      await assertFails("event.self = event; return event;", /circular/);
    });
  });

  it("lets functions use 1.5 MB and some ten thousand steps", async () => {
    assert.equal(await resultOf('return "x".repeat(1500000).length;'), 1_500_000);
    assert.equal(await resultOf("var n = 0; while (n < 40000) { n++; } return n;"), 40_000);
  });

  describe("refuses a request", () => {
    const change = (statement: string): string =>
      `var request = event.request; ${statement}; return request;`;
    const refused: Record<string, [statement: string, message: RegExp]> = {
      "with another method": ['request.method = "POST"', /method is read-only/],
      "with a path that does not start with a slash": ['request.uri = "x"', /starts with/],
      "with a path that is no string": ["request.uri = 5", /starts with/],
      "with a query in the path": ['request.uri = "/a?b=1"', /no \?/],
      "with a space in the path": ['request.uri = "/a b"', /spaces/],
      "with a fragment in the query": ['request.querystring.a = { value: "#" }', /spaces/],
      "that is too long": ['request.uri = "/" + "x".repeat(8191)', /8192/],
      "with another host": ['request.headers.host = { value: "other" }', /host/],
      "without the host": ["delete request.headers.host", /host/],
      "with an added via": ['request.headers.via = { value: "1.1 x" }', /via/],
      "with a disallowed header": ['request.headers["x-real-ip"] = { value: "x" }', /x-real-ip/],
      "with a header of a disallowed family": [
        'request.headers["x-edge-any"] = { value: "x" }',
        /x-edge-any/,
      ],
      "with an upper-case header": ['request.headers["X-A"] = { value: "x" }', /lower case/],
      "with a header that breaks the line": [
        'request.headers["x-a"] = { value: "x\\r\\ny" }',
        /control/,
      ],
      "with a cookie among the headers": ['request.headers.cookie = { value: "a=b" }', /cookies/],
      "with a header that has no value": ['request.headers["x-a"] = "x"', /value must/],
      "with values that are no list": [
        'request.querystring.a = { value: "1", multiValue: "2" }',
        /must be an array/,
      ],
      "without headers": ["delete request.headers", /must be an object/],
    };
    for (const [name, [statement, message]] of Object.entries(refused)) {
      it(name, () => assertInvalid(change(statement), message));
    }

    it("that is none", async () => {
      await assertInvalid("return;", /no object/);
      await assertInvalid("return null;", /no object/);
      await assertInvalid('return "text";', /no object/);
      await assertInvalid("return [];", /no object/);
    });
  });

  describe("refuses a response", () => {
    const refused: Record<string, [response: string, message: RegExp]> = {
      "with a status that is a text": ['{ statusCode: "200" }', /statusCode/],
      "with a status below 200": ["{ statusCode: 199 }", /statusCode/],
      "with a status above 599": ["{ statusCode: 600 }", /statusCode/],
      "with a broken status": ["{ statusCode: 200.5 }", /statusCode/],
      "with a description that is no text": [
        "{ statusCode: 200, statusDescription: 1 }",
        /statusDescription/,
      ],
      "with a body of an unknown encoding": [
        '{ statusCode: 200, body: { encoding: "gzip", data: "" } }',
        /encoding/,
      ],
      "with a body that is no base64": [
        '{ statusCode: 200, body: { encoding: "base64", data: "?" } }',
        /valid base64/,
      ],
      "with a body above 40 KB": ['{ statusCode: 200, body: "x".repeat(40961) }', /40960/],
      "with a disallowed header": [
        '{ statusCode: 200, headers: { "x-cache": { value: "Hit" } } }',
        /x-cache/,
      ],
      "with a read-only header": [
        '{ statusCode: 200, headers: { warning: { value: "x" } } }',
        /warning/,
      ],
      "with a cookie among the headers": [
        '{ statusCode: 200, headers: { "set-cookie": { value: "a=b" } } }',
        /cookies/,
      ],
    };
    for (const [name, [response, message]] of Object.entries(refused)) {
      it(name, () => assertInvalid(`return ${response};`, message));
      it(`${name}, for a response of an origin too`, () =>
        assertInvalid(`return ${response};`, message, responseEvent()));
    }

    it("that is a request, for a viewer's response", () =>
      assertInvalid("return event.request;", /statusCode/, responseEvent()));
  });

  describe("reads names with several values", () => {
    const given = { value: "1", multiValue: [{ value: "1" }, { value: "2" }] };
    const tagsAfter = async (statement: string): Promise<unknown> => {
      const code = `function handler(event) { var tag = event.request.querystring.tag; ${statement};
        return event.request; }`;
      const event = requestEvent({ querystring: { tag: given } });
      const returned = await runViewerFunction(code, event, "viewer-request");
      return "uri" in returned && returned.querystring.tag;
    };

    it("as they were", async () => {
      assert.deepEqual(await tagsAfter(""), given);
    });

    it("with a change of all values before one of the first", async () => {
      assert.deepEqual(await tagsAfter('tag.value = "9"; tag.multiValue = [{ value: "3" }]'), {
        value: "3",
        multiValue: [{ value: "3" }],
      });
    });

    it("with a change of the first alone", async () => {
      assert.deepEqual(await tagsAfter('tag.value = "9"'), {
        value: "9",
        multiValue: [{ value: "9" }, { value: "2" }],
      });
    });
  });
});
