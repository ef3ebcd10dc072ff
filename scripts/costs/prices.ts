import type { Price } from "./price";
import { watchingPrices } from "./watching-prices";

const lambda = "https://aws.amazon.com/lambda/pricing/";
const s3 = "https://aws.amazon.com/s3/pricing/";
const dynamoDb = "https://aws.amazon.com/dynamodb/pricing/on-demand/";
const dynamoDbProvisioned = "https://aws.amazon.com/dynamodb/pricing/provisioned/";
const guardDuty = "https://aws.amazon.com/guardduty/pricing/";
const cloudFront = "https://aws.amazon.com/cloudfront/pricing/";
const waf = "https://aws.amazon.com/waf/pricing/";

/** When the prices were looked up. */
export const pricesAsOf = "November 2026";

/** List prices, of the first tier of each; CloudFront's for viewers in North America and Europe. */
export const prices = {
  apiRequests: {
    what: "API Gateway, REST",
    dollars: 3.5,
    per: 1_000_000,
    unit: "requests",
    source: "https://aws.amazon.com/api-gateway/pricing/",
    isRead: false,
  },
  lambdaRequests: {
    what: "Lambda, requests",
    dollars: 0.2,
    per: 1_000_000,
    unit: "requests",
    source: lambda,
    isRead: false,
    free: "1,000,000",
  },
  lambdaTime: {
    what: "Lambda, arm64",
    dollars: 0.0000133334,
    per: 1,
    unit: "GB-s",
    source: lambda,
    isRead: false,
    free: "400,000 GB-s",
  },
  lambdaTimeX86: {
    what: "Lambda, x86",
    dollars: 0.0000166667,
    per: 1,
    unit: "GB-s",
    source: lambda,
    isRead: false,
    free: "400,000 GB-s",
  },
  s3Put: {
    what: "S3, PUT and LIST",
    dollars: 0.005,
    per: 1000,
    unit: "requests",
    source: s3,
    isRead: false,
  },
  s3Get: {
    what: "S3, GET",
    dollars: 0.0004,
    per: 1000,
    unit: "requests",
    source: s3,
    isRead: false,
  },
  s3Storage: {
    what: "S3, Standard",
    dollars: 0.023,
    per: 1,
    unit: "GB-months",
    source: s3,
    isRead: false,
  },
  s3Data: {
    what: "S3, to the internet",
    dollars: 0.09,
    per: 1,
    unit: "GB",
    source: s3,
    isRead: false,
    free: "100 GB",
  },
  tableReads: {
    what: "DynamoDB, reads on demand",
    dollars: 0.125,
    per: 1_000_000,
    unit: "units",
    source: dynamoDb,
    isRead: false,
  },
  tableWrites: {
    what: "DynamoDB, writes on demand",
    dollars: 0.625,
    per: 1_000_000,
    unit: "units",
    source: dynamoDb,
    isRead: false,
  },
  provisionedReads: {
    what: "DynamoDB, provisioned reads",
    dollars: 0.00013,
    per: 1,
    unit: "unit-hours",
    source: dynamoDbProvisioned,
    isRead: false,
    free: "25 units",
  },
  provisionedWrites: {
    what: "DynamoDB, provisioned writes",
    dollars: 0.00065,
    per: 1,
    unit: "unit-hours",
    source: dynamoDbProvisioned,
    isRead: false,
    free: "25 units",
  },
  keys: {
    what: "KMS, key of one's own",
    dollars: 1,
    per: 1,
    unit: "key-months",
    source: "https://aws.amazon.com/kms/pricing/",
    isRead: true,
  },
  viewerRequests: {
    what: "CloudFront, HTTPS",
    dollars: 0.01,
    per: 10_000,
    unit: "requests",
    source: cloudFront,
    isRead: false,
    free: "10,000,000",
  },
  viewerData: {
    what: "CloudFront, to viewers",
    dollars: 0.085,
    per: 1,
    unit: "GB",
    source: cloudFront,
    isRead: true,
    free: "1 TB",
  },
  edgeFunctions: {
    what: "CloudFront Functions",
    dollars: 0.1,
    per: 1_000_000,
    unit: "runs",
    source: cloudFront,
    isRead: false,
    free: "2,000,000",
  },
  invalidations: {
    what: "CloudFront, invalidations",
    dollars: 0.005,
    per: 1,
    unit: "paths",
    source: cloudFront,
    isRead: true,
    free: "1,000",
  },
  webAcls: {
    what: "WAF, web ACL",
    dollars: 5,
    per: 1,
    unit: "ACL-months",
    source: waf,
    isRead: false,
  },
  webAclRules: {
    what: "WAF, rule or group of AWS's",
    dollars: 1,
    per: 1,
    unit: "rule-months",
    source: waf,
    isRead: false,
  },
  inspectedRequests: {
    what: "WAF, requests",
    dollars: 0.6,
    per: 1_000_000,
    unit: "requests",
    source: waf,
    isRead: false,
  },
  hostedZones: {
    what: "Route 53, hosted zone",
    dollars: 0.5,
    per: 1,
    unit: "zone-months",
    source: "https://aws.amazon.com/route53/pricing/",
    isRead: false,
  },
  scannedObjects: {
    what: "GuardDuty, objects scanned for malware",
    dollars: 0.215,
    per: 1000,
    unit: "objects",
    source: guardDuty,
    isRead: false,
  },
  scannedData: {
    what: "GuardDuty, bytes scanned for malware",
    dollars: 0.09,
    per: 1,
    unit: "GB",
    source: guardDuty,
    isRead: false,
  },
  ...watchingPrices,
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;
