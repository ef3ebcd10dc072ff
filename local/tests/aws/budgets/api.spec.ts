import assert from "node:assert/strict";
import {
  BudgetsClient,
  DescribeBudgetActionsForAccountCommand,
  DescribeBudgetCommand,
  DescribeBudgetNotificationsForAccountCommand,
  DescribeBudgetsCommand,
  DescribeNotificationsForBudgetCommand,
  DescribeSubscribersForNotificationCommand,
  ListTagsForResourceCommand,
  paginateDescribeBudgets,
} from "@aws-sdk/client-budgets";
import { budgetsApi } from "../../../aws/budgets/api";
import { type Budget, Budgets } from "../../../aws/budgets/budgets";
import { ApiLab } from "../api/api-lab";

const AccountId = "123456789012";
const arnOf = (name: string) => `arn:aws:budgets::${AccountId}:budget/${name}`;
const actual = {
  comparisonOperator: "GREATER_THAN",
  notificationType: "ACTUAL",
  threshold: 80,
  thresholdType: "PERCENTAGE",
};

function budgetNamed(name: string, changes: Partial<Budget> = {}): Budget {
  return {
    name,
    arn: arnOf(name),
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: "20",
    limitUnit: "USD",
    costTypes: {},
    startsAt: new Date("2026-01-01T00:00:00Z"),
    endsAt: new Date("2087-06-15T00:00:00Z"),
    updatedAt: new Date("2026-01-31T12:00:00Z"),
    tags: {},
    ...changes,
  };
}

describe("budgetsApi", () => {
  let lab: ApiLab;
  let client: BudgetsClient;
  let budgets: Budgets;

  beforeEach(async () => {
    budgets = new Budgets();
    budgets.put(
      budgetNamed("one", {
        costTypes: { IncludeCredit: false },
        costFilters: [{ name: "TagKeyValue", values: ["user:Team$one"] }],
        notifications: [
          {
            ...actual,
            subscriberEmailAddresses: ["ops@example.com"],
            subscriberSnsTopicArns: ["arn:aws:sns:us-east-1:123456789012:alerts"],
          },
        ],
        tags: { Team: "one" },
      }),
    );
    budgets.put(budgetNamed("two", { budgetType: "USAGE", limitUnit: "GB" }));
    lab = await ApiLab.start((access) => budgetsApi(access, budgets));
    client = lab.client(BudgetsClient);
  });

  afterEach(() => lab.stop());

  it("shows a budget, on which nothing was spent", async () => {
    const command = new DescribeBudgetCommand({ AccountId, BudgetName: "one" });
    const { Budget: shown } = await client.send(command);
    assert.partialDeepStrictEqual(shown, {
      BudgetName: "one",
      BudgetType: "COST",
      BudgetLimit: { Amount: "20", Unit: "USD" },
      CostFilters: { TagKeyValue: ["user:Team$one"] },
      CostTypes: { IncludeCredit: false, IncludeTax: true, UseBlended: false },
      TimeUnit: "MONTHLY",
      TimePeriod: {
        Start: new Date("2026-01-01T00:00:00Z"),
        End: new Date("2087-06-15T00:00:00Z"),
      },
      CalculatedSpend: { ActualSpend: { Amount: "0.0", Unit: "USD" } },
    });
  });

  it("shows metrics in place of types of costs", async () => {
    budgets.put(budgetNamed("three", { metrics: "UnblendedCost" }));
    const command = new DescribeBudgetCommand({ AccountId, BudgetName: "three" });
    const { Budget: shown } = await client.send(command);
    assert.deepEqual(shown?.Metrics, ["UnblendedCost"]);
    assert.ok(!("CostTypes" in shown));
  });

  it("lists budgets by pages", async () => {
    const names: (string | undefined)[][] = [];
    for await (const { Budgets: page = [] } of paginateDescribeBudgets(
      { client, pageSize: 1 },
      { AccountId },
    )) {
      names.push(page.map(({ BudgetName }) => BudgetName));
    }
    assert.deepEqual(names, [["one"], ["two"]]);
    const wrong = new DescribeBudgetsCommand({ AccountId, NextToken: "wrong" });
    await assert.rejects(client.send(wrong), { name: "InvalidNextTokenException" });
  });

  it("shows notifications and who gets them", async () => {
    const ofBudget = new DescribeNotificationsForBudgetCommand({ AccountId, BudgetName: "one" });
    const { Notifications } = await client.send(ofBudget);
    const shown = {
      ComparisonOperator: "GREATER_THAN",
      NotificationType: "ACTUAL",
      Threshold: 80,
      ThresholdType: "PERCENTAGE",
      NotificationState: "OK",
    } as const;
    assert.deepEqual(Notifications, [shown]);
    const ofAccount = new DescribeBudgetNotificationsForAccountCommand({ AccountId });
    assert.deepEqual((await client.send(ofAccount)).BudgetNotificationsForAccount, [
      { BudgetName: "one", Notifications: [shown] },
    ]);
    const subscribersOf = (Threshold: number) =>
      client.send(
        new DescribeSubscribersForNotificationCommand({
          AccountId,
          BudgetName: "one",
          Notification: { ...shown, Threshold },
        }),
      );
    assert.deepEqual((await subscribersOf(80)).Subscribers, [
      { SubscriptionType: "EMAIL", Address: "ops@example.com" },
      { SubscriptionType: "SNS", Address: "arn:aws:sns:us-east-1:123456789012:alerts" },
    ]);
    await assert.rejects(subscribersOf(81), { name: "NotFoundException" });
  });

  it("shows tags", async () => {
    const list = (name: string) =>
      client.send(new ListTagsForResourceCommand({ ResourceARN: arnOf(name) }));
    assert.deepEqual((await list("one")).ResourceTags, [{ Key: "Team", Value: "one" }]);
    await assert.rejects(list("other"), { name: "NotFoundException" });
  });

  it("says what is not there", async () => {
    const command = new DescribeBudgetCommand({ AccountId, BudgetName: "other" });
    await assert.rejects(client.send(command), {
      name: "NotFoundException",
      message: "Unable to get budget: other - the budget doesn't exist.",
    });
  });

  it("refuses what is no id of an account, whatever is asked", async () => {
    const refused = { name: "InvalidParameterException" };
    const list = new DescribeBudgetsCommand({ AccountId: "12345" });
    await assert.rejects(client.send(list), refused);
    const one = new DescribeBudgetCommand({ AccountId: "12345", BudgetName: "one" });
    await assert.rejects(client.send(one), refused);
  });

  it("refuses who may not, other accounts, and what is not emulated", async () => {
    const credentials = lab.roleThatMay(["budgets:ViewBudget"], [arnOf("one")]);
    const reader = lab.client(BudgetsClient, { credentials });
    await reader.send(new DescribeBudgetCommand({ AccountId, BudgetName: "one" }));
    const refused = { name: "AccessDeniedException" };
    const other = new DescribeBudgetCommand({ AccountId, BudgetName: "two" });
    await assert.rejects(reader.send(other), refused);
    await assert.rejects(reader.send(new DescribeBudgetsCommand({ AccountId })), refused);
    const foreign = new DescribeBudgetsCommand({ AccountId: "210987654321" });
    await assert.rejects(client.send(foreign), refused);
    const actions = new DescribeBudgetActionsForAccountCommand({ AccountId });
    await assert.rejects(client.send(actions), { name: "NotImplemented" });
  });
});
