/** Of texts that are drawn; a change of any input draws anew. */
const drawnText = [
  "keepers",
  "length",
  "lower",
  "minLower",
  "minNumeric",
  "minSpecial",
  "minUpper",
  "number",
  "numeric",
  "overrideSpecial",
  "special",
  "upper",
];

/**
 * Inputs that cannot be changed while a resource exists: its provider replaces it. Each
 * input stands for all that is in it.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws the schemas' `ForceNew`
 */
const forceNew: Readonly<Record<string, readonly string[]>> = {
  "aws:acm/certificate:Certificate": [
    "certificateAuthorityArn",
    "domainName",
    "keyAlgorithm",
    "subjectAlternativeNames",
    "validationMethod",
    "validationOptions",
  ],
  "aws:acm/certificateValidation:CertificateValidation": [
    "certificateArn",
    "validationRecordFqdns",
  ],
  "aws:apigateway/apiKey:ApiKey": ["value"],
  "aws:apigateway/basePathMapping:BasePathMapping": ["domainName", "domainNameId"],
  "aws:apigateway/deployment:Deployment": ["restApi", "triggers", "variables"],
  "aws:apigateway/domainName:DomainName": ["domainName"],
  "aws:apigateway/methodSettings:MethodSettings": ["restApi", "stageName", "methodPath"],
  "aws:apigateway/stage:Stage": ["restApi", "stageName"],
  "aws:apigateway/usagePlanKey:UsagePlanKey": ["keyId", "keyType", "usagePlanId"],
  "aws:budgets/budget:Budget": ["name", "namePrefix", "accountId"],
  "aws:cloudfront/distribution:Distribution": ["staging"],
  "aws:cloudfront/function:Function": ["name"],
  "aws:cloudfront/publicKey:PublicKey": ["encodedKey", "name", "namePrefix"],
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": ["alarmName", "actionsEnabled"],
  "aws:cloudwatch/eventBus:EventBus": ["name", "eventSourceName"],
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": ["eventBusName"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/eventRule:EventRule": ["name", "namePrefix", "eventBusName"],
  "aws:cloudwatch/eventTarget:EventTarget": ["rule", "targetId", "eventBusName"],
  "aws:cloudwatch/logDelivery:LogDelivery": ["deliveryDestinationArn", "deliverySourceName"],
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": [
    "deliveryDestinationType",
    "name",
    "outputFormat",
  ],
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": ["logType", "name", "resourceArn"],
  "aws:cloudwatch/logGroup:LogGroup": ["name", "namePrefix", "logGroupClass"],
  "aws:cloudwatch/logStream:LogStream": ["name", "logGroupName"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
  "aws:codedeploy/application:Application": ["computePlatform"],
  "aws:dynamodb/table:Table": [
    "name",
    "hashKey",
    "rangeKey",
    "localSecondaryIndexes",
    "importTable",
    "restoreBackupArn",
    "restoreSourceName",
    "restoreSourceTableArn",
    "restoreDateTime",
    "restoreToLatestTime",
  ],
  // Prefixes alone could be changed.
  "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan": ["protectedResource"],
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": ["url"],
  "aws:iam/policy:Policy": ["name", "namePrefix", "path", "description"],
  "aws:iam/role:Role": ["name", "namePrefix", "path"],
  "aws:iam/rolePolicy:RolePolicy": ["name", "namePrefix", "role"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role", "policyArn"],
  "aws:kms/alias:Alias": ["name", "namePrefix"],
  "aws:kms/key:Key": [
    "customKeyStoreId",
    "customerMasterKeySpec",
    "keyUsage",
    "multiRegion",
    "xksKeyId",
  ],
  "aws:lambda/alias:Alias": ["functionName", "name"],
  "aws:lambda/eventSourceMapping:EventSourceMapping": [
    "eventSourceArn",
    "queues",
    "selfManagedEventSource",
    "startingPosition",
    "startingPositionTimestamp",
    "topics",
  ],
  "aws:lambda/function:Function": ["name", "packageType", "tenancyConfig"],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ["functionName", "qualifier"],
  "aws:lambda/functionUrl:FunctionUrl": ["functionName", "qualifier"],
  "aws:lambda/permission:Permission": [
    "action",
    "eventSourceToken",
    "function",
    "functionUrlAuthType",
    "invokedViaFunctionUrl",
    "principal",
    "principalOrgId",
    "qualifier",
    "sourceAccount",
    "sourceArn",
    "statementId",
    "statementIdPrefix",
  ],
  "aws:route53/record:Record": ["name", "setIdentifier", "type", "zoneId"],
  "aws:route53/zone:Zone": ["delegationSetId", "name"],
  "aws:s3/bucket:Bucket": ["bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled"],
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": ["bucket", "expectedBucketOwner"],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
    "bucket",
    "expectedBucketOwner",
  ],
  "aws:s3/bucketNotification:BucketNotification": ["bucket"],
  "aws:s3/bucketObject:BucketObject": ["bucket", "key"],
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": [
    "bucket",
    "expectedBucketOwner",
    "objectLockEnabled",
  ],
  "aws:s3/bucketObjectv2:BucketObjectv2": ["bucket", "key"],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["bucket"],
  "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["bucket"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    "bucket",
    "expectedBucketOwner",
  ],
  "aws:s3/bucketVersioning:BucketVersioning": ["bucket", "expectedBucketOwner"],
  "aws:sns/topic:Topic": ["name", "namePrefix", "fifoTopic"],
  "aws:sns/topicPolicy:TopicPolicy": ["arn"],
  "aws:sns/topicSubscription:TopicSubscription": ["topic", "protocol", "endpoint"],
  "aws:sqs/queue:Queue": ["name", "namePrefix", "fifoQueue"],
  "aws:sqs/queuePolicy:QueuePolicy": ["queueUrl"],
  "aws:ssm/parameter:Parameter": ["name", "dataType"],
  "aws:wafv2/webAcl:WebAcl": ["name", "namePrefix", "scope"],
  "aws:wafv2/webAclAssociation:WebAclAssociation": ["resourceArn", "webAclArn"],
  "random:index/randomBytes:RandomBytes": ["keepers", "length"],
  "random:index/randomId:RandomId": ["byteLength", "keepers", "prefix"],
  "random:index/randomInteger:RandomInteger": ["keepers", "max", "min", "seed"],
  "random:index/randomPassword:RandomPassword": drawnText,
  "random:index/randomPet:RandomPet": ["keepers", "length", "prefix", "separator"],
  "random:index/randomShuffle:RandomShuffle": ["inputs", "keepers", "resultCount", "seed"],
  "random:index/randomString:RandomString": drawnText,
  "random:index/randomUuid:RandomUuid": ["keepers"],
  "random:index/randomUuid4:RandomUuid4": ["keepers"],
  "random:index/randomUuid7:RandomUuid7": ["keepers"],
  "tls:index/privateKey:PrivateKey": ["algorithm", "ecdsaCurve", "rsaBits"],
};

