import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { apigatewayApiRestrictOrigins } from "./apigateway-api-restrict-origins";
import { apigatewayAuthorizerRequireReusablePolicy } from "./apigateway-authorizer-require-reusable-policy";
import { apigatewayAuthorizerRestrictIdentitySource } from "./apigateway-authorizer-restrict-identity-source";
import { apigatewayDomainNameRequireModernTls } from "./apigateway-domain-name-require-modern-tls";
import { apigatewayMethodRequireAuthorization } from "./apigateway-method-require-authorization";
import { apigatewayStageForbidBodyTracing } from "./apigateway-stage-forbid-body-tracing";
import { apigatewayStageRequireAccessLog } from "./apigateway-stage-require-access-log";
import { apigatewayStageRequireCacheEncryption } from "./apigateway-stage-require-cache-encryption";
import { apigatewayStageRequireExecutionLog } from "./apigateway-stage-require-execution-log";
import { apigatewayStageRequireThrottling } from "./apigateway-stage-require-throttling";
import { apigatewayStageRequireTracing } from "./apigateway-stage-require-tracing";
import { apigatewayStageRequireWebAcl } from "./apigateway-stage-require-web-acl";
import { appsyncCacheRequireEncryption } from "./appsync-cache-require-encryption";
import { awsResourceForbidEnvironmentSecret } from "./aws-resource-forbid-environment-secret";
import { awsResourcePolicyForbidAnyPrincipal } from "./aws-resource-policy-forbid-any-principal";
import { awsResourceRequireTags } from "./aws-resource-require-tags";
import { awsResourceRestrictRegion } from "./aws-resource-restrict-region";
import { budgetsBudgetRequireNotification } from "./budgets-budget-require-notification";
import { cloudfrontDistributionRequireAccessLog } from "./cloudfront-distribution-require-access-log";
import { cloudfrontDistributionRequireCompression } from "./cloudfront-distribution-require-compression";
import { cloudfrontDistributionRequireHttps } from "./cloudfront-distribution-require-https";
import { cloudfrontDistributionRequireKeyGroups } from "./cloudfront-distribution-require-key-groups";
import { cloudfrontDistributionRequireModernTls } from "./cloudfront-distribution-require-modern-tls";
import { cloudfrontDistributionRequireOriginAccessControl } from "./cloudfront-distribution-require-origin-access-control";
import { cloudfrontDistributionRequireOriginTls } from "./cloudfront-distribution-require-origin-tls";
import { cloudfrontDistributionRequirePrivateFailover } from "./cloudfront-distribution-require-private-failover";
import { cloudfrontDistributionRequireSecurityHeaders } from "./cloudfront-distribution-require-security-headers";
import { cloudfrontDistributionRequireWebAcl } from "./cloudfront-distribution-require-web-acl";
import { cloudfrontDistributionRestrictCountries } from "./cloudfront-distribution-restrict-countries";
import { cloudwatchLogGroupRequireEncryption } from "./cloudwatch-log-group-require-encryption";
import { cloudwatchLogGroupRequireRetention } from "./cloudwatch-log-group-require-retention";
import { codebuildProjectForbidPublicBuilds } from "./codebuild-project-forbid-public-builds";
import { codebuildProjectRequireEncryption } from "./codebuild-project-require-encryption";
import { codedeployDeploymentGroupRequireRollback } from "./codedeploy-deployment-group-require-rollback";
import { daxClusterRequireEncryption } from "./dax-cluster-require-encryption";
import { daxClusterRequireTls } from "./dax-cluster-require-tls";
import { dmsEndpointRequireTls } from "./dms-endpoint-require-tls";
import { dmsReplicationInstanceForbidPublicAccess } from "./dms-replication-instance-forbid-public-access";
import { docdbClusterParameterGroupRequireTls } from "./docdb-cluster-parameter-group-require-tls";
import { docdbClusterRequireEncryption } from "./docdb-cluster-require-encryption";
import { dynamodbTableRequireCapacity } from "./dynamodb-table-require-capacity";
import { dynamodbTableRequireDeletionProtection } from "./dynamodb-table-require-deletion-protection";
import { dynamodbTableRequireEncryption } from "./dynamodb-table-require-encryption";
import { dynamodbTableRequirePointInTimeRecovery } from "./dynamodb-table-require-point-in-time-recovery";
import { ebsSnapshotForbidPublicSharing } from "./ebs-snapshot-forbid-public-sharing";
import { ebsVolumeRequireEncryption } from "./ebs-volume-require-encryption";
import { ec2ImageForbidPublicSharing } from "./ec2-image-forbid-public-sharing";
import { ec2SecurityGroupForbidOpenPort } from "./ec2-security-group-forbid-open-port";
import { ec2SecurityGroupForbidOpenPrefixList } from "./ec2-security-group-forbid-open-prefix-list";
import { ecrRepositoryRequireEncryption } from "./ecr-repository-require-encryption";
import { ecsTaskDefinitionRequireEfsTls } from "./ecs-task-definition-require-efs-tls";
import { efsFileSystemRequireEncryption } from "./efs-file-system-require-encryption";
import { eksClusterForbidPublicEndpoint } from "./eks-cluster-forbid-public-endpoint";
import { eksClusterRequireSecretEncryption } from "./eks-cluster-require-secret-encryption";
import { elasticacheReplicationGroupRequireEncryption } from "./elasticache-replication-group-require-encryption";
import { elasticacheReplicationGroupRequireTls } from "./elasticache-replication-group-require-tls";
import { elbLoadBalancerRequireTls } from "./elb-load-balancer-require-tls";
import { emrAccountRequirePublicAccessBlock } from "./emr-account-require-public-access-block";
import { emrSecurityConfigurationRequireEncryption } from "./emr-security-configuration-require-encryption";
import { firehoseDeliveryStreamRequireEncryption } from "./firehose-delivery-stream-require-encryption";
import { glueCatalogRequireEncryption } from "./glue-catalog-require-encryption";
import { guarddutyMalwareProtectionPlanRequireTagging } from "./guardduty-malware-protection-plan-require-tagging";
import { iamPolicyForbidWildcardAction } from "./iam-policy-forbid-wildcard-action";
import { iamPolicyForbidWildcardResource } from "./iam-policy-forbid-wildcard-resource";
import { iamRoleForbidFullAccess } from "./iam-role-forbid-full-access";
import { iamRoleForbidInlinePolicy } from "./iam-role-forbid-inline-policy";
import { iamRoleRestrictTrust } from "./iam-role-restrict-trust";
import { kinesisStreamRequireEncryption } from "./kinesis-stream-require-encryption";
import { kmsKeyAllowAlarms } from "./kms-key-allow-alarms";
import { kmsKeyRequireRotation } from "./kms-key-require-rotation";
import { lambdaFunctionForbidEnvironmentSecret } from "./lambda-function-forbid-environment-secret";
import { lambdaFunctionLimitTimeout } from "./lambda-function-limit-timeout";
import { lambdaFunctionRequireFailureDestination } from "./lambda-function-require-failure-destination";
import { lambdaFunctionRequireLogGroup } from "./lambda-function-require-log-group";
import { lambdaFunctionRequireReservedConcurrency } from "./lambda-function-require-reserved-concurrency";
import { lambdaFunctionRequireSupportedRuntime } from "./lambda-function-require-supported-runtime";
import { lambdaFunctionRequireTracing } from "./lambda-function-require-tracing";
import { lambdaFunctionUrlRequireAuth } from "./lambda-function-url-require-auth";
import { lambdaPermissionRequireSource } from "./lambda-permission-require-source";
import { lbListenerRequireTls } from "./lb-listener-require-tls";
import { lightsailDatabaseForbidPublicAccess } from "./lightsail-database-forbid-public-access";
import { m2EnvironmentForbidPublicAccess } from "./m2-environment-forbid-public-access";
import { memorydbClusterRequireTls } from "./memorydb-cluster-require-tls";
import { mqBrokerForbidPublicAccess } from "./mq-broker-forbid-public-access";
import { mskClusterForbidPublicAccess } from "./msk-cluster-forbid-public-access";
import { mskClusterRequireTls } from "./msk-cluster-require-tls";
import { neptuneClusterParameterGroupRequireTls } from "./neptune-cluster-parameter-group-require-tls";
import { neptuneClusterRequireEncryption } from "./neptune-cluster-require-encryption";
import { neptuneInstanceForbidPublicAccess } from "./neptune-instance-forbid-public-access";
import { opensearchCollectionForbidPublicAccess } from "./opensearch-collection-forbid-public-access";
import { opensearchDomainPolicyForbidAnyPrincipal } from "./opensearch-domain-policy-forbid-any-principal";
import { opensearchDomainRequireEncryption } from "./opensearch-domain-require-encryption";
import { opensearchDomainRequireHttps } from "./opensearch-domain-require-https";
import { opensearchDomainRequireNodeEncryption } from "./opensearch-domain-require-node-encryption";
import { opensearchDomainRequireVpc } from "./opensearch-domain-require-vpc";
import { pulumiPackageRequireRules } from "./pulumi-package-require-rules";
import { rdsClusterRequireEncryption } from "./rds-cluster-require-encryption";
import { rdsInstanceForbidPublicAccess } from "./rds-instance-forbid-public-access";
import { rdsInstanceRequireEncryption } from "./rds-instance-require-encryption";
import { rdsParameterGroupRequireTls } from "./rds-parameter-group-require-tls";
import { rdsProxyRequireTls } from "./rds-proxy-require-tls";
import { rdsSnapshotForbidPublicSharing } from "./rds-snapshot-forbid-public-sharing";
import { redshiftClusterForbidPublicAccess } from "./redshift-cluster-forbid-public-access";
import { redshiftClusterRequireEncryption } from "./redshift-cluster-require-encryption";
import { redshiftParameterGroupRequireTls } from "./redshift-parameter-group-require-tls";
import { s3AccessPointRequirePublicAccessBlock } from "./s3-access-point-require-public-access-block";
import { s3BucketForbidPublicAcl } from "./s3-bucket-forbid-public-acl";
import { s3BucketPolicyForbidAnyPrincipal } from "./s3-bucket-policy-forbid-any-principal";
import { s3BucketRequireAccessLog } from "./s3-bucket-require-access-log";
import { s3BucketRequireEncryption } from "./s3-bucket-require-encryption";
import { s3BucketRequireLifecycle } from "./s3-bucket-require-lifecycle";
import { s3BucketRequirePublicAccessBlock } from "./s3-bucket-require-public-access-block";
import { s3BucketRequireRenditionExpiry } from "./s3-bucket-require-rendition-expiry";
import { s3BucketRequireTls } from "./s3-bucket-require-tls";
import { s3BucketRequireVersioning } from "./s3-bucket-require-versioning";
import { sagemakerNotebookForbidDirectInternet } from "./sagemaker-notebook-forbid-direct-internet";
import { secretsmanagerSecretRequireEncryption } from "./secretsmanager-secret-require-encryption";
import { snsTopicRequireEncryption } from "./sns-topic-require-encryption";
import { sqsQueueRequireEncryption } from "./sqs-queue-require-encryption";
import { ssmDocumentForbidPublicSharing } from "./ssm-document-forbid-public-sharing";
import { timestreamDatabaseForbidPublicAccess } from "./timestream-database-forbid-public-access";
import { transferServerForbidFtp } from "./transfer-server-forbid-ftp";
import { workspacesWorkspaceRequireEncryption } from "./workspaces-workspace-require-encryption";

