import { canonicalUserId } from "../aws/s3/owner";
import type { Account } from "../aws/types";
import type { Properties } from "./resource";

type FilledIn = (account: Account) => Properties;

/**
 * What AWS or the provider fills in where a program says nothing, by type, as far as it is the same for
 * every resource of the type: it shows in outputs, and may not be mistaken for what is declared.
 */
const filledIn: Readonly<Record<string, FilledIn>> = {
  "aws:apigateway/methodSettings:MethodSettings": () => ({
    settings: {
      cacheDataEncrypted: false,
      cacheTtlInSeconds: 300,
      cachingEnabled: false,
      dataTraceEnabled: false,
      loggingLevel: "",
      metricsEnabled: false,
      requireAuthorizationForCacheControl: true,
      throttlingBurstLimit: -1,
      throttlingRateLimit: -1,
      unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
    },
  }),
  "aws:apigateway/restApi:RestApi": () => ({
    endpointConfiguration: { ipAddressType: "ipv4" },
  }),
  "aws:apigateway/stage:Stage": () => ({ xrayTracingEnabled: false }),
  "aws:cloudfront/distribution:Distribution": () => ({
    comment: "",
    defaultCacheBehavior: {
      compress: false,
      defaultTtl: 0,
      grpcConfig: { enabled: false },
      maxTtl: 0,
      minTtl: 0,
      smoothStreaming: false,
    },
    isIpv6Enabled: false,
    loggingV1Enabled: false,
    staging: false,
    viewerCertificate: { minimumProtocolVersion: "TLSv1" },
    webAclId: "",
  }),
  "aws:cloudwatch/eventRule:EventRule": () => ({ namePrefix: "" }),
  "aws:cloudwatch/logGroup:LogGroup": () => ({
    namePrefix: "",
    retentionInDays: 0,
    skipDestroy: false,
  }),
  "aws:dynamodb/table:Table": () => ({ streamEnabled: false }),
  "aws:iam/policy:Policy": () => ({ description: "" }),
  "aws:iam/role:Role": () => ({ description: "", permissionsBoundary: "" }),
  "aws:kms/alias:Alias": () => ({ namePrefix: "" }),
  "aws:kms/key:Key": () => ({ bypassPolicyLockoutSafetyCheck: false }),
  "aws:lambda/function:Function": () => ({
    loggingConfig: { applicationLogLevel: "", systemLogLevel: "" },
    publish: false,
    skipDestroy: false,
  }),
  "aws:lambda/permission:Permission": () => ({ statementIdPrefix: "" }),
  "aws:s3/bucket:Bucket": (account) => ({
    accelerationStatus: "",
    bucketNamespace: "global",
    bucketPrefix: "",
    corsRules: [],
    grants: [
      {
        id: canonicalUserId(account),
        permissions: ["FULL_CONTROL"],
        type: "CanonicalUser",
        uri: "",
      },
    ],
    lifecycleRules: [],
    policy: "",
    serverSideEncryptionConfiguration: {
      rule: {
        applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" },
        bucketKeyEnabled: false,
      },
    },
    versioning: { enabled: false, mfaDelete: false },
  }),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": () => ({
    expectedBucketOwner: "",
    transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
  }),
  "aws:s3/bucketNotification:BucketNotification": () => ({ eventbridge: false }),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": () => ({
    objectLockEnabled: "Enabled",
  }),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": () => ({
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  }),
  "aws:sns/topic:Topic": () => ({
    contentBasedDeduplication: false,
    displayName: "",
    fifoTopic: false,
    namePrefix: "",
  }),
};

/** The outputs of a resource with what AWS and the provider fill in. */
export function withFilledIn(account: Account, type: string, outputs: Properties): Properties {
  return merged(filledIn[type]?.(account) ?? {}, outputs);
}

function merged(defaults: Properties, given: Properties): Properties {
  const entries = Object.entries(given).map(([name, value]) => {
    const byDefault = defaults[name];
    return [name, isBlock(byDefault) && isBlock(value) ? merged(byDefault, value) : value] as const;
  });
  return { ...defaults, ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)) };
}

function isBlock(value: unknown): value is Properties {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
