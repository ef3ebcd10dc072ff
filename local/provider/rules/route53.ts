import {
  anything,
  block,
  conflicts,
  custom,
  exactlyOneOf,
  flag,
  integer,
  length,
  list,
  map,
  nonEmpty,
  oneOf,
  required,
  requires,
  text,
  typeRules,
} from "./rule";
import type { Given, RulesByType } from "./rule";

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
const recordTypes = [
  ...["SOA", "A", "TXT", "NS", "CNAME", "MX", "NAPTR", "PTR", "SRV", "SPF", "AAAA", "CAA", "DS"],
  ...["TLSA", "SSHFP", "SVCB", "HTTPS"],
];

/** Of which a record can have one. */
const routingPolicies = [
  "cidrRoutingPolicy",
  "failoverRoutingPolicies",
  "geolocationRoutingPolicies",
  "geoproximityRoutingPolicy",
  "latencyRoutingPolicies",
  "multivalueAnswerRoutingPolicy",
  "weightedRoutingPolicies",
];

/** What the provider accepts of Route 53. */
export const route53Rules: RulesByType = {
  "aws:route53/record:Record": typeRules(
    {
      aliases: list(
        block({
          evaluateTargetHealth: required(flag()),
          name: required(text(length(1, 1024))),
          zoneId: required(text(length(1, 32))),
        }),
        { max: 1 },
      ),
      allowOverwrite: flag(),
      cidrRoutingPolicy: anything(),
      failoverRoutingPolicies: anything(),
      geolocationRoutingPolicies: anything(),
      geoproximityRoutingPolicy: anything(),
      healthCheckId: text(),
      latencyRoutingPolicies: anything(),
      multivalueAnswerRoutingPolicy: flag(),
      name: required(text()),
      records: list(text()),
      setIdentifier: text(),
      ttl: integer(),
      type: required(text(oneOf(...recordTypes))),
      weightedRoutingPolicies: anything(),
      zoneId: required(text(nonEmpty())),
    },
    exactlyOneOf("aliases", "records"),
    conflicts("aliases", "ttl"),
    requires("records", "ttl"),
    ...routingPolicies.map((policy) => requires(policy, "setIdentifier")),
    custom(severalPolicies),
  ),
  "aws:route53/zone:Zone": typeRules(
    {
      comment: text(length(0, 256)),
      delegationSetId: text(length(0, 32)),
      enableAcceleratedRecovery: flag(),
      forceDestroy: flag(),
      name: required(text(length(1, 1024))),
      tags: map(),
      vpcs: anything(),
    },
    conflicts("delegationSetId", "vpcs"),
  ),
};

function severalPolicies(given: Given): string[] {
  const present = routingPolicies.filter((policy) => given[policy] !== undefined);
  return present.length > 1 ? [`only one of ${present.join(", ")} can be given`] : [];
}
