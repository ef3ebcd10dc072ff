import assert from "node:assert/strict";
import { type BudgetDefinition, checkBudget } from "../../../aws/budgets/check-budget";

const notification = {
  comparisonOperator: "GREATER_THAN",
  notificationType: "ACTUAL",
  threshold: 80,
  thresholdType: "PERCENTAGE",
  subscriberEmailAddresses: ["one@example.com"],
};

const budget: BudgetDefinition = {
  name: "team",
  budgetType: "COST",
  timeUnit: "MONTHLY",
  limitAmount: "20",
  limitUnit: "USD",
  costFilters: [{ name: "TagKeyValue", values: ["user:Team$one"] }],
  notifications: [notification],
};

const mails = (count: number) =>
  Array.from({ length: count }, (_, index) => `${index}@example.com`);
const topics = (count: number) =>
  Array.from({ length: count }, (_, index) => `arn:aws:sns:us-east-1:123456789012:topic-${index}`);
const notifications = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...notification, threshold: index + 1 }));
const withNotification = (
  change: Partial<typeof notification> & { subscriberSnsTopicArns?: string[] },
) => ({
  notifications: [{ ...notification, ...change }],
});

describe("checkBudget", () => {
  const accepted: Record<string, Partial<BudgetDefinition>> = {
    "as it is": {},
    "without mails": { notifications: [] },
    "of another kind, which has a limit of its own unit": {
      budgetType: "USAGE",
      limitUnit: "GB",
      limitAmount: "0.5",
    },
    "of ten notifications": { notifications: notifications(10) },
    "that mails to ten addresses and a topic": withNotification({
      subscriberEmailAddresses: mails(10),
      subscriberSnsTopicArns: topics(1),
    }),
    "of a name of 100 characters": { name: "a".repeat(100) },
    "of what AWS itself tags": {
      costFilters: [{ name: "TagKeyValue", values: ["aws:createdBy$x"] }],
    },
  };
  for (const [what, change] of Object.entries(accepted)) {
    it(`accepts a budget ${what}`, () => {
      assert.doesNotThrow(() => {
        checkBudget({ ...budget, ...change });
      });
    });
  }

  const refused: Record<string, [code: string, change: Partial<BudgetDefinition>]> = {
    "of no name": ["InvalidParameterException", { name: "" }],
    "of a name of 101 characters": ["InvalidParameterException", { name: "a".repeat(101) }],
    "of a name with a colon": ["InvalidParameterException", { name: "a:b" }],
    "of a name like an action's": ["InvalidParameterException", { name: "a/action/b" }],
    "of nothing": ["InvalidParameterException", { limitAmount: "0" }],
    "of less than nothing": ["InvalidParameterException", { limitAmount: "-5" }],
    "of no number": ["InvalidParameterException", { limitAmount: "$20" }],
    "of costs in another currency": ["InvalidParameterException", { limitUnit: "EUR" }],
    "with a filter that there is not": [
      "InvalidParameterException",
      { costFilters: [{ name: "Tag", values: ["x"] }] },
    ],
    "with a filter of nothing": [
      "InvalidParameterException",
      { costFilters: [{ name: "Service", values: [] }] },
    ],
    "with a tag whose key has no kind": [
      "InvalidParameterException",
      { costFilters: [{ name: "TagKeyValue", values: ["Team$one"] }] },
    ],
    "with a tag without a value": [
      "InvalidParameterException",
      { costFilters: [{ name: "TagKeyValue", values: ["user:Team"] }] },
    ],
    "that tells nobody": [
      "InvalidParameterException",
      withNotification({ subscriberEmailAddresses: [] }),
    ],
    "that tells what is no address": [
      "InvalidParameterException",
      withNotification({ subscriberEmailAddresses: ["nobody"] }),
    ],
    "with a threshold of nothing": [
      "InvalidParameterException",
      withNotification({ threshold: 0 }),
    ],
    "of a day that is to be foretold": [
      "InvalidParameterException",
      { timeUnit: "DAILY", ...withNotification({ notificationType: "FORECASTED" }) },
    ],
    "of eleven notifications": [
      "CreationLimitExceededException",
      { notifications: notifications(11) },
    ],
    "that mails to eleven addresses": [
      "CreationLimitExceededException",
      withNotification({ subscriberEmailAddresses: mails(11) }),
    ],
    "that tells two topics": [
      "CreationLimitExceededException",
      withNotification({ subscriberSnsTopicArns: topics(2) }),
    ],
    "that tells the same twice": [
      "DuplicateRecordException",
      { notifications: [notification, { ...notification, subscriberEmailAddresses: mails(1) }] },
    ],
  };
  for (const [what, [code, change]] of Object.entries(refused)) {
    it(`refuses a budget ${what}`, () => {
      assert.throws(
        () => {
          checkBudget({ ...budget, ...change });
        },
        { code },
      );
    });
  }
});
