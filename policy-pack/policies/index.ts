import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { apigatewayMethodRequireAuthorization } from "./apigateway-method-require-authorization";
import { apigatewayStageForbidBodyTracing } from "./apigateway-stage-forbid-body-tracing";
import { apigatewayStageRequireAccessLog } from "./apigateway-stage-require-access-log";
import { apigatewayStageRequireExecutionLog } from "./apigateway-stage-require-execution-log";
import { apigatewayStageRequireThrottling } from "./apigateway-stage-require-throttling";
import { apigatewayStageRequireTracing } from "./apigateway-stage-require-tracing";
import { awsResourceForbidEnvironmentSecret } from "./aws-resource-forbid-environment-secret";
import { awsResourcePolicyForbidAnyPrincipal } from "./aws-resource-policy-forbid-any-principal";
import { awsResourceRequireTags } from "./aws-resource-require-tags";
import { awsResourceRestrictRegion } from "./aws-resource-restrict-region";
import { cloudfrontDistributionRequireCompression } from "./cloudfront-distribution-require-compression";
import { cloudfrontDistributionRequireHttps } from "./cloudfront-distribution-require-https";
import { cloudfrontDistributionRequireModernTls } from "./cloudfront-distribution-require-modern-tls";
import { cloudfrontDistributionRequireOriginAccessControl } from "./cloudfront-distribution-require-origin-access-control";
import { cloudfrontDistributionRequireSecurityHeaders } from "./cloudfront-distribution-require-security-headers";
import { cloudwatchLogGroupRequireEncryption } from "./cloudwatch-log-group-require-encryption";
import { cloudwatchLogGroupRequireRetention } from "./cloudwatch-log-group-require-retention";
import { dynamodbTableRequireCapacity } from "./dynamodb-table-require-capacity";
import { dynamodbTableRequireDeletionProtection } from "./dynamodb-table-require-deletion-protection";
import { dynamodbTableRequireEncryption } from "./dynamodb-table-require-encryption";
import { dynamodbTableRequirePointInTimeRecovery } from "./dynamodb-table-require-point-in-time-recovery";
import { iamPolicyForbidWildcardAction } from "./iam-policy-forbid-wildcard-action";
import { iamPolicyForbidWildcardResource } from "./iam-policy-forbid-wildcard-resource";
import { iamRoleForbidFullAccess } from "./iam-role-forbid-full-access";
import { iamRoleForbidInlinePolicy } from "./iam-role-forbid-inline-policy";
import { iamRoleRestrictTrust } from "./iam-role-restrict-trust";
import { kmsKeyAllowAlarms } from "./kms-key-allow-alarms";
import { kmsKeyRequireRotation } from "./kms-key-require-rotation";
import { lambdaFunctionForbidEnvironmentSecret } from "./lambda-function-forbid-environment-secret";
import { lambdaFunctionLimitTimeout } from "./lambda-function-limit-timeout";
import { lambdaFunctionRequireFailureDestination } from "./lambda-function-require-failure-destination";
import { lambdaFunctionRequireLogGroup } from "./lambda-function-require-log-group";
import { lambdaFunctionRequireSupportedRuntime } from "./lambda-function-require-supported-runtime";
import { lambdaFunctionRequireTracing } from "./lambda-function-require-tracing";
import { lambdaFunctionUrlRequireAuth } from "./lambda-function-url-require-auth";
import { lambdaPermissionRequireSource } from "./lambda-permission-require-source";
import { s3BucketForbidPublicAcl } from "./s3-bucket-forbid-public-acl";
import { s3BucketPolicyForbidAnyPrincipal } from "./s3-bucket-policy-forbid-any-principal";
import { s3BucketRequireEncryption } from "./s3-bucket-require-encryption";
import { s3BucketRequireLifecycle } from "./s3-bucket-require-lifecycle";
import { s3BucketRequirePublicAccessBlock } from "./s3-bucket-require-public-access-block";
import { s3BucketRequireTls } from "./s3-bucket-require-tls";
import { s3BucketRequireVersioning } from "./s3-bucket-require-versioning";
import { snsTopicRequireEncryption } from "./sns-topic-require-encryption";
import { sqsQueueRequireEncryption } from "./sqs-queue-require-encryption";

/** All policies of the pack. */
export const policies: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
  apigatewayMethodRequireAuthorization,
  apigatewayStageForbidBodyTracing,
  apigatewayStageRequireAccessLog,
  apigatewayStageRequireExecutionLog,
  apigatewayStageRequireThrottling,
  apigatewayStageRequireTracing,
  awsResourceForbidEnvironmentSecret,
  awsResourcePolicyForbidAnyPrincipal,
  awsResourceRequireTags,
  awsResourceRestrictRegion,
  cloudfrontDistributionRequireCompression,
  cloudfrontDistributionRequireHttps,
  cloudfrontDistributionRequireModernTls,
  cloudfrontDistributionRequireOriginAccessControl,
  cloudfrontDistributionRequireSecurityHeaders,
  cloudwatchLogGroupRequireEncryption,
  cloudwatchLogGroupRequireRetention,
  dynamodbTableRequireCapacity,
  dynamodbTableRequireDeletionProtection,
  dynamodbTableRequireEncryption,
  dynamodbTableRequirePointInTimeRecovery,
  iamPolicyForbidWildcardAction,
  iamPolicyForbidWildcardResource,
  iamRoleForbidFullAccess,
  iamRoleForbidInlinePolicy,
  iamRoleRestrictTrust,
  kmsKeyAllowAlarms,
  kmsKeyRequireRotation,
  lambdaFunctionForbidEnvironmentSecret,
  lambdaFunctionLimitTimeout,
  lambdaFunctionRequireFailureDestination,
  lambdaFunctionRequireLogGroup,
  lambdaFunctionRequireSupportedRuntime,
  lambdaFunctionRequireTracing,
  lambdaFunctionUrlRequireAuth,
  lambdaPermissionRequireSource,
  s3BucketForbidPublicAcl,
  s3BucketPolicyForbidAnyPrincipal,
  s3BucketRequireEncryption,
  s3BucketRequireLifecycle,
  s3BucketRequirePublicAccessBlock,
  s3BucketRequireTls,
  s3BucketRequireVersioning,
  snsTopicRequireEncryption,
  sqsQueueRequireEncryption,
];
