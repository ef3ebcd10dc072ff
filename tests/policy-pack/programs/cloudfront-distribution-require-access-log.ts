import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";
import { distribution } from "../support/well-built";

const type = "aws:cloudfront/distribution:Distribution";
const images = resource(type, "images", distribution);
const pages = resource(type, "pages", distribution);
const source = resource("aws:cloudwatch/logDeliverySource:LogDeliverySource", "source", {
  logType: "ACCESS_LOGS",
  resourceArn: ref(images, "arn"),
});
const delivery = resource("aws:cloudwatch/logDelivery:LogDelivery", "delivery", {
  deliverySourceName: ref(source, "name"),
  deliveryDestinationArn: "arn:aws:logs:us-east-1:123456789012:delivery-destination:logs",
});
const settings = { required: true };
const missing = (name: string) => [`aws.cloudfront.Distribution "${name}" has no access log`];

export const programs: RuleProgram[] = [
  { title: "has none, and nobody asks", resources: [images] },
  { title: "has none", resources: [images], settings, violations: missing("images") },
  { title: "delivers it", resources: [images, source, delivery], settings },
  {
    title: "has a source of which nothing is delivered",
    resources: [images, source],
    settings,
    violations: missing("images"),
  },
  {
    title: "has it by a block of its own",
    resources: [
      resource(type, "images", {
        ...distribution,
        loggingConfig: { bucket: "logs.s3.amazonaws.com" },
      }),
    ],
    settings,
  },
  {
    title: "has it for one of two",
    resources: [images, pages, source, delivery],
    violations: missing("pages"),
  },
];