/** All policies of the pack. */
export const policies: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
  apigatewayApiRestrictOrigins,
  apigatewayAuthorizerRequireReusablePolicy,
  apigatewayAuthorizerRestrictIdentitySource,
  apigatewayDomainNameRequireModernTls,
  apigatewayMethodRequireAuthorization,
  apigatewayStageForbidBodyTracing,
  apigatewayStageRequireAccessLog,
  apigatewayStageRequireCacheEncryption,
  apigatewayStageRequireExecutionLog,
  apigatewayStageRequireThrottling,
  apigatewayStageRequireTracing,
  apigatewayStageRequireWebAcl,
  appsyncCacheRequireEncryption,
  awsResourceForbidEnvironmentSecret,
  awsResourcePolicyForbidAnyPrincipal,
  awsResourceRequireTags,
  awsResourceRestrictRegion,
  budgetsBudgetRequireNotification,
  cloudfrontDistributionRequireAccessLog,
  cloudfrontDistributionRequireCompression,
  cloudfrontDistributionRequireHttps,
  cloudfrontDistributionRequireKeyGroups,
  cloudfrontDistributionRequireModernTls,
  cloudfrontDistributionRequireOriginAccessControl,
  cloudfrontDistributionRequireOriginTls,
  cloudfrontDistributionRequirePrivateFailover,
  cloudfrontDistributionRequireSecurityHeaders,
  cloudfrontDistributionRequireWebAcl,
  cloudfrontDistributionRestrictCountries,
  cloudwatchLogGroupRequireEncryption,
  cloudwatchLogGroupRequireRetention,
  codebuildProjectForbidPublicBuilds,
  codebuildProjectRequireEncryption,
  codedeployDeploymentGroupRequireRollback,
  daxClusterRequireEncryption,
  daxClusterRequireTls,
  dmsEndpointRequireTls,
  dmsReplicationInstanceForbidPublicAccess,
  docdbClusterParameterGroupRequireTls,
  docdbClusterRequireEncryption,
  dynamodbTableRequireCapacity,
  dynamodbTableRequireDeletionProtection,
  dynamodbTableRequireEncryption,
  dynamodbTableRequirePointInTimeRecovery,
  ebsSnapshotForbidPublicSharing,
  ebsVolumeRequireEncryption,
  ec2ImageForbidPublicSharing,
  ec2SecurityGroupForbidOpenPort,
  ec2SecurityGroupForbidOpenPrefixList,
  ecrRepositoryRequireEncryption,
  ecsTaskDefinitionRequireEfsTls,
  efsFileSystemRequireEncryption,
  eksClusterForbidPublicEndpoint,
  eksClusterRequireSecretEncryption,
  elasticacheReplicationGroupRequireEncryption,
  elasticacheReplicationGroupRequireTls,
  elbLoadBalancerRequireTls,
  emrAccountRequirePublicAccessBlock,
  emrSecurityConfigurationRequireEncryption,
  firehoseDeliveryStreamRequireEncryption,
  glueCatalogRequireEncryption,
  guarddutyMalwareProtectionPlanRequireTagging,
  iamPolicyForbidWildcardAction,
  iamPolicyForbidWildcardResource,
  iamRoleForbidFullAccess,
  iamRoleForbidInlinePolicy,
  iamRoleRestrictTrust,
  kinesisStreamRequireEncryption,
  kmsKeyAllowAlarms,
  kmsKeyRequireRotation,
  lambdaFunctionForbidEnvironmentSecret,
  lambdaFunctionLimitTimeout,
  lambdaFunctionRequireFailureDestination,
  lambdaFunctionRequireLogGroup,
  lambdaFunctionRequireReservedConcurrency,
  lambdaFunctionRequireSupportedRuntime,
  lambdaFunctionRequireTracing,
  lambdaFunctionUrlRequireAuth,
  lambdaPermissionRequireSource,
  lbListenerRequireTls,
  lightsailDatabaseForbidPublicAccess,
  m2EnvironmentForbidPublicAccess,
  memorydbClusterRequireTls,
  mqBrokerForbidPublicAccess,
  mskClusterForbidPublicAccess,
  mskClusterRequireTls,
  neptuneClusterParameterGroupRequireTls,
  neptuneClusterRequireEncryption,
  neptuneInstanceForbidPublicAccess,
  opensearchCollectionForbidPublicAccess,
  opensearchDomainPolicyForbidAnyPrincipal,
  opensearchDomainRequireEncryption,
  opensearchDomainRequireHttps,
  opensearchDomainRequireNodeEncryption,
  opensearchDomainRequireVpc,
  pulumiPackageRequireRules,
  rdsClusterRequireEncryption,
  rdsInstanceForbidPublicAccess,
  rdsInstanceRequireEncryption,
  rdsParameterGroupRequireTls,
  rdsProxyRequireTls,
  rdsSnapshotForbidPublicSharing,
  redshiftClusterForbidPublicAccess,
  redshiftClusterRequireEncryption,
  redshiftParameterGroupRequireTls,
  s3AccessPointRequirePublicAccessBlock,
  s3BucketForbidPublicAcl,
  s3BucketPolicyForbidAnyPrincipal,
  s3BucketRequireAccessLog,
  s3BucketRequireEncryption,
  s3BucketRequireLifecycle,
  s3BucketRequirePublicAccessBlock,
  s3BucketRequireRenditionExpiry,
  s3BucketRequireTls,
  s3BucketRequireVersioning,
  sagemakerNotebookForbidDirectInternet,
  secretsmanagerSecretRequireEncryption,
  snsTopicRequireEncryption,
  sqsQueueRequireEncryption,
  ssmDocumentForbidPublicSharing,
  timestreamDatabaseForbidPublicAccess,
  transferServerForbidFtp,
  workspacesWorkspaceRequireEncryption,
];
