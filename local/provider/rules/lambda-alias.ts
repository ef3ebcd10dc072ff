import { block, decimal, map, regional, required, text } from "./rule";
import type { RulesByType } from "./rule";

/** What the provider accepts of aliases; it leaves to Lambda which versions and weights there may be. */
export const aliasRules: RulesByType = {
  "aws:lambda/alias:Alias": regional({
    description: text(),
    functionName: required(text()),
    functionVersion: required(text()),
    name: text(),
    routingConfig: block({ additionalVersionWeights: map(decimal()) }),
  }),
};
