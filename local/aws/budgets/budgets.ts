import { AwsError } from "../aws-error";
import type { BudgetDefinition } from "./check-budget";

/** A budget, on which nothing is spent here. */
export interface Budget extends BudgetDefinition {
  arn: string;
  /** What counts as cost, by the names of the API's `CostTypes`; what is not named is as AWS has it. */
  costTypes: Readonly<Record<string, boolean>>;
  /** What costs are measured by, such as `UnblendedCost`, in place of their types. */
  metrics?: string;
  startsAt: Date;
  endsAt: Date;
  updatedAt: Date;
  tags: Readonly<Record<string, string>>;
}

/** Budgets of AWS Budgets, by their names. */
export class Budgets {
  readonly #budgets = new Map<string, Budget>();

  put(budget: Budget): void {
    this.#budgets.set(budget.name, budget);
  }

  delete(name: string): void {
    this.#budgets.delete(name);
  }

  all(): Budget[] {
    return [...this.#budgets.values()];
  }

  /** @throws AwsError `NotFoundException`. */
  get(name: string): Budget {
    const budget = this.#budgets.get(name);
    if (!budget) {
      throw notFound(`Unable to get budget: ${name} - the budget doesn't exist.`);
    }
    return budget;
  }
}

export function notFound(message: string): AwsError {
  return new AwsError("NotFoundException", message);
}