/** Resources of every type live in one region for good. */
const always = ["region"];

const drawnTextDefaults = {
  ...{ lower: true, number: true, numeric: true, special: true, upper: true },
  ...{ minLower: 0, minNumeric: 0, minSpecial: 0, minUpper: 0 },
};

/** What is taken for such an input that is not given, if that is not `false` or an empty text. */
const defaults: Readonly<Record<string, Readonly<Record<string, boolean | number | string>>>> = {
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": { eventBusName: "default" },
  "aws:cloudwatch/eventRule:EventRule": { eventBusName: "default" },
  "aws:cloudwatch/eventTarget:EventTarget": { eventBusName: "default" },
  "aws:cloudwatch/logGroup:LogGroup": { logGroupClass: "STANDARD" },
  "aws:codedeploy/application:Application": { computePlatform: "Server" },
  "aws:iam/policy:Policy": { path: "/" },
  "aws:iam/role:Role": { path: "/" },
  "aws:kms/key:Key": { customerMasterKeySpec: "SYMMETRIC_DEFAULT", keyUsage: "ENCRYPT_DECRYPT" },
  "aws:lambda/function:Function": { packageType: "Zip" },
  "aws:s3/bucket:Bucket": { bucketNamespace: "global" },
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
    objectLockEnabled: "Enabled",
  },
  "aws:ssm/parameter:Parameter": { dataType: "text" },
  "random:index/randomPassword:RandomPassword": drawnTextDefaults,
  "random:index/randomPet:RandomPet": { length: 2, separator: "-" },
  "random:index/randomString:RandomString": drawnTextDefaults,
  "tls:index/privateKey:PrivateKey": { ecdsaCurve: "P224", rsaBits: 2048 },
};

/**
 * Types of which two resources can be the same thing: were the old one deleted last, the new one
 * would be gone, too.
 *
 * @see https://github.com/pulumi/pulumi-aws/blob/master/provider/resources.go `DeleteBeforeReplace`
 */
const deletedFirst: ReadonlySet<string> = new Set([
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
]);

/** Whether a change of this input replaces a resource of this type. */
export function replaces(type: string, input: string): boolean {
  return always.includes(input) || (forceNew[type]?.includes(input) ?? false);
}

/** Whether an input that replaces says what is taken where nothing is said, or says nothing. */
export function isDefault(type: string, input: string, value: unknown): boolean {
  const given = value ?? "";
  return given === "" || given === (defaults[type]?.[input] ?? false);
}

/** Whether the old resource always goes before the one that replaces it comes. */
export function isDeletedFirst(type: string): boolean {
  return deletedFirst.has(type);
}
