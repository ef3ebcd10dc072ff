import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { restApi } from "../api/rest-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import { routes } from "./operations";
import type { Route53 } from "./route53";

const refusals: Refusals = {
  error: () => new AwsError("ServiceUnavailable", "Service is unavailable.", 503),
  throttle: () => new AwsError("Throttling", "Rate exceeded"),
};

/** What shows zones and their records. https://docs.aws.amazon.com/Route53/latest/APIReference/ */
export function route53Api(access: ApiAccess, route53: Route53): RequestListener {
  const { account, authorizer } = access;
  return restApi({
    ...access,
    title: "Route 53",
    service: "route53",
    routes,
    xml: {
      namespace: "https://route53.amazonaws.com/doc/2013-04-01/",
      flattened: {
        HostedZone: { item: "HostedZone" },
        NameServer: { item: "NameServer" },
        ResourceRecord: { item: "ResourceRecord" },
        ResourceRecordSet: { item: "ResourceRecordSet" },
        ResourceTagSet: { item: "ResourceTagSet" },
        Tag: { item: "Tag" },
      },
    },
    unsigned: { code: "MissingAuthenticationToken", statusCode: 403 },
    refusals,
    faultPoint: faultPoint("route53", access, refusals),
    contextOf: (principal) => ({
      account,
      route53,
      caller: callerOf(principal, authorizer, { code: "AccessDenied", statusCode: 403 }),
    }),
  });
}
