import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { policies } from "../../policy-pack/policies";

describe("the pack in this program's stacks", () => {
  it("is mandatory in production, every rule of it", () => {
    const { config } = parse(readFileSync("Pulumi.production.yaml", "utf8")) as {
      config: Record<string, Record<string, string | { enforcementLevel: string }>>;
    };
    const levels = config["darkroom-policy:config"] ?? {};
    for (const { name } of policies) {
      const level = levels[name] ?? levels.all;
      assert.equal(typeof level === "object" ? level.enforcementLevel : level, "mandatory", name);
    }
  });
});
