import { type BudgetDefinition, checkBudget } from "../aws/budgets/check-budget";
import type { Notify } from "../aws/notice";
import type { Account } from "../aws/types";
import { refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

interface BudgetInputs extends Omit<BudgetDefinition, "name"> {
  accountId?: string;
  tags?: Record<string, string>;
}

/** Inputs whose meaning nobody checks here. */
const notEmulated = ["autoAdjustData", "billingViewArn", "filterExpression", "plannedLimits"];

/** What the provider and AWS take where nothing is given. */
const defaults = { namePrefix: "", timePeriodEnd: "2087-06-15_00:00" };

/** The resource types of AWS Budgets, which has nothing to add up here. */
export function budgetsResources(account: Account, notify: Notify): ResourceTypes {
  return {
    "aws:budgets/budget:Budget": (request) => planBudget(account, notify, request),
  };
}

function planBudget(account: Account, notify: Notify, request: ResourceRequest): PlannedResource {
  refuseInputs(request, notEmulated);
  const inputs = request.inputs as unknown as BudgetInputs;
  const { accountId = account.accountId, tags = {} } = inputs;
  const name = request.physicalName();
  checkBudget({ ...inputs, name });
  return {
    id: `${accountId}:${name}`,
    outputs: {
      ...defaults,
      ...request.inputs,
      name,
      accountId,
      arn: `arn:${account.partition}:budgets::${accountId}:budget/${name}`,
      tagsAll: tags,
    },
    create: () => {
      notify(`budget ${name} is recorded, and never mails: a local run costs nothing`);
    },
    restore: () => undefined,
  };
}
