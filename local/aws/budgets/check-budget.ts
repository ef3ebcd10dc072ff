import { AwsError } from "../aws-error";

/** A notification of a budget, by the names of Pulumi's inputs. */
export interface BudgetNotification {
  comparisonOperator: string;
  notificationType: string;
  threshold: number;
  thresholdType: string;
  subscriberEmailAddresses?: readonly string[];
  subscriberSnsTopicArns?: readonly string[];
}

/** What is looked at of a budget. https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html */
export interface BudgetDefinition {
  name: string;
  budgetType: string;
  timeUnit: string;
  limitAmount?: string;
  limitUnit?: string;
  costFilters?: readonly { name: string; values: readonly string[] }[];
  notifications?: readonly BudgetNotification[];
}

const maxNotifications = 10;
const maxMails = 10;
const maxTopics = 1;
const maxFilterValueLength = 1024;

/** https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html */
const filterNames = [
  "AZ",
  "BillingEntity",
  "CostCategory",
  "InstanceType",
  "InvoicingEntity",
  "LegalEntityName",
  "LinkedAccount",
  "Operation",
  "PurchaseType",
  "Region",
  "Service",
  "TagKeyValue",
  "UsageType",
  "UsageTypeGroup",
];

/**
 * Refuses what AWS Budgets refuses of a budget and its notifications.
 *
 * @throws AwsError `InvalidParameterException`, `CreationLimitExceededException` or
 * `DuplicateRecordException`.
 */
export function checkBudget(budget: BudgetDefinition): void {
  const { name, notifications = [] } = budget;
  demand(
    /^(?![^:\\]*\/action\/)[^:\\]{1,100}$/.test(name),
    `a budget's name has 1 to 100 characters, without : and \\, and not /action/, unlike "${name}"`,
  );
  checkLimit(budget);
  checkFilters(budget);
  limit(notifications.length, maxNotifications, "notifications of a budget");
  for (const notification of notifications) {
    checkNotification(notification, budget);
  }
  const kinds = notifications.map(kindOf);
  if (new Set(kinds).size < kinds.length) {
    throw new AwsError(
      "DuplicateRecordException",
      "Two notifications of a budget are the same but for who gets them.",
    );
  }
}

function checkLimit({ budgetType, limitAmount, limitUnit }: BudgetDefinition): void {
  if (limitAmount === undefined) {
    return;
  }
  demand(
    /^\d{1,15}(\.\d{1,8})?$/.test(limitAmount) && Number(limitAmount) > 0,
    `a budget's limit is a number above 0, not "${limitAmount}"`,
  );
  demand(
    budgetType !== "COST" || limitUnit === "USD",
    `the limit of a budget of costs is in USD, not "${limitUnit ?? ""}"`,
  );
}

function checkFilters({ costFilters = [] }: BudgetDefinition): void {
  for (const { name, values } of costFilters) {
    demand(filterNames.includes(name), `there is no cost filter ${name}`);
    demand(values.length > 0, `the cost filter ${name} has no values`);
    const tooLong = values.find((value) => value.length > maxFilterValueLength);
    demand(tooLong === undefined, `a value of the cost filter ${name} is too long`);
    const isTag = (value: string) => /^(user|aws):[^$]{1,128}\$/.test(value);
    demand(
      name !== "TagKeyValue" || values.every(isTag),
      `values of the cost filter TagKeyValue are like user:Team$one, not "${values.join('", "')}"`,
    );
  }
}

function checkNotification(
  { notificationType, threshold, ...subscribers }: BudgetNotification,
  { timeUnit }: BudgetDefinition,
): void {
  const { subscriberEmailAddresses: mails = [], subscriberSnsTopicArns: topics = [] } = subscribers;
  demand(mails.length + topics.length > 0, "a notification has at least one subscriber");
  limit(mails.length, maxMails, "addresses of a notification");
  limit(topics.length, maxTopics, "topics of a notification");
  const wrong = mails.find((mail) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(mail));
  demand(wrong === undefined, `a subscriber is an e-mail address, not "${wrong ?? ""}"`);
  demand(threshold >= 0.1 && threshold <= 1e9, `a threshold is 0.1 at least, not ${threshold}`);
  demand(
    !(timeUnit === "DAILY" && notificationType === "FORECASTED"),
    "there is no forecast of a daily budget",
  );
}

function kindOf({
  comparisonOperator,
  notificationType,
  threshold,
  thresholdType,
}: BudgetNotification): string {
  return [comparisonOperator, notificationType, threshold, thresholdType].join(" ");
}

function demand(isSo: boolean, problem: string): void {
  if (!isSo) {
    throw new AwsError("InvalidParameterException", `Invalid budget: ${problem}.`);
  }
}

function limit(count: number, most: number, what: string): void {
  if (count > most) {
    throw new AwsError("CreationLimitExceededException", `There are ${most} ${what} at most.`);
  }
}
