import assert from "node:assert/strict";
import { parseLogsOptions } from "../../cli/logs-options";
import { parseOptions } from "../../cli/options";
import { parsePolicyOptions } from "../../cli/policy-options";
import { parseTokenOptions } from "../../cli/token-options";
import { brokenEarly, helpOf } from "./support/lines-of-help";

describe("the help of a command", () => {
  for (const [name, parse] of [
    ["npm start", parseOptions],
    ["npm run logs", parseLogsOptions],
    ["npm run policy", parsePolicyOptions],
    ["npm run token", parseTokenOptions],
  ] as const) {
    it(`fills its lines in 80 columns: ${name}`, () => {
      const help = helpOf(parse);
      const [usage, description = ""] = help.split("\n\n");
      assert.match(usage ?? "", /^Usage: npm /);
      assert.deepEqual(brokenEarly(description), []);
      assert.doesNotMatch(help, /default: \{/);
    });
  }
});
