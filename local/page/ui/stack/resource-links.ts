import type { ResourceDetails } from "../../api/types";
import { hrefTo } from "../kit";

/** Where more is to be seen of a resource. */
interface Link {
  text: string;
  href: string;
}

const toAlarms = (): Link => ({ text: "State", href: hrefTo("inbox", ["alarms"]) });

/** Views of the page, by type of resource; what is behind a URL is a link of the resource's own. */
const views: Readonly<Record<string, (id: string) => Link>> = {
  "aws:s3/bucket:Bucket": (id) => ({ text: "Objects", href: hrefTo("data", ["buckets", id]) }),
  "aws:dynamodb/table:Table": (id) => ({ text: "Items", href: hrefTo("data", ["tables", id]) }),
  "aws:sqs/queue:Queue": (id) => ({
    text: "Messages",
    href: hrefTo("inbox", ["queues", id.slice(id.lastIndexOf("/") + 1)]),
  }),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": toAlarms,
  "aws:cloudwatch/metricAlarm:MetricAlarm": toAlarms,
  "aws:iam/role:Role": (id) => ({
    text: "Grants",
    href: hrefTo("stack", ["permissions"], { role: id }),
  }),
  "aws:sns/topic:Topic": () => ({ text: "Mails", href: hrefTo("inbox", ["mails"]) }),
};

/** Outputs that are addresses which a browser may open. */
const addresses = ["invokeUrl", "functionUrl", "websiteEndpoint"] as const;

/** Where more is to be seen of a resource: views of the page, and what it serves itself. */
export function linksOf({ type, id, outputs }: ResourceDetails): Link[] {
  const view = id === undefined ? undefined : views[type]?.(id);
  const served = addresses.flatMap((name) => {
    const url = outputs[name];
    return typeof url === "string" && /^https?:/.test(url) ? [{ text: url, href: url }] : [];
  });
  return [...(view ? [view] : []), ...served];
}
