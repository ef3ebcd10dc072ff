import assert from "node:assert/strict";
import { type ArrayExpression, parse } from "acorn";
import { edgeFunctionCode, maxEdgeFunctionBytes } from "../../../components/edge/edge-code";
import { checkFunctionCode } from "../../../local/aws/cloudfront/functions/check-code";
import { settings } from "../../handlers/renditions/settings";

const names = ["image-request", "image-response"] as const;
const told = { settings, allowedOrigins: ["*"] };

/** What runtime 2.0 has of objects' methods, as far as it is used here. */
const methods = new Set(
  `assign keys apply call
  concat every filter find findIndex forEach includes indexOf join map pop push reduce reverse slice
  some sort split
  charAt lastIndexOf replace startsWith toLowerCase toUpperCase trim
  exec test toFixed toString ceil floor max min round pow abs parse stringify`.split(/\s+/),
);

/** The anonymous functions that are elements of arrays' literals, as they are written. */
function functionsInArrays(code: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) {
      return;
    }
    if ("type" in value && value.type === "ArrayExpression") {
      const { elements } = value as ArrayExpression;
      const functions = elements.filter(
        (element) =>
          element?.type === "ArrowFunctionExpression" || element?.type === "FunctionExpression",
      );
      found.push(...functions.map(({ start, end }) => code.slice(start, end)));
    }
    Object.values(value).forEach(visit);
  };
  visit(parse(code, { ecmaVersion: "latest" }));
  return found;
}

describe("edgeFunctionCode", () => {
  for (const name of names) {
    it(`keeps ${name} to the language of runtime 2.0, and to what it has of objects' methods`, async () => {
      const code = edgeFunctionCode(name, told);
      await checkFunctionCode(code);
      const called = Array.from(code.matchAll(/\.(\w+)\(/g), ([, method = ""]) => method);
      assert.deepEqual(
        called.filter((method) => !methods.has(method)),
        [],
      );
    });

    it(`puts no anonymous function of ${name} into an array, which some engines take amiss`, () => {
      assert.deepEqual(functionsInArrays(edgeFunctionCode(name, told)), []);
    });

    it(`makes the same of ${name} each time, with room for more presets`, () => {
      const code = edgeFunctionCode(name, told);
      assert.equal(edgeFunctionCode(name, told), code);
      assert.ok(code.length <= maxEdgeFunctionBytes - 500, `${code.length} bytes`);
      assert.match(code, /^[\n -~]*$/);
    });

    it(`gives ${name} a function of the name that CloudFront calls, and exports nothing`, () => {
      const code = edgeFunctionCode(name, told);
      assert.match(
        code,
        /\nfunction handler\(event\)\{|\}function handler\(event\)\{|;function handler\(event\)\{/,
      );
      assert.doesNotMatch(code, /\b(?:export|import|require)\b/);
    });
  }

  it("would be found to have a function in an array", () => {
    const code = 'var a=["b",c=>c,["d",function(){}]],e=[f],g={h:i=>i},j=k(l=>l);';
    assert.deepEqual(functionsInArrays(code), ["c=>c", "function(){}"]);
  });

  it("compiles in what the functions go by, and nothing else of the settings", () => {
    const code = edgeFunctionCode("image-request", told);
    assert.ok(code.includes('"thumb":"width-240_height-240_format-auto"'));
    assert.ok(code.includes(settings.watermark?.fingerprint ?? "?"));
    assert.equal(code.includes(settings.watermark?.imageId ?? ""), false);
  });

  it("tells image-request alone which pages may read its answers, as far as there is room", () => {
    const codeFor = (name: (typeof names)[number], allowedOrigins: readonly string[]) =>
      edgeFunctionCode(name, { settings, allowedOrigins });
    const [app, admin] = ["https://app.example.com", "https://admin.example.com"];
    assert.ok(codeFor("image-request", ["*"]).includes('allowedOrigin="*"'));
    assert.ok(codeFor("image-request", [app]).includes(`allowedOrigin="${app}"`));
    assert.ok(codeFor("image-request", [app, admin]).includes('allowedOrigin="*"'));
    assert.equal(codeFor("image-response", [app, admin]), codeFor("image-response", ["*"]));
  });

  it("refuses presets that make it larger than CloudFront takes", () => {
    const presets = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`preset${index}`, "width-100_format-auto"]),
    );
    assert.throws(
      () => edgeFunctionCode("image-request", { ...told, settings: { ...settings, presets } }),
      /^Error: The CloudFront Function image-request would have \d+ bytes, of 10240 at most: the 100 presets/,
    );
  });
});
