/**
 * General purpose buckets. Directory buckets are left out: nothing in them can be public, and they
 * are always encrypted.
 */
export const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

export const tableType = "aws:dynamodb/table:Table";
/** Replicas of tables in other regions, each a resource of its own. */
export const tableReplicaType = "aws:dynamodb/tableReplica:TableReplica";
export const topicType = "aws:sns/topic:Topic";
export const queueType = "aws:sqs/queue:Queue";
export const keyType = "aws:kms/key:Key";
export const deploymentGroupType = "aws:codedeploy/deploymentGroup:DeploymentGroup";
export const budgetType = "aws:budgets/budget:Budget";
export const logGroupType = "aws:cloudwatch/logGroup:LogGroup";
export const functionType = "aws:lambda/function:Function";
export const aliasType = "aws:lambda/alias:Alias";
export const permissionType = "aws:lambda/permission:Permission";
export const distributionType = "aws:cloudfront/distribution:Distribution";
export const restApiType = "aws:apigateway/restApi:RestApi";
/** HTTP and WebSocket APIs. */
export const apiV2Type = "aws:apigatewayv2/api:Api";
export const methodType = "aws:apigateway/method:Method";
/** Routes of HTTP and WebSocket APIs. */
export const routeType = "aws:apigatewayv2/route:Route";
export const authorizerType = "aws:apigateway/authorizer:Authorizer";
/** Authorizers of HTTP and WebSocket APIs. */
export const authorizerV2Type = "aws:apigatewayv2/authorizer:Authorizer";
export const stageType = "aws:apigateway/stage:Stage";
/** Stages of HTTP and WebSocket APIs. */
export const stageV2Type = "aws:apigatewayv2/stage:Stage";
export const methodSettingsType = "aws:apigateway/methodSettings:MethodSettings";

/** Domains of OpenSearch Service, by their name of today and their former one. */
export const domainTypes = [
  "aws:opensearch/domain:Domain",
  "aws:elasticsearch/domain:Domain",
] as const;

/** What a public access block of S3 consists of. */
export const publicAccessFlags = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;
