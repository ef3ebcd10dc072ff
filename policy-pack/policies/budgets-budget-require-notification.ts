import { resourceRule } from "../lib/rule";
import { budgetType } from "../lib/types";
import { isKnown } from "../lib/values";

export const budgetsBudgetRequireNotification = resourceRule({
  name: "budgets-budget-require-notification",
  description: "Budgets tell somebody when they are spent.",
  severity: "low",
  topic: "costs",
  remediationSteps: "Add notifications with subscriberEmailAddresses or subscriberSnsTopicArns.",
  url: "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html",
  types: [budgetType],
  check(budget, report) {
    if (!isKnown(budget.known("notifications"))) {
      return;
    }
    const tellsSomebody = budget.some(budget.blocks("notifications"), (notification) =>
      ["subscriberEmailAddresses", "subscriberSnsTopicArns"].some((key) =>
        mayHaveItems(notification.known(key)),
      ),
    );
    if (!tellsSomebody) {
      report("tells nobody when it is spent");
    }
  },
});

/** Of a list that is not known yet, nobody can say. */
function mayHaveItems(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}
