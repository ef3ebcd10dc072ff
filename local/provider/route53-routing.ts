import type { RecordSet } from "../aws/route53/record-set";

interface RoutingInputs {
  cidrRoutingPolicy?: { collectionId: string; locationName: string };
  failoverRoutingPolicies?: { type: string }[];
  geolocationRoutingPolicies?: { continent?: string; country?: string; subdivision?: string }[];
  healthCheckId?: string;
  latencyRoutingPolicies?: { region: string }[];
  multivalueAnswerRoutingPolicy?: boolean;
  weightedRoutingPolicies?: { weight: number }[];
}

/** By what one of several records is chosen, as the API has it; by distance, it is not told. */
export function routingOf(inputs: RoutingInputs): RecordSet["routing"] {
  const [weighted] = inputs.weightedRoutingPolicies ?? [];
  const [latency] = inputs.latencyRoutingPolicies ?? [];
  const [failover] = inputs.failoverRoutingPolicies ?? [];
  const [place] = inputs.geolocationRoutingPolicies ?? [];
  const { cidrRoutingPolicy: cidr, multivalueAnswerRoutingPolicy, healthCheckId } = inputs;
  return {
    ...(weighted && { Weight: weighted.weight }),
    ...(latency && { Region: latency.region }),
    ...(place && {
      GeoLocation: {
        ...(place.continent !== undefined && { ContinentCode: place.continent }),
        ...(place.country !== undefined && { CountryCode: place.country }),
        ...(place.subdivision !== undefined && { SubdivisionCode: place.subdivision }),
      },
    }),
    ...(failover && { Failover: failover.type }),
    ...(multivalueAnswerRoutingPolicy !== undefined && {
      MultiValueAnswer: multivalueAnswerRoutingPolicy,
    }),
    ...(healthCheckId !== undefined && { HealthCheckId: healthCheckId }),
    ...(cidr && {
      CidrRoutingConfig: { CollectionId: cidr.collectionId, LocationName: cidr.locationName },
    }),
  };
}
