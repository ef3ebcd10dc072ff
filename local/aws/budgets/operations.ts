import { z } from "zod";
import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { globalArn } from "../arn";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import { tagList } from "../tag-list";
import type { Account } from "../types";
import { notFound, type Budget, type Budgets } from "./budgets";
import type { BudgetNotification } from "./check-budget";
import { budgetOf, notificationOf, subscribersOf } from "./views";

/** What the operations of the API work with. */
export interface OperationContext {
  account: Account;
  caller: Caller;
  budgets: Budgets;
}

const accountInput = z.object({ AccountId: z.string().regex(/^\d{12}$/) });
const budgetInput = accountInput.extend({ BudgetName: z.string().min(1) });
const notificationInput = z.object({
  Notification: z.object({
    NotificationType: z.string(),
    ComparisonOperator: z.string(),
    Threshold: z.number(),
    ThresholdType: z.string().default("PERCENTAGE"),
  }),
});

/** Most items of a page, and how many there are where nobody says. */
interface PageLimits {
  most: number;
  default: number;
}
const budgetsPage: PageLimits = { most: 1000, default: 100 };
const notificationsPage: PageLimits = { most: 100, default: 100 };
const accountPage: PageLimits = { most: 1000, default: 50 };

/** Budgets are made by the program alone. */
export const operations: Readonly<Record<string, Operation<OperationContext>>> = {
  DescribeBudget: (input, context) => ({ Budget: budgetOf(named(input, context)) }),
  DescribeBudgets: (input, context) => {
    const { items, nextToken } = paged(allOf(input, context), input, budgetsPage);
    return { Budgets: items.map(budgetOf), NextToken: nextToken };
  },
  DescribeBudgetNotificationsForAccount: (input, context) => {
    const notified = allOf(input, context).filter(({ notifications = [] }) => notifications.length);
    const { items, nextToken } = paged(notified, input, accountPage);
    return {
      BudgetNotificationsForAccount: items.map(({ name, notifications = [] }) => ({
        BudgetName: name,
        Notifications: notifications.map(notificationOf),
      })),
      NextToken: nextToken,
    };
  },
  DescribeNotificationsForBudget: (input, context) => {
    const { notifications = [] } = named(input, context);
    const { items, nextToken } = paged(notifications, input, notificationsPage);
    return { Notifications: items.map(notificationOf), NextToken: nextToken };
  },
  DescribeSubscribersForNotification: (input, context) => {
    const notification = notificationIn(named(input, context), input);
    const all = subscribersOf(notification);
    const { items, nextToken } = paged(all, input, notificationsPage);
    return { Subscribers: items, NextToken: nextToken };
  },
  ListTagsForResource: (input, { caller, budgets }) => {
    const { ResourceARN } = parse(z.object({ ResourceARN: z.string() }), input);
    caller.require("budgets:ListTagsForResource", ResourceARN);
    const found = budgets.all().find(({ arn }) => arn === ResourceARN);
    if (!found) {
      throw notFound(`Unable to find the resource ${ResourceARN}.`);
    }
    return { ResourceTags: tagList(found.tags) };
  },
};

function allOf(input: unknown, { account, caller, budgets }: OperationContext): readonly Budget[] {
  const { AccountId } = parse(accountInput, input);
  caller.require(
    "budgets:ViewBudget",
    globalArn({ ...account, accountId: AccountId }, "budgets", "budget/*"),
  );
  requireOwn(AccountId, account);
  return budgets.all();
}

function named(input: unknown, { account, caller, budgets }: OperationContext): Budget {
  const { AccountId, BudgetName } = parse(budgetInput, input);
  const place = { ...account, accountId: AccountId };
  caller.require("budgets:ViewBudget", globalArn(place, "budgets", `budget/${BudgetName}`));
  requireOwn(AccountId, account);
  return budgets.get(BudgetName);
}

function requireOwn(accountId: string, account: Account): void {
  if (accountId !== account.accountId) {
    const message = `Account ${accountId} is not one that the caller may see budgets of.`;
    throw new AwsError("AccessDeniedException", message);
  }
}

function notificationIn({ name, notifications = [] }: Budget, input: unknown): BudgetNotification {
  const { Notification: asked } = parse(notificationInput, input);
  const found = notifications.find(
    ({ notificationType, comparisonOperator, threshold, thresholdType }) =>
      notificationType === asked.NotificationType &&
      comparisonOperator === asked.ComparisonOperator &&
      threshold === asked.Threshold &&
      thresholdType === asked.ThresholdType,
  );
  if (!found) {
    throw notFound(`Unable to get the notification of budget ${name}: it doesn't exist.`);
  }
  return found;
}

function paged<Item extends Structure | Budget | BudgetNotification>(
  all: readonly Item[],
  input: unknown,
  limits: PageLimits,
) {
  const schema = z.object({
    MaxResults: z.int().min(1).max(limits.most).default(limits.default),
    NextToken: z.string().optional(),
  });
  const { MaxResults, NextToken } = parse(schema, input);
  return pageOf(all, NextToken, MaxResults, invalidToken);
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  return parseInput(schema, input, "InvalidParameterException");
}

function invalidToken(): AwsError {
  return new AwsError("InvalidNextTokenException", "The pagination token is invalid.");
}
