import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { policies } from "../../policy-pack/policies";

describe("the pack in this program's stacks", () => {
  it("is mandatory in production for encryption, public access and tags", () => {
    const { config } = parse(readFileSync("Pulumi.production.yaml", "utf8")) as {
      config: Record<string, Record<string, string | { enforcementLevel: string }>>;
    };
    const levels = config["darkroom-policy:config"] ?? {};
    const promised = policies.filter(({ tags = [] }) =>
      tags.some((tag) => ["encryption", "public-access", "tags"].includes(tag)),
    );
    assert.ok(promised.length > 0);
    for (const { name } of promised) {
      const level = levels[name];
      assert.equal(typeof level === "object" ? level.enforcementLevel : level, "mandatory", name);
    }
  });
});
