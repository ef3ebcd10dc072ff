import type { Structure } from "../api/output";
import type { Budget } from "./budgets";
import type { BudgetNotification } from "./check-budget";

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CostTypes.html */
const defaultCostTypes = {
  IncludeTax: true,
  IncludeSubscription: true,
  UseBlended: false,
  IncludeRefund: true,
  IncludeCredit: true,
  IncludeUpfront: true,
  IncludeRecurring: true,
  IncludeOtherSubscription: true,
  IncludeSupport: true,
  IncludeDiscount: true,
  UseAmortized: false,
};

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html */
export function budgetOf(budget: Budget): Structure {
  const { name, budgetType, timeUnit, limitAmount, limitUnit, costFilters = [], metrics } = budget;
  const hasTypes = budgetType === "COST" && metrics === undefined;
  const filters = costFilters.map(({ name: key, values }) => [key, values] as const);
  return {
    BudgetName: name,
    BudgetType: budgetType,
    BudgetLimit: limitAmount === undefined ? undefined : { Amount: limitAmount, Unit: limitUnit },
    CostFilters: new Map(filters),
    CostTypes: hasTypes ? { ...defaultCostTypes, ...budget.costTypes } : undefined,
    Metrics: metrics === undefined ? undefined : [metrics],
    TimeUnit: timeUnit,
    TimePeriod: { Start: budget.startsAt, End: budget.endsAt },
    // Nothing costs anything.
    CalculatedSpend: { ActualSpend: { Amount: "0.0", Unit: limitUnit ?? "USD" } },
    LastUpdatedTime: budget.updatedAt,
  };
}

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Notification.html */
export function notificationOf(notification: BudgetNotification): Structure {
  return {
    NotificationType: notification.notificationType,
    ComparisonOperator: notification.comparisonOperator,
    Threshold: notification.threshold,
    ThresholdType: notification.thresholdType,
    NotificationState: "OK",
  };
}

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Subscriber.html */
export function subscribersOf({
  subscriberEmailAddresses: mails = [],
  subscriberSnsTopicArns: topics = [],
}: BudgetNotification): Structure[] {
  return [
    ...mails.map((Address) => ({ SubscriptionType: "EMAIL", Address })),
    ...topics.map((Address) => ({ SubscriptionType: "SNS", Address })),
  ];
}
