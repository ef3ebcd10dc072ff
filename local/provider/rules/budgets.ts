import {
  accountId,
  anything,
  arn,
  block,
  conflicts,
  decimal,
  flag,
  list,
  map,
  matches,
  oneOf,
  required,
  text,
  typeRules,
} from "./rule";
import type { RulesByType } from "./rule";

const spend = { amount: required(text()), unit: required(text()) };

const time = text(matches(/^\d{4}-\d{2}-\d{2}_\d{2}:\d{2}$/, "be a time such as 2017-01-01_12:00"));

/** What the provider accepts of AWS Budgets. */
export const budgetsRules: RulesByType = {
  "aws:budgets/budget:Budget": typeRules(
    {
      accountId: text(accountId()),
      autoAdjustData: anything(),
      billingViewArn: text(arn()),
      budgetType: required(
        text(
          oneOf(
            "USAGE",
            "COST",
            "RI_UTILIZATION",
            "RI_COVERAGE",
            "SAVINGS_PLANS_UTILIZATION",
            "SAVINGS_PLANS_COVERAGE",
          ),
        ),
      ),
      costFilters: list(block({ name: required(text()), values: required(list(text())) })),
      costTypes: block({
        includeCredit: flag(),
        includeDiscount: flag(),
        includeOtherSubscription: flag(),
        includeRecurring: flag(),
        includeRefund: flag(),
        includeSubscription: flag(),
        includeSupport: flag(),
        includeTax: flag(),
        includeUpfront: flag(),
        useAmortized: flag(),
        useBlended: flag(),
      }),
      filterExpression: anything(),
      limitAmount: text(),
      limitUnit: text(),
      metrics: text(
        oneOf(
          "BlendedCost",
          "UnblendedCost",
          "AmortizedCost",
          "NetUnblendedCost",
          "NetAmortizedCost",
          "UsageQuantity",
          "NormalizedUsageAmount",
          "Hours",
        ),
      ),
      name: text(),
      namePrefix: text(),
      notifications: list(
        block({
          comparisonOperator: required(text(oneOf("GREATER_THAN", "LESS_THAN", "EQUAL_TO"))),
          notificationType: required(text(oneOf("ACTUAL", "FORECASTED"))),
          subscriberEmailAddresses: list(text()),
          subscriberSnsTopicArns: list(text(arn())),
          threshold: required(decimal()),
          thresholdType: required(text(oneOf("PERCENTAGE", "ABSOLUTE_VALUE"))),
        }),
      ),
      plannedLimits: list(block({ ...spend, startTime: required(time) })),
      tags: map(),
      timePeriodEnd: time,
      timePeriodStart: time,
      timeUnit: required(text(oneOf("DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM"))),
    },
    conflicts("name", "namePrefix"),
    conflicts("plannedLimits", "limitAmount", "limitUnit"),
    conflicts("filterExpression", "costFilters"),
    conflicts("metrics", "costTypes"),
  ),
};
