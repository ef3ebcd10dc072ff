/** Where `aws-native` has what `aws` has elsewhere, as paths with dots. */
export interface NativeType {
  /** The type of `aws` that stands for the same resource. */
  type: string;
  /** Places in `aws` by places in `aws-native`; what is called the same in both is not listed. */
  places?: Readonly<Record<string, string>>;
  /** The same within each item of a list of `aws`. */
  items?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What `aws-native` leaves to AWS, and the provider of `aws` does not. */
  defaults?: Readonly<Record<string, unknown>>;
}

const policyOf = { policyDocument: "policy" };

/**
 * Types of `aws-native` that are judged as their counterparts in `aws`: its properties are those of
 * CloudFormation, in camel case.
 * https://www.pulumi.com/registry/packages/aws-native/
 */
export const nativeTypes: Readonly<Record<string, NativeType>> = {
  "aws-native:dynamodb:Table": {
    type: "aws:dynamodb/table:Table",
    places: {
      "sseSpecification.sseEnabled": "serverSideEncryption.enabled",
      "pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled": "pointInTimeRecovery.enabled",
      "provisionedThroughput.readCapacityUnits": "readCapacity",
      "provisionedThroughput.writeCapacityUnits": "writeCapacity",
    },
  },
  "aws-native:ec2:SecurityGroup": {
    type: "aws:ec2/securityGroup:SecurityGroup",
    places: { securityGroupIngress: "ingress" },
    items: {
      ingress: { ipProtocol: "protocol", cidrIp: "cidrBlocks", cidrIpv6: "ipv6CidrBlocks" },
    },
  },
  "aws-native:ec2:SecurityGroupIngress": {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    places: { cidrIp: "cidrIpv4" },
  },
  "aws-native:ec2:Volume": { type: "aws:ebs/volume:Volume" },
  "aws-native:efs:FileSystem": {
    type: "aws:efs/fileSystem:FileSystem",
    places: { fileSystemTags: "tags" },
  },
  "aws-native:iam:ManagedPolicy": { type: "aws:iam/policy:Policy", places: policyOf },
  "aws-native:iam:Role": {
    type: "aws:iam/role:Role",
    places: { assumeRolePolicyDocument: "assumeRolePolicy", policies: "inlinePolicies" },
    items: { inlinePolicies: policyOf },
  },
  "aws-native:kinesis:Stream": {
    type: "aws:kinesis/stream:Stream",
    places: { "streamEncryption.encryptionType": "encryptionType" },
  },
  "aws-native:kms:Key": {
    type: "aws:kms/key:Key",
    places: { keyPolicy: "policy", keySpec: "customerMasterKeySpec" },
  },
  "aws-native:lambda:Function": {
    type: "aws:lambda/function:Function",
    places: { functionName: "name" },
  },
  "aws-native:lambda:Permission": {
    type: "aws:lambda/permission:Permission",
    places: { functionName: "function" },
  },
  "aws-native:lambda:Url": {
    type: "aws:lambda/functionUrl:FunctionUrl",
    places: { authType: "authorizationType" },
  },
  "aws-native:logs:LogGroup": {
    type: "aws:cloudwatch/logGroup:LogGroup",
    places: { logGroupName: "name" },
  },
  "aws-native:rds:DbCluster": {
    type: "aws:rds/cluster:Cluster",
    places: { sourceDbClusterIdentifier: "replicationSourceIdentifier" },
  },
  "aws-native:rds:DbInstance": {
    type: "aws:rds/instance:Instance",
    places: {
      dbSnapshotIdentifier: "snapshotIdentifier",
      // Encrypted as its source is, or as the cluster that it belongs to.
      sourceDbInstanceIdentifier: "replicateSourceDb",
      dbClusterIdentifier: "replicateSourceDb",
    },
  },
  "aws-native:redshift:Cluster": {
    type: "aws:redshift/cluster:Cluster",
    defaults: { encrypted: false },
  },
  "aws-native:s3:AccessPoint": { type: "aws:s3/accessPoint:AccessPoint" },
  "aws-native:s3:Bucket": {
    type: "aws:s3/bucket:Bucket",
    places: {
      bucketName: "bucket",
      bucketEncryption: "serverSideEncryptionConfiguration",
      versioningConfiguration: "versioning",
      "lifecycleConfiguration.rules": "lifecycleRules",
    },
  },
  "aws-native:s3:BucketPolicy": { type: "aws:s3/bucketPolicy:BucketPolicy", places: policyOf },
  "aws-native:secretsmanager:ResourcePolicy": {
    type: "aws:secretsmanager/secretPolicy:SecretPolicy",
    places: { resourcePolicy: "policy" },
  },
  "aws-native:secretsmanager:Secret": { type: "aws:secretsmanager/secret:Secret" },
  "aws-native:sns:Topic": { type: "aws:sns/topic:Topic" },
  "aws-native:sns:TopicInlinePolicy": {
    type: "aws:sns/topicPolicy:TopicPolicy",
    places: policyOf,
  },
  "aws-native:sns:TopicPolicy": { type: "aws:sns/topicPolicy:TopicPolicy", places: policyOf },
  "aws-native:sqs:Queue": { type: "aws:sqs/queue:Queue" },
  "aws-native:sqs:QueueInlinePolicy": {
    type: "aws:sqs/queuePolicy:QueuePolicy",
    places: policyOf,
  },
  "aws-native:sqs:QueuePolicy": { type: "aws:sqs/queuePolicy:QueuePolicy", places: policyOf },
};
