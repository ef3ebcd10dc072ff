import assert from "node:assert/strict";
import { checkByProviderRules } from "../../../provider/rules";

const arn = (index: number) => `arn:aws:sns:eu-west-1:123456789012:topic-${index}`;

/** Inputs that the provider takes, by type, of which each test spoils some. */
const accepted: Record<string, Record<string, unknown>> = {
  "aws:lambda/function:Function": {
    code: {},
    handler: "index.handler",
    runtime: "nodejs24.x",
    role: "arn:aws:iam::123456789012:role/worker",
  },
  "aws:lambda/permission:Permission": {
    action: "lambda:InvokeFunction",
    function: "resize",
    principal: "s3.amazonaws.com",
  },
  "aws:dynamodb/table:Table": {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
  },
  "aws:kms/key:Key": {},
  "aws:cloudwatch/logGroup:LogGroup": {},
  "aws:cloudwatch/eventRule:EventRule": { scheduleExpression: "rate(1 hour)" },
  "aws:cloudwatch/eventTarget:EventTarget": { rule: "hourly", arn: arn(1) },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    metricName: "Errors",
    namespace: "AWS/Lambda",
    statistic: "Sum",
    threshold: 0,
    period: 60,
  },
  "aws:s3/bucket:Bucket": {},
  "aws:s3/bucketVersioning:BucketVersioning": {
    bucket: "images",
    versioningConfiguration: { status: "Enabled" },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    bucket: "images",
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    bucket: "images",
    rule: { objectOwnership: "BucketOwnerEnforced" },
  },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    bucket: "images",
    rule: { defaultRetention: { mode: "GOVERNANCE", days: 1 } },
  },
  "aws:s3/bucketObject:BucketObject": { bucket: "images", content: "text" },
  "aws:iam/role:Role": { assumeRolePolicy: "{}" },
  "aws:iam/rolePolicy:RolePolicy": { role: "worker", policy: "{}" },
  "aws:apigateway/restApi:RestApi": { body: "{}" },
  "aws:apigateway/account:Account": {},
  "aws:cloudfront/distribution:Distribution": {
    enabled: true,
    origins: [{ originId: "results", domainName: "results.s3.eu-west-1.amazonaws.com" }],
    defaultCacheBehavior: {
      targetOriginId: "results",
      viewerProtocolPolicy: "https-only",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  },
  "aws:cloudfront/originAccessControl:OriginAccessControl": {
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    customHeadersConfig: { items: [{ header: "x", value: "y", override: true }] },
  },
  "aws:cloudfront/function:Function": { runtime: "cloudfront-js-2.0", code: "code" },
  "aws:cloudfront/publicKey:PublicKey": { encodedKey: "key" },
  "aws:cloudfront/keyGroup:KeyGroup": { items: ["K1"] },
  "aws:lambda/functionUrl:FunctionUrl": { functionName: "resize", authorizationType: "AWS_IAM" },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    bucket: "images",
    timeouts: { create: "1h30m", update: "90s" },
  },
  "aws:sns/topic:Topic": {},
  "aws:sns/topicSubscription:TopicSubscription": {
    topic: arn(1),
    protocol: "email",
    endpoint: "ops@example.org",
  },
  "aws:sqs/queue:Queue": {},
  "aws:ssm/parameter:Parameter": { type: "SecureString", value: "secret" },
  "random:index/randomInteger:RandomInteger": { min: 1, max: 6 },
  "random:index/randomPassword:RandomPassword": { length: 16 },
  "tls:index/privateKey:PrivateKey": { algorithm: "RSA" },
};

const x = (count: number) => "x".repeat(count);
const cut = (count: number) => `${x(40)}… (${count} characters)`;
const storageUnits =
  '"Bytes" "Kilobytes" "Megabytes" "Gigabytes" "Terabytes" "Bits" "Kilobits" "Megabits" "Gigabits" "Terabits"';

