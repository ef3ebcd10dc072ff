import { Acm } from "./aws/acm/acm";
import { Budgets } from "./aws/budgets/budgets";
import { LogDeliveries } from "./aws/log-deliveries/log-deliveries";
import type { Notify } from "./aws/notice";
import { Route53 } from "./aws/route53/route53";
import type { Account } from "./aws/types";
import { Waf } from "./aws/waf/waf";
import { acmResources } from "./provider/acm";
import { budgetsResources } from "./provider/budgets";
import { logDeliveryResources } from "./provider/log-deliveries";
import type { ResourceTypes } from "./provider/resource";
import { route53Resources } from "./provider/route53";
import { wafv2Resources } from "./provider/wafv2";

/** What services look things up in, and APIs show: there is nothing to start. */
export interface Registries {
  acm: Acm;
  budgets: Budgets;
  logDeliveries: LogDeliveries;
  route53: Route53;
  waf: Waf;
}

export function makeRegistries(notify: Notify): Registries {
  return {
    acm: new Acm(),
    budgets: new Budgets(),
    logDeliveries: new LogDeliveries(notify),
    route53: new Route53(),
    waf: new Waf({ notify, clock: () => new Date() }),
  };
}

/** The resource types of what is in them. */
export function registryResources(
  { acm, budgets, logDeliveries, route53, waf }: Registries,
  account: Account,
  notify: Notify,
): ResourceTypes {
  return {
    ...acmResources(acm, account),
    ...budgetsResources(budgets, account, notify),
    ...logDeliveryResources(logDeliveries, account),
    ...route53Resources(route53),
    ...wafv2Resources(waf, account),
  };
}
