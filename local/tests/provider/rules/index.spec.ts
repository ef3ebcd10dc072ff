import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { checkByProviderRules, providerRules } from "../../../provider/rules";
import { brokenRule } from "../../../provider/rules/check-value";
import { examplesOf } from "./examples";

/** Names of a type's arguments, as its SDK declares them. */
function declaredArguments(type: string): string[] {
  const [, pkg = "", path = "", name = ""] =
    /^(\w+):(?:index\/)?(\w+(?:\/\w+)?):(\w+)$/.exec(type) ?? [];
  const declaration = readFileSync(
    require.resolve(`@pulumi/${pkg}/${path}.js`).replace(/js$/, "d.ts"),
    "utf8",
  );
  const [, body = ""] =
    new RegExp(`interface ${name}Args \\{\n([^]*?)\n\\}`).exec(declaration) ?? [];
  return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, argument = ""]) => argument);
}

describe("The rules of the provider", () => {
  for (const [type, { arguments: table }] of Object.entries(providerRules)) {
    describe(type, () => {
      it("say something of every argument that the SDK declares, and of no other", () => {
        assert.deepEqual(Object.keys(table).sort(), declaredArguments(type).sort());
      });

      for (const { path, rule, accepted, refused, inputs } of examplesOf(table)) {
        it(`accept and refuse ${path} by ${rule.kind}`, () => {
          const about = (value: unknown) => {
            const problem = brokenRule(rule, value as string, path);
            return checkByProviderRules(type, inputs(value)).filter((each) => each === problem);
          };
          assert.deepEqual(about(accepted), []);
          const [problem = "", ...others] = about(refused);
          assert.deepEqual(others, []);
          assert.ok(problem.includes(path), problem);
        });
      }
    });
  }

  it("know nothing of types without a table", () => {
    assert.deepEqual(checkByProviderRules("aws:ec2/vpc:Vpc", { cidr: "wrong" }), []);
  });
});
