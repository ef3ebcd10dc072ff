import type { Budgets } from "../aws/budgets/budgets";
import { type BudgetDefinition, checkBudget } from "../aws/budgets/check-budget";
import { formatTime, parseTime, startOfPeriod } from "../aws/budgets/time-period";
import type { Notify } from "../aws/notice";
import type { Account } from "../aws/types";
import { capitalized } from "../capitalized";
import { refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

interface BudgetInputs extends Omit<BudgetDefinition, "name"> {
  accountId?: string;
  costTypes?: Record<string, boolean>;
  metrics?: string;
  tags?: Record<string, string>;
  timePeriodStart?: string;
  timePeriodEnd?: string;
}

/** Inputs whose meaning nobody checks here. */
const notEmulated = ["autoAdjustData", "billingViewArn", "filterExpression", "plannedLimits"];

/** What the provider and AWS take where nothing is given. */
const defaults = { namePrefix: "", timePeriodEnd: "2087-06-15_00:00" };

/** The resource types of AWS Budgets, which has nothing to add up here. */
export function budgetsResources(
  budgets: Budgets,
  account: Account,
  notify: Notify,
): ResourceTypes {
  return {
    "aws:budgets/budget:Budget": (request) => planBudget(budgets, account, notify, request),
  };
}

function planBudget(
  budgets: Budgets,
  account: Account,
  notify: Notify,
  request: ResourceRequest,
): PlannedResource {
  refuseInputs(request, notEmulated);
  const inputs = request.inputs as unknown as BudgetInputs;
  const { accountId = account.accountId, costTypes = {}, tags = {} } = inputs;
  const name = request.physicalName();
  checkBudget({ ...inputs, name });
  const arn = `arn:${account.partition}:budgets::${accountId}:budget/${name}`;
  const { timePeriodEnd = defaults.timePeriodEnd } = inputs;
  const timePeriodStart = startOf(request, inputs);
  const put = () => {
    budgets.put({
      ...inputs,
      name,
      arn,
      costTypes: Object.fromEntries(
        Object.entries(costTypes).map(([type, counts]) => [capitalized(type), counts]),
      ),
      startsAt: parseTime(timePeriodStart),
      endsAt: parseTime(timePeriodEnd),
      updatedAt: new Date(),
      tags,
    });
  };
  return {
    id: `${accountId}:${name}`,
    outputs: {
      ...defaults,
      ...request.inputs,
      name,
      accountId,
      arn,
      tagsAll: tags,
      timePeriodStart,
    },
    create: () => {
      notify(`budget ${name} is recorded, and never mails: a local run costs nothing`);
      put();
    },
    update: put,
    restore: put,
    remove: () => {
      budgets.delete(name);
    },
  };
}

/** As given, or that of the period in which the budget was made. */
function startOf({ existing }: ResourceRequest, inputs: BudgetInputs): string {
  const known = (existing?.outputs ?? {}) as Pick<BudgetInputs, "timePeriodStart">;
  return (
    inputs.timePeriodStart ??
    known.timePeriodStart ??
    formatTime(startOfPeriod(inputs.timeUnit, new Date()))
  );
}
