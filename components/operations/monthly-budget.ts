import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "../recorded-args";

/** Which costs count: of the whole account, or of what has this stack's tag. */
export type BudgetScope = "account" | "stack";

/** Arguments of `MonthlyBudget`. */
export interface MonthlyBudgetArgs {
  /** Dollars (USD) that a month may cost. */
  dollars: number;
  /**
   * What counts. `stack` needs the tag `Stack` to be activated as a cost allocation tag, by whoever pays
   * the account's bill: until then it counts nothing, and mails nothing, without a sign.
   */
  scope: BudgetScope;
  /** Address that is mailed to, without having to confirm it. */
  email: string;
}

/** When mails are sent, in per cent of the budget. */
const thresholds = [
  { notificationType: "ACTUAL", threshold: 80 },
  { notificationType: "ACTUAL", threshold: 100 },
  { notificationType: "FORECASTED", threshold: 100 },
] as const;

/**
 * A budget of a calendar month, and mails when 80 and 100 % of it are spent, or AWS expects that all of it will be.
 * It stops nothing. AWS adds up costs some times a day, and can tell what to expect after five weeks.
 *
 * The address is mailed to directly: AWS Budgets need no grant on the topic of alarms, nor on its key.
 */
export class MonthlyBudget extends pulumi.ComponentResource {
  constructor(name: string, args: MonthlyBudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:operations:MonthlyBudget", name, recordedArgs(args), opts);
    const { dollars, scope, email } = args;
    new aws.budgets.Budget(
      `${name}-budget`,
      {
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(dollars),
        limitUnit: "USD",
        ...(scope === "stack" && { costFilters: [stackFilter()] }),
        notifications: thresholds.map((threshold) => ({
          ...threshold,
          comparisonOperator: "GREATER_THAN",
          thresholdType: "PERCENTAGE",
          subscriberEmailAddresses: [email],
        })),
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}

/** Another project's stack of the same name counts, too: that is better than to count too little. */
function stackFilter() {
  return { name: "TagKeyValue", values: [`user:Stack$${pulumi.getStack()}`] };
}
