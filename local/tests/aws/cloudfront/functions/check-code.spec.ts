import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { AwsError } from "../../../../aws/aws-error";
import { checkFunctionCode } from "../../../../aws/cloudfront/functions/check-code";

const handler = "function handler(event) { return event.request; }";

async function assertRefused(code: string, message: RegExp, awsCode = "InvalidArgument") {
  await assert.rejects(checkFunctionCode(code), (error: unknown) => {
    assert.ok(error instanceof AwsError);
    assert.equal(error.code, awsCode);
    assert.match(error.message, message);
    return true;
  });
}

describe("checkFunctionCode", () => {
  it("takes what runtime 2.0 documents", async () => {
    await checkFunctionCode(`
      const crypto = require("crypto");
      var querystring = require('querystring'); let name = require("buffer");
      async function later(...rest) { return rest.length; }
      async function handler(event) {
        const n = await later(1, 2);
        let text = \`a \${n} \${\`nested \${2 ** 3}\`}\`;
        label: for (var key in event.request.headers) { if (key === "x") { continue label; } }
        for (let i = 0; i < 1_000; i++) { n > 1 ? text : null; }
        do { switch (n) { case 1: break; default: throw new Error("x"); } } while (false);
        try { /(?<year>\\d{4})/gimy.exec("2026"); } catch (error) { console.log(error); } finally { text = ""; }
        return { get x() { return 1; }, y: (a) => a, "z": function () {} };
      }`);
    await checkFunctionCode("var handler = function (event) { return event.request; };");
    await checkFunctionCode("const handler = (event) => event.request;");
  });

  const unsupported: Record<string, string> = {
    "a class": "class A {}",
    destructuring: "var { a } = {};",
    "destructuring ": "var [a] = [];",
    "a default value of a parameter": "function f(a = 1) {}",
    "spread (...)": "f(...[]);",
    "spread (...) ": "var a = { ...b };",
    "for…of": "for (var a of []) {}",
    "optional chaining (?.)": "var a = b?.c;",
    "nullish coalescing (??)": "var a = b ?? c;",
    "logical assignment (||=)": "a ||= 1;",
    "a generator": "function* f() {}",
    "a tagged template": "f`x`;",
    "a BigInt": "var a = 1n;",
    "a binary or octal number": "var a = 0b11;",
    "a shorthand property or method": "var b = { a };",
    "a shorthand property or method ": "var b = { a() {} };",
    "a computed property name": "var b = { [a]: 1 };",
    "catch without a parameter": "try { a(); } catch { b(); }",
    "new.target or import.meta": "function f() { return new.target; }",
    "import()": 'import("crypto");',
    export: "export var a = 1;",
    "a flag of a regular expression other than g, i, m and y (u)": "var a = /x/u;",
    "await outside an async function": "await f();",
    "await in the arguments of a call": "async function f() { g(await h()); }",
    "await in the arguments of a call ": "async function f() { g(1 + (await h())); }",
    "an async function within another": "function f() { return async function () {}; }",
    "an async function within another ": "function f() { return async () => 1; }",
  };
  for (const [name, line] of Object.entries(unsupported)) {
    it(`refuses ${name.trim()} and says where: ${line}`, async () => {
      const code = `// The first line.\n${line}\n${handler}`;
      const feature = name.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      await assertRefused(code, new RegExp(`^Line 2: ${feature} is not supported`));
    });
  }

  it("refuses text that is no code, with the place", async () => {
    await assertRefused("function handler( {", /SyntaxError: .*\(1:\d+\)/);
    await assertRefused("var a = 1;\nreturn a;", /SyntaxError: .*\(2:0\)/);
    await assertRefused(`${handler} } (function () {`, /SyntaxError/);
  });

  it("refuses code that sloppy mode alone knows", async () => {
    await assertRefused(`with (a) {}\n${handler}`, /SyntaxError/);
    await assertRefused(`var a = 010;\n${handler}`, /SyntaxError/);
  });

  it("refuses code without a handler at its top level", async () => {
    await assertRefused("", /no function "handler"/);
    await assertRefused("function other() { function handler() {} }", /no function "handler"/);
  });

  it("refuses modules that there are not", async () => {
    await assertRefused(`var fs = require("fs");\n${handler}`, /^Line 1: there is no module "fs"/);
    await assertRefused(`import fs from "fs";\n${handler}`, /only the module "cloudfront"/);
  });

  it("says that the helper methods of CloudFront are not emulated", () =>
    assertRefused(`import cf from "cloudfront";\n${handler}`, /line 1/, "NotImplemented"));

  it("takes 10 KB, counted in bytes, and no more", async () => {
    const filler = (bytes: number): string => {
      const rest = bytes - handler.length - 2;
      return `${handler}//${"é".repeat(rest / 2)}${"x".repeat(rest % 2)}`;
    };
    await checkFunctionCode(filler(10_240));
    await assertRefused(filler(10_241), /10241 bytes/, "FunctionSizeLimitExceeded");
  });

  it("does not emulate runtime 1.0", () =>
    assert.rejects(checkFunctionCode(handler, "cloudfront-js-1.0"), /cloudfront-js-1\.0/));
});
