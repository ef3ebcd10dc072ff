import { firewallRules } from "../../components/edge/firewall-rules";
import { dollars, linesTable } from "./markdown";
import { prices } from "./prices";
import { costOf, daysPerMonth, gigabytes, type Line, million, sumOf } from "./usage";

/** Assumed: what CloudFront delivers of a request, compressed. */
const accessLogBytes = 200;

/** The config's default for `cdnAccessLogDays`, in months. */
const accessLogMonths = 90 / daysPerMonth;

const scopes = ["CLOUDFRONT", "REGIONAL"] as const;

/** A month of the firewall, before anybody asks anything. */
export const firewallAtRest: readonly Line[] = [
  {
    what: "a web ACL for both CDNs, and one for the API",
    price: "webAcls",
    quantity: scopes.length,
  },
  {
    what: "the rules and groups of rules of both",
    price: "webAclRules",
    quantity: scopes.flatMap((scope) => firewallRules(scope, 10_000)).length,
  },
];

const inspecting: Line = { what: "requests", price: "inspectedRequests", quantity: million };

const accessLogs: Line = {
  what: "access logs",
  price: "s3Storage",
  quantity: gigabytes(accessLogBytes) * accessLogMonths,
};

/** What the options of docs/edge.md cost. */
export function edgeOptions(): string {
  return `## Edge options

All are [off by default](edge.md). The firewall, a month, whatever is asked:

${linesTable(firewallAtRest, "a month of it uses")}

A million requests that it looks at, those that it refuses among them, are $${dollars(costOf(inspecting))} more, to the API and to the
CDNs alike: a million views with it cost ${dollars(costOf(inspecting))} on top of what they do without. A million requests in access logs,
at ${accessLogBytes} bytes each, kept for 90 days, are $${dollars(costOf(accessLogs))}; CloudFront and CloudWatch bill nothing to deliver them to S3 as
JSON.

Certificates of ACM, names of API Gateway and CloudFront, alias records and geographic restrictions cost nothing.
The hosted zone itself, which is not this stack's, is $${prices.hostedZones.dollars.toFixed(2)} a month. So all options together are $${dollars(sumOf(firewallAtRest))}
a month at rest.`;
}
