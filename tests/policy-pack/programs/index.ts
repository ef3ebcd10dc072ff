import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { RuleProgram, RulePrograms } from "../support/six-ways";

const requireHere = createRequire(__filename);

/** The programs of every rule, each file named as its rule and exporting `programs`. */
export const rulePrograms: readonly RulePrograms[] = readdirSync(__dirname)
  .map((file) => path.parse(file).name)
  .filter((rule) => rule !== "index")
  .map((rule) => ({
    rule,
    programs: (requireHere(`./${rule}`) as { programs: RuleProgram[] }).programs,
  }));
