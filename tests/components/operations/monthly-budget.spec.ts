import assert from "node:assert/strict";
import {
  MonthlyBudget,
  type MonthlyBudgetArgs,
} from "../../../components/operations/monthly-budget";
import { runMocked } from "../../support/pulumi";

async function inputsOf(scope: MonthlyBudgetArgs["scope"]): Promise<Record<string, unknown>> {
  const { run } = await runMocked(
    () => new MonthlyBudget("test", { dollars: 25, scope, email: "alerts@example.com" }),
    { stack: "production" },
  );
  return run.inputs("aws:budgets/budget:Budget", "test-budget");
}

const mail = {
  comparisonOperator: "GREATER_THAN",
  thresholdType: "PERCENTAGE",
  subscriberEmailAddresses: ["alerts@example.com"],
};

const ofAccount = {
  budgetType: "COST",
  timeUnit: "MONTHLY",
  limitAmount: "25",
  limitUnit: "USD",
  notifications: [
    { ...mail, notificationType: "ACTUAL", threshold: 80 },
    { ...mail, notificationType: "ACTUAL", threshold: 100 },
    { ...mail, notificationType: "FORECASTED", threshold: 100 },
  ],
};

describe("MonthlyBudget", () => {
  it("counts what the account costs, and mails when it is nearly spent, spent, or will be", async () => {
    assert.deepEqual(await inputsOf("account"), ofAccount);
  });

  it("counts what has the stack's tag, where it is told to", async () => {
    assert.deepEqual(await inputsOf("stack"), {
      ...ofAccount,
      costFilters: [{ name: "TagKeyValue", values: ["user:Stack$production"] }],
    });
  });
});
