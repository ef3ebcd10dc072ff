import assert from "node:assert/strict";

import { audienceOf } from "../../cli/start-local-issuer";
import type { Project } from "../../engine/project";

describe("audienceOf", () => {
  const project = { name: "demo" } as Project;
  const audience = (text?: string) =>
    audienceOf(project, {
      values: text === undefined ? {} : { "demo:oidcAudience": text },
      secretKeys: [],
      secrets: [],
    });

  it("is the first that the stack accepts", () => {
    assert.equal(audience('["https://api.example.com", "other"]'), "https://api.example.com");
  });

  for (const text of [undefined, "[]", "", "no JSON", '{"a": 1}', "[1]", '[""]']) {
    it(`is the project's name where the config is ${String(text)}`, () => {
      assert.equal(audience(text), "demo");
    });
  }
});
