import { ref, resource, text } from "../support/program";
import type { RuleProgram } from "../support/six-ways";
import { distribution } from "../support/well-built";

const bucket = resource("aws:s3/bucket:Bucket", "renditions");
const url = resource("aws:lambda/functionUrl:FunctionUrl", "renderer", {
  functionName: "renderer",
  authorizationType: "AWS_IAM",
});
const custom = distribution.origins[0]?.customOriginConfig;
const stored = { originId: "stored", domainName: ref(bucket, "bucketRegionalDomainName") };
const made = {
  originId: "made",
  domainName: text(ref(url, "urlId"), ".lambda-url.us-east-1.on.aws"),
  customOriginConfig: custom,
};
const originGroups = [
  {
    originId: "images",
    failoverCriteria: { statusCodes: [403] },
    members: [{ originId: "stored" }, { originId: "made" }],
  },
];
const cdn = resource("aws:cloudfront/distribution:Distribution", "cdn", {
  ...distribution,
  origins: [stored, made],
  originGroups,
});
const violations = ['aws.s3.Bucket "renditions" keeps for ever what a function can make again'];

function lifecycle(rule: object) {
  return resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "lifecycle", {
    bucket: ref(bucket),
    rules: [{ id: "expire", filter: { prefix: "" }, ...rule }],
  });
}

export const programs: RuleProgram[] = [
  { title: "says nothing", resources: [bucket, url, cdn], violations },
  {
    title: "expires them",
    resources: [bucket, url, cdn, lifecycle({ status: "Enabled", expiration: { days: 90 } })],
  },
  {
    title: "has the rule switched off",
    resources: [bucket, url, cdn, lifecycle({ status: "Disabled", expiration: { days: 90 } })],
    violations,
  },
  {
    title: "removes delete markers alone",
    resources: [
      bucket,
      url,
      cdn,
      lifecycle({ status: "Enabled", expiration: { expiredObjectDeleteMarker: true } }),
    ],
    violations,
  },
  {
    title: "makes nothing again",
    resources: [
      bucket,
      resource("aws:cloudfront/distribution:Distribution", "cdn", {
        ...distribution,
        origins: [stored],
      }),
    ],
  },
];