/** Type, what is spoilt, and what is said of it. */
const refused: [string, Record<string, unknown>, ...string[]][] = [
  [
    "aws:ssm/parameter:Parameter",
    { type: "Secret", tier: "standard" },
    'expected tier to be one of ["Standard" "Advanced" "Intelligent-Tiering"], got standard',
    'expected type to be one of ["String" "StringList" "SecureString"], got Secret',
  ],
  [
    "aws:ssm/parameter:Parameter",
    { value: undefined },
    'one of "value", "insecureValue", "valueWo" must be given',
  ],
  [
    "aws:ssm/parameter:Parameter",
    { value: undefined, insecureValue: "v" },
    'invalid configuration, cannot set type = SecureString and "insecureValue"',
  ],
  [
    "aws:ssm/parameter:Parameter",
    { value: undefined, valueWo: "v" },
    '"valueWo" also needs "valueWoVersion"',
  ],
  [
    "random:index/randomInteger:RandomInteger",
    { min: 7 },
    "expected min to be at most max (6), got 7",
  ],
  [
    "random:index/randomPassword:RandomPassword",
    { length: 4, minLower: 3, minUpper: 2 },
    "expected length to be at least the sum of minUpper, minLower, minNumeric, minSpecial, 5, got 4",
  ],
  [
    "random:index/randomPassword:RandomPassword",
    { upper: false, lower: false, special: false, number: false },
    "at least one of numeric, upper, lower and special must be true",
  ],
  [
    "random:index/randomPassword:RandomPassword",
    { number: true, numeric: false },
    '"number" and "numeric" are both given, with different values; give "numeric" alone',
  ],
  [
    "tls:index/privateKey:PrivateKey",
    { algorithm: "DSA", ecdsaCurve: "P-256" },
    'expected algorithm to be one of ["RSA" "ECDSA" "ED25519"], got DSA',
    'expected ecdsaCurve to be one of ["P224" "P256" "P384" "P521"], got P-256',
  ],
  [
    "aws:lambda/function:Function",
    { ephemeralStorage: { size: 100 } },
    "expected ephemeralStorage.size to be in the range (512 - 10240), got 100",
  ],
  [
    "aws:lambda/function:Function",
    { reservedConcurrentExecutions: -5 },
    "expected reservedConcurrentExecutions to be at least (-1), got -5",
  ],
  [
    "aws:lambda/function:Function",
    { tracingConfig: { mode: "Enabled" } },
    'expected tracingConfig.mode to be one of ["Active" "PassThrough"], got Enabled',
  ],
  [
    "aws:lambda/function:Function",
    { architectures: ["x64"] },
    'expected architectures[0] to be one of ["x86_64" "arm64"], got x64',
  ],
  [
    "aws:lambda/function:Function",
    { loggingConfig: { logFormat: "json" } },
    'expected loggingConfig.logFormat to be one of ["JSON" "Text"], got json',
  ],
  [
    "aws:lambda/function:Function",
    { memorySize: 64, timeout: 901, role: "worker" },
    "expected memorySize to be in the range (128 - 10240), got 64",
    '"role" (worker) is an invalid ARN: it does not begin with arn:',
    "expected timeout to be in the range (1 - 900), got 901",
  ],
  [
    "aws:lambda/function:Function",
    { handler: undefined, runtime: undefined },
    '"handler" must be given when packageType is Zip',
    '"runtime" must be given when packageType is Zip',
  ],
  [
    "aws:lambda/function:Function",
    { code: undefined },
    'one of "code", "imageUri", "s3Bucket" must be given',
  ],
  [
    "aws:lambda/function:Function",
    { code: undefined, s3Bucket: "code" },
    '"s3Bucket" also needs "s3Key"',
  ],
  [
    "aws:lambda/permission:Permission",
    { sourceArn: "bucket", sourceAccount: "12" },
    "invalid value for sourceAccount (must be an account id of 12 digits), got 12",
    '"sourceArn" (bucket) is an invalid ARN: it does not begin with arn:',
  ],
  [
    "aws:dynamodb/table:Table",
    { readCapacity: 5, writeCapacity: 6 },
    '"readCapacity" can not be given when billingMode is PAY_PER_REQUEST, got 5',
    '"writeCapacity" can not be given when billingMode is PAY_PER_REQUEST, got 6',
  ],
  [
    "aws:dynamodb/table:Table",
    { billingMode: undefined, readCapacity: 5 },
    '"writeCapacity" must be given when billingMode is PROVISIONED, and be at least 1',
  ],
  [
    "aws:dynamodb/table:Table",
    { tableClass: "INFREQUENT" },
    'expected tableClass to be one of ["STANDARD" "STANDARD_INFREQUENT_ACCESS"], got INFREQUENT',
  ],
  [
    "aws:dynamodb/table:Table",
    { serverSideEncryption: { enabled: true, kmsKeyArn: "alias/x" } },
    '"serverSideEncryption.kmsKeyArn" (alias/x) is an invalid ARN: it does not begin with arn:',
  ],
  [
    "aws:dynamodb/table:Table",
    { pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 40 } },
    "expected pointInTimeRecovery.recoveryPeriodInDays to be in the range (1 - 35), got 40",
  ],
  [
    "aws:dynamodb/table:Table",
    {
      rangeKey: "time",
      attributes: [
        { name: "id", type: "S" },
        { name: "size", type: "N" },
      ],
    },
    'all attributes must be indexed; unused attributes: ["size"]',
    'all indexes must match a defined attribute; unmatched indexes: ["time"]',
  ],
  [
    "aws:dynamodb/table:Table",
    { globalSecondaryIndexes: [{ name: "by-user", hashKey: "user", projectionType: "SOME" }] },
    'expected globalSecondaryIndexes[0].projectionType to be one of ["ALL" "KEYS_ONLY" "INCLUDE"], got SOME',
    'all indexes must match a defined attribute; unmatched indexes: ["user"]',
  ],
  [
    "aws:dynamodb/table:Table",
    { streamEnabled: true, ttl: { enabled: true } },
    '"ttl.attributeName" must be given when enabled is true',
    '"streamViewType" must be given when streamEnabled is true',
  ],
  [
    "aws:kms/key:Key",
    { deletionWindowInDays: 3 },
    "expected deletionWindowInDays to be in the range (7 - 30), got 3",
  ],
  [
    "aws:kms/key:Key",
    { rotationPeriodInDays: 30 },
    "expected rotationPeriodInDays to be in the range (90 - 2560), got 30",
    '"rotationPeriodInDays" also needs "enableKeyRotation"',
  ],
  [
    "aws:cloudwatch/logGroup:LogGroup",
    { logGroupClass: "CHEAP" },
    'expected logGroupClass to be one of ["STANDARD" "INFREQUENT_ACCESS" "DELIVERY"], got CHEAP',
  ],
  [
    "aws:cloudwatch/logGroup:LogGroup",
    { name: "a log", namePrefix: "log" },
    "invalid value for name (must have letters, digits, _, -, /, # and . only), got a log",
    '"name" conflicts with "namePrefix"',
  ],
  [
    "aws:cloudwatch/eventRule:EventRule",
    { state: "ON", description: x(513) },
    `expected length of description to be in the range (0 - 512), got ${cut(513)}`,
    'expected state to be one of ["ENABLED" "DISABLED" "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"], got ON',
  ],
  [
    "aws:cloudwatch/eventRule:EventRule",
    { scheduleExpression: undefined },
    'one of "eventPattern", "scheduleExpression" must be given',
  ],
  [
    "aws:cloudwatch/eventTarget:EventTarget",
    { input: "{", inputPath: "$.detail", retryPolicy: { maximumRetryAttempts: 186 } },
    `"input" contains an invalid JSON: ${jsonError("{")}`,
    "expected retryPolicy.maximumRetryAttempts to be in the range (0 - 185), got 186",
    '"input" conflicts with "inputPath"',
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { metricQueries: [{ id: "errors", expression: "m1 / m2" }] },
    '"metricQueries" conflicts with "metricName", "namespace", "period", "statistic"',
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { alarmActions: ["alerts"] },
    '"alarmActions[0]" (alerts) is an invalid ARN: it does not begin with arn:',
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { okActions: Array.from({ length: 6 }, (_, index) => arn(index)) },
    '"okActions" takes 5 items at most, but has 6',
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { name: x(256) },
    `expected length of name to be in the range (1 - 255), got ${cut(256)}`,
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { unit: "Milisecond" },
    'expected unit to be one of ["Seconds" "Microseconds" "Milliseconds" ' +
      `${storageUnits} "Percent" "Count" "Bytes/Second" "Kilobytes/Second" "Megabytes/Second" ` +
      '"Gigabytes/Second" "Terabytes/Second" "Bits/Second" "Kilobits/Second" "Megabits/Second" ' +
      '"Gigabits/Second" "Terabits/Second" "Count/Second" "None"], got Milisecond',
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { statistic: undefined, extendedStatistic: "p101", period: 45 },
    "invalid value for extendedStatistic (must be a percentile, a trimmed or winsorized mean, or another extended statistic, such as p99.9), got p101",
    "expected period to be one of [10 20 30], got 45, or expected period to be divisible by 60, got 45",
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { statistic: undefined, comparisonOperator: undefined },
    '"comparisonOperator" must be given when evaluationCriteria is not',
    '"statistic" or "extendedStatistic" must be given when metricName is given',
  ],
  [
    "aws:s3/bucketVersioning:BucketVersioning",
    { versioningConfiguration: { status: "On" } },
    'expected versioningConfiguration.status to be one of ["Enabled" "Suspended" "Disabled"], got On',
  ],
  [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES-256" } }] },
    'expected rules[0].applyServerSideEncryptionByDefault.sseAlgorithm to be one of ["AES256" "aws:kms" "aws:kms:dsse" "aws:fsx"], got AES-256',
  ],
  [
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    { rule: { objectOwnership: "Bucket" } },
    'expected rule.objectOwnership to be one of ["BucketOwnerPreferred" "ObjectWriter" "BucketOwnerEnforced"], got Bucket',
  ],
  [
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    { rule: { defaultRetention: { mode: "governance", days: 1, years: 1 } } },
    'expected rule.defaultRetention.mode to be one of ["GOVERNANCE" "COMPLIANCE"], got governance',
    '"rule.defaultRetention.days" conflicts with "rule.defaultRetention.years"',
  ],
  [
    "aws:s3/bucketObject:BucketObject",
    { source: {}, etag: "1", kmsKeyId: "alias/x" },
    '"kmsKeyId" (alias/x) is an invalid ARN: it does not begin with arn:',
    '"content" conflicts with "source"',
    '"etag" conflicts with "kmsKeyId"',
  ],
  [
    "aws:s3/bucket:Bucket",
    { bucket: x(64), bucketPrefix: "images", acl: "public" },
    'expected acl to be one of ["private" "public-read" "public-read-write" "authenticated-read" "aws-exec-read" "log-delivery-write"], got public',
    `expected length of bucket to be in the range (0 - 63), got ${cut(64)}`,
    '"bucket" conflicts with "bucketPrefix"',
  ],
  [
    "aws:iam/role:Role",
    { maxSessionDuration: 43_201, assumeRolePolicy: "", name: "a role" },
    '"assumeRolePolicy" is an empty string, which is not a valid JSON value',
    "expected maxSessionDuration to be in the range (3600 - 43200), got 43201",
    "invalid value for name (must have letters, digits and +=,.@_- only), got a role",
  ],
  [
    "aws:iam/rolePolicy:RolePolicy",
    { role: "arn:aws:iam::123456789012:role/worker", policy: "[]" },
    '"policy" contains an invalid JSON policy: it is no JSON object, got []',
    "invalid value for role (must be the name of a role, not its ARN), got arn:aws:iam::123456789012:role/worker",
  ],
  [
    "aws:apigateway/restApi:RestApi",
    { endpointConfiguration: { types: "REGION" } },
    'expected endpointConfiguration.types to be one of ["REGIONAL" "EDGE" "PRIVATE"], got REGION',
  ],
  [
    "aws:apigateway/restApi:RestApi",
    { minimumCompressionSize: "-5" },
    "expected minimumCompressionSize to be in the range (-1 - 10485760), got -5",
  ],
  [
    "aws:apigateway/account:Account",
    { cloudwatchRoleArn: "role" },
    "invalid value for cloudwatchRoleArn (must be an ARN), got role",
  ],
  [
    "aws:cloudfront/distribution:Distribution",
    { httpVersion: "http4", priceClass: "PriceClass_300", comment: x(129) },
    `expected length of comment to be in the range (0 - 128), got ${cut(129)}`,
    'expected httpVersion to be one of ["http1.1" "http2" "http3" "http2and3"], got http4',
    'expected priceClass to be one of ["PriceClass_100" "PriceClass_200" "PriceClass_All" "None"], got PriceClass_300',
  ],
  [
    "aws:cloudfront/distribution:Distribution",
    { restrictions: undefined, origins: [] },
    '"origins" needs 1 items at least, but has 0',
    'missing required argument "restrictions"',
  ],
  [
    "aws:cloudfront/distribution:Distribution",
    {
      originGroups: [
        { originId: "", failoverCriteria: { statusCodes: [403] }, members: [{ originId: "a" }] },
      ],
    },
    '"originGroups[0].members" needs 2 items at least, but has 1',
    "originGroups[0].originId must not be empty, got ",
  ],
  [
    "aws:cloudfront/distribution:Distribution",
    {
      orderedCacheBehaviors: [
        {
          targetOriginId: "results",
          viewerProtocolPolicy: "https",
          allowedMethods: ["GET", "HEAD"],
          cachedMethods: ["GET", "HEAD"],
          functionAssociations: [{ eventType: "viewer", functionArn: "resize" }],
        },
      ],
    },
    'expected orderedCacheBehaviors[0].functionAssociations[0].eventType to be one of ["viewer-request" "viewer-response" "origin-request" "origin-response"], got viewer',
    '"orderedCacheBehaviors[0].functionAssociations[0].functionArn" (resize) is an invalid ARN: it does not begin with arn:',
    'expected orderedCacheBehaviors[0].viewerProtocolPolicy to be one of ["allow-all" "https-only" "redirect-to-https"], got https',
    'missing required argument "orderedCacheBehaviors[0].pathPattern"',
  ],
  [
    "aws:cloudfront/distribution:Distribution",
    {
      origins: [
        {
          originId: "results",
          domainName: "results.s3.eu-west-1.amazonaws.com",
          originShield: { enabled: true, originShieldRegion: "Ireland" },
        },
      ],
    },
    "invalid value for origins[0].originShield.originShieldRegion (must be a region), got Ireland",
  ],
  [
    "aws:cloudfront/function:Function",
    { runtime: "nodejs24.x", keyValueStoreAssociations: ["store"] },
    '"keyValueStoreAssociations[0]" (store) is an invalid ARN: it does not begin with arn:',
    'expected runtime to be one of ["cloudfront-js-1.0" "cloudfront-js-2.0"], got nodejs24.x',
  ],
  [
    "aws:cloudfront/publicKey:PublicKey",
    { name: "a key", namePrefix: x(103) },
    "invalid value for name (must consist of letters, digits, underscores and hyphens), got a key",
    `expected length of namePrefix to be in the range (0 - 102), got ${cut(103)}`,
    '"name" conflicts with "namePrefix"',
  ],
  ["aws:cloudfront/keyGroup:KeyGroup", { items: undefined }, 'missing required argument "items"'],
  [
    "aws:lambda/functionUrl:FunctionUrl",
    { authorizationType: "IAM", invokeMode: "STREAM", cors: { maxAge: 86_401 } },
    'expected authorizationType to be one of ["NONE" "AWS_IAM"], got IAM',
    "expected cors.maxAge to be at most (86400), got 86401",
    'expected invokeMode to be one of ["BUFFERED" "RESPONSE_STREAM"], got STREAM',
  ],
  [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    { timeouts: { create: "5 minutes" } },
    'invalid value for timeouts.create (must be a length of time, such as "90s" or "1h30m"), got 5 minutes',
  ],
  [
    "aws:cloudfront/originAccessControl:OriginAccessControl",
    { name: x(65) },
    `expected length of name to be in the range (1 - 64), got ${cut(65)}`,
  ],
  [
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    { securityHeadersConfig: { frameOptions: { frameOption: "SAME", override: true } } },
    'expected securityHeadersConfig.frameOptions.frameOption to be one of ["DENY" "SAMEORIGIN"], got SAME',
  ],
  [
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    { securityHeadersConfig: { referrerPolicy: { referrerPolicy: "none", override: true } } },
    'expected securityHeadersConfig.referrerPolicy.referrerPolicy to be one of ["no-referrer" "no-referrer-when-downgrade" "origin" "origin-when-cross-origin" "same-origin" "strict-origin" "strict-origin-when-cross-origin" "unsafe-url"], got none',
  ],
  [
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    { customHeadersConfig: undefined },
    'one of "corsConfig", "customHeadersConfig", "removeHeadersConfig", "securityHeadersConfig", "serverTimingHeadersConfig" must be given',
  ],
  [
    "aws:sns/topic:Topic",
    { name: "orders", fifoTopic: true, signatureVersion: 3 },
    "expected signatureVersion to be in the range (1 - 2), got 3",
    "invalid value for name (must have 1 - 256 letters, digits, _ and -, and end in .fifo), got orders",
  ],
  [
    "aws:sns/topic:Topic",
    { contentBasedDeduplication: true },
    '"contentBasedDeduplication" can not be given when fifoTopic is not true, got true',
  ],
  [
    "aws:sns/topicSubscription:TopicSubscription",
    { protocol: "mail", topic: "alerts" },
    'expected protocol to be one of ["application" "email" "email-json" "firehose" "http" "https" "lambda" "sms" "sqs"], got mail',
    '"topic" (alerts) is an invalid ARN: it does not begin with arn:',
  ],
  [
    "aws:sqs/queue:Queue",
    { name: "orders.fifo", visibilityTimeoutSeconds: 43_201, delaySeconds: 901 },
    "expected delaySeconds to be in the range (0 - 900), got 901",
    "expected visibilityTimeoutSeconds to be in the range (0 - 43200), got 43201",
    "invalid value for name (must have 1 - 80 letters, digits, _ and -), got orders.fifo",
  ],
  [
    "aws:sqs/queue:Queue",
    { kmsMasterKeyId: "alias/x", sqsManagedSseEnabled: false, maxMessageSize: 1023 },
    "expected maxMessageSize to be in the range (1024 - 1048576), got 1023",
    '"kmsMasterKeyId" conflicts with "sqsManagedSseEnabled"',
  ],
];

/** What this version of Node.js says of a text that is not JSON. */
function jsonError(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch (error) {
    return (error as Error).message;
  }
}

describe("The provider's refusals", () => {
  for (const [type, inputs] of Object.entries(accepted)) {
    it(`do not concern ${type} as it ordinarily is`, () => {
      assert.deepEqual(checkByProviderRules(type, inputs), []);
    });
  }

  for (const [type, spoilt, ...problems] of refused) {
    it(`concern ${type} with ${Object.keys(spoilt).join(", ")}`, () => {
      assert.deepEqual(checkByProviderRules(type, { ...accepted[type], ...spoilt }), problems);
    });
  }
});
