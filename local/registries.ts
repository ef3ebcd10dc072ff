import { Acm } from "./aws/acm/acm";
import { LogDeliveries } from "./aws/log-deliveries/log-deliveries";
import type { Notify } from "./aws/notice";
import { Route53 } from "./aws/route53/route53";
import type { Account } from "./aws/types";
import { Waf } from "./aws/waf/waf";
import { acmResources } from "./provider/acm";
import { logDeliveryResources } from "./provider/log-deliveries";
import type { ResourceTypes } from "./provider/resource";
import { route53Resources } from "./provider/route53";
import { wafv2Resources } from "./provider/wafv2";

/** What services look things up in, and nobody from outside: there is nothing to start. */
export interface Registries {
  acm: Acm;
  logDeliveries: LogDeliveries;
  route53: Route53;
  waf: Waf;
}

export function makeRegistries(notify: Notify): Registries {
  return {
    acm: new Acm(),
    logDeliveries: new LogDeliveries(notify),
    route53: new Route53(),
    waf: new Waf({ notify, clock: () => new Date() }),
  };
}

/** The resource types of what is in them. */
export function registryResources(
  { acm, logDeliveries, route53, waf }: Registries,
  account: Account,
): ResourceTypes {
  return {
    ...acmResources(acm, account),
    ...logDeliveryResources(logDeliveries, account),
    ...route53Resources(route53),
    ...wafv2Resources(waf, account),
  };
}
