import assert from "node:assert/strict";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { type RulesetDefinition, Spectral } from "@stoplight/spectral-core";
import { oas } from "@stoplight/spectral-rulesets";
import { CodeGen } from "ajv/dist/compile/codegen";
import { openApiDocument } from "../../../components/openapi/document";
import type { UserAccess } from "../../../components/openapi/users";

const documents: Readonly<Record<string, UserAccess | undefined>> = {
  "without users": undefined,
  "with users": { allowApiKeys: false },
  "with users and API keys": { allowApiKeys: true },
};

async function lintByRedocly(source: string) {
  const config = await createConfig({ extends: ["recommended"] });
  return await lintFromString({ source, absoluteRef: "openapi.json", config });
}

async function lintBySpectral(source: string) {
  const spectral = new Spectral();
  spectral.setRuleset({ extends: [[oas as RulesetDefinition, "recommended"]] });
  return await spectral.run(source);
}

describe("openApiDocument, as linters judge it by the rules that they recommend", function () {
  this.timeout(180_000);

  // Spectral compiles a schema for each example, and uses it once: half of the time would be that in which what is
  // compiled is made smaller.
  const thorough = Object.getOwnPropertyDescriptor(CodeGen.prototype, "optimize") ?? {};
  before(() => {
    CodeGen.prototype.optimize = () => undefined;
  });
  after(() => {
    Object.defineProperty(CodeGen.prototype, "optimize", thorough);
  });

  for (const [what, users] of Object.entries(documents)) {
    const text = JSON.stringify(openApiDocument(users));

    it(`has no error and no warning of Redocly ${what}`, async () => {
      const problems = await lintByRedocly(text);
      assert.deepEqual(
        problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
        [],
      );
    });

    it(`has no error and no warning of Spectral ${what}`, async () => {
      const problems = await lintBySpectral(text);
      assert.deepEqual(
        problems.map(({ code, message, path }) => [code, message, path.join("/")]),
        [],
      );
    });
  }

  it("is one in which they find something", async () => {
    const document = openApiDocument();
    const { get } = document.paths["/health"] ?? {};
    const spoilt = JSON.stringify({
      ...document,
      info: { ...document.info, license: undefined, contact: undefined },
      paths: { "/health": { get: { ...get, operationId: undefined } } },
    });
    const redocly = await lintByRedocly(spoilt);
    const spectral = await lintBySpectral(spoilt);
    assert.ok(redocly.some(({ ruleId }) => ruleId === "operation-operationId"));
    assert.ok(spectral.some(({ code }) => code === "info-contact"));
  });
});
