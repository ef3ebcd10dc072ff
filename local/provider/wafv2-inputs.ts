import { z } from "zod";

/*
 * The inputs of web ACLs as far as the local WAF emulates them. What is not listed is refused, so that nothing
 * is silently without effect.
 */

/** Accepted without effect: no client could tell. */
const noEffect = z.unknown().optional();

const noSettings = z.strictObject({});

const block = z.strictObject({
  customResponse: z
    .strictObject({
      responseCode: z.number(),
      customResponseBodyKey: z.string().optional(),
      responseHeaders: z.array(z.strictObject({ name: z.string(), value: z.string() })).default([]),
    })
    .optional(),
});

const action = z.strictObject({
  allow: noSettings.optional(),
  block: block.optional(),
  count: noSettings.optional(),
});

const rateBasedStatement = z.strictObject({
  limit: z.number(),
  aggregateKeyType: z.literal("IP"),
  evaluationWindowSec: z.number().default(300),
});

const managedRuleGroupStatement = z.strictObject({
  vendorName: z.literal("AWS"),
  name: z.string(),
  version: z.undefined().optional(),
  ruleActionOverrides: z
    .array(z.strictObject({ name: z.string(), actionToUse: action }))
    .default([]),
});

const rule = z.strictObject({
  name: z.string(),
  priority: z.number(),
  statement: z.strictObject({
    rateBasedStatement: rateBasedStatement.optional(),
    managedRuleGroupStatement: managedRuleGroupStatement.optional(),
  }),
  action: action.optional(),
  overrideAction: z
    .strictObject({ none: noSettings.optional(), count: noSettings.optional() })
    .optional(),
  visibilityConfig: noEffect,
});

export const webAclInputs = z.strictObject({
  name: noEffect,
  namePrefix: noEffect,
  description: z.string().optional(),
  region: noEffect,
  scope: z.enum(["CLOUDFRONT", "REGIONAL"]),
  defaultAction: z.strictObject({ allow: noSettings.optional(), block: block.optional() }),
  rules: z.array(rule).default([]),
  customResponseBodies: z
    .array(z.strictObject({ key: z.string(), content: z.string(), contentType: z.string() }))
    .default([]),
  // How many bytes of a body are looked at, where no rule that is emulated looks at any.
  associationConfig: noEffect,
  visibilityConfig: noEffect,
  tags: z.record(z.string(), z.string()).optional(),
});

export type WebAclInputs = z.infer<typeof webAclInputs>;
export type RuleInputs = z.infer<typeof rule>;
export type RateInputs = z.infer<typeof rateBasedStatement>;
export type ManagedInputs = z.infer<typeof managedRuleGroupStatement>;
export type ActionInputs = z.infer<typeof action>;
export type BlockInputs = z.infer<typeof block>;
