import assert from "node:assert/strict";
import { policies } from "../../policy-pack/policies";
import { rulePrograms } from "./programs";
import { check } from "./support/harness";
import { sixWays } from "./support/six-ways";

describe("the rules on programs of every way of writing", () => {
  it("are tried on programs that comply and on programs that do not", () => {
    for (const { rule, programs } of rulePrograms) {
      assert.ok(
        policies.some(({ name }) => name === rule),
        rule,
      );
      const kinds = new Set(programs.map(({ violations = [] }) => violations.length > 0));
      assert.deepEqual(kinds, new Set([true, false]), rule);
    }
  });

  for (const { rule, programs } of rulePrograms) {
    const policy = policies.find(({ name }) => name === rule);
    for (const program of programs) {
      const { title, settings } = program;
      for (const { way, resources, preview, deployment } of sixWays(program)) {
        it(`${rule}: ${title}, ${way}`, async () => {
          assert.ok(policy);
          assert.deepEqual(await check(policy, resources, { settings }), preview);
          assert.deepEqual(await check(policy, resources, { settings, preview: false }), {
            ...deployment,
            unjudged: [],
          });
        });
      }
    }
  }
});
