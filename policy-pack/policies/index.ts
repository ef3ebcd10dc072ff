import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { awsResourceRequireTags } from "./aws-resource-require-tags";
import { awsResourceRestrictRegion } from "./aws-resource-restrict-region";
import { cloudfrontDistributionRequireOriginAccessControl } from "./cloudfront-distribution-require-origin-access-control";
import { cloudwatchLogGroupRequireEncryption } from "./cloudwatch-log-group-require-encryption";
import { dynamodbTableRequireEncryption } from "./dynamodb-table-require-encryption";
import { iamPolicyForbidWildcardAction } from "./iam-policy-forbid-wildcard-action";
import { iamPolicyForbidWildcardResource } from "./iam-policy-forbid-wildcard-resource";
import { iamRoleForbidFullAccess } from "./iam-role-forbid-full-access";
import { iamRoleForbidInlinePolicy } from "./iam-role-forbid-inline-policy";
import { iamRoleRestrictTrust } from "./iam-role-restrict-trust";
import { kmsKeyAllowAlarms } from "./kms-key-allow-alarms";
import { kmsKeyRequireRotation } from "./kms-key-require-rotation";
import { lambdaFunctionUrlRequireAuth } from "./lambda-function-url-require-auth";
import { lambdaPermissionRequireSource } from "./lambda-permission-require-source";
import { s3BucketForbidPublicAcl } from "./s3-bucket-forbid-public-acl";
import { s3BucketPolicyForbidAnyPrincipal } from "./s3-bucket-policy-forbid-any-principal";
import { s3BucketRequireEncryption } from "./s3-bucket-require-encryption";
import { s3BucketRequirePublicAccessBlock } from "./s3-bucket-require-public-access-block";
import { s3BucketRequireTls } from "./s3-bucket-require-tls";
import { snsTopicRequireEncryption } from "./sns-topic-require-encryption";
import { sqsQueueRequireEncryption } from "./sqs-queue-require-encryption";

/** All policies of the pack. */
export const policies: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
  awsResourceRequireTags,
  awsResourceRestrictRegion,
  cloudfrontDistributionRequireOriginAccessControl,
  cloudwatchLogGroupRequireEncryption,
  dynamodbTableRequireEncryption,
  iamPolicyForbidWildcardAction,
  iamPolicyForbidWildcardResource,
  iamRoleForbidFullAccess,
  iamRoleForbidInlinePolicy,
  iamRoleRestrictTrust,
  kmsKeyAllowAlarms,
  kmsKeyRequireRotation,
  lambdaFunctionUrlRequireAuth,
  lambdaPermissionRequireSource,
  s3BucketForbidPublicAcl,
  s3BucketPolicyForbidAnyPrincipal,
  s3BucketRequireEncryption,
  s3BucketRequirePublicAccessBlock,
  s3BucketRequireTls,
  snsTopicRequireEncryption,
  sqsQueueRequireEncryption,
];
