/** A type that holds a policy of a resource, and where. */
export interface PolicyHolder {
  type: string;
  path: readonly string[];
}

/** A type that grants to one principal, and the properties that limit what anybody may then do. */
export interface PrincipalGrant {
  type: string;
  principal: string;
  limits: readonly string[];
}

function holders(types: readonly string[], ...path: string[]): PolicyHolder[] {
  return types.map((type) => ({ type, path }));
}

/**
 * Types that hold policies of resources. Left out are those in which everybody is nobody in
 * particular: policies of VPC endpoints, which whoever is in the VPC passes; of REST APIs, whose
 * methods have an authorization of their own, unlike the private domain names that lead to them; session policies, of Transfer users for example; and
 * what is called a policy and names no principals, as for IoT and Verified Access. S3's and IAM's have rules
 * of their own.
 */
export const policyHolders: readonly PolicyHolder[] = [
  ...holders(
    [
      "aws:acmpca/policy:Policy",
      "aws:apigateway/domainName:DomainName",
      "aws:backup/vaultPolicy:VaultPolicy",
      "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
      "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
      "aws:codebuild/resourcePolicy:ResourcePolicy",
      "aws:dsql/clusterPolicy:ClusterPolicy",
      "aws:dynamodb/resourcePolicy:ResourcePolicy",
      "aws:ecr/registryPolicy:RegistryPolicy",
      "aws:ecr/repositoryPolicy:RepositoryPolicy",
      "aws:ecrpublic/repositoryPolicy:RepositoryPolicy",
      "aws:efs/fileSystemPolicy:FileSystemPolicy",
      "aws:glacier/vaultLock:VaultLock",
      "aws:glue/resourcePolicy:ResourcePolicy",
      "aws:kinesis/resourcePolicy:ResourcePolicy",
      "aws:kms/externalKey:ExternalKey",
      "aws:kms/key:Key",
      "aws:kms/keyPolicy:KeyPolicy",
      "aws:kms/replicaExternalKey:ReplicaExternalKey",
      "aws:kms/replicaKey:ReplicaKey",
      "aws:lambda/resourcePolicy:ResourcePolicy",
      "aws:mediastore/containerPolicy:ContainerPolicy",
      "aws:msk/clusterPolicy:ClusterPolicy",
      "aws:networkfirewall/resourcePolicy:ResourcePolicy",
      "aws:oam/sinkPolicy:SinkPolicy",
      "aws:opensearchingest/resourcePolicy:ResourcePolicy",
      "aws:pinpoint/smsvoicev2ResourcePolicy:Smsvoicev2ResourcePolicy",
      "aws:redshift/resourcePolicy:ResourcePolicy",
      "aws:redshiftserverless/resourcePolicy:ResourcePolicy",
      "aws:s3/filesFileSystemPolicy:FilesFileSystemPolicy",
      "aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy",
      "aws:s3control/accessGrantsInstanceResourcePolicy:AccessGrantsInstanceResourcePolicy",
      "aws:schemas/registryPolicy:RegistryPolicy",
      "aws:secretsmanager/secret:Secret",
      "aws:secretsmanager/secretPolicy:SecretPolicy",
      "aws:ses/identityPolicy:IdentityPolicy",
      "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy",
      "aws:sns/topic:Topic",
      "aws:sns/topicPolicy:TopicPolicy",
      "aws:sqs/queue:Queue",
      "aws:sqs/queuePolicy:QueuePolicy",
      "aws:vpclattice/authPolicy:AuthPolicy",
      "aws:vpclattice/resourcePolicy:ResourcePolicy",
    ],
    "policy",
  ),
  ...holders(
    [
      "aws:amp/resourcePolicy:ResourcePolicy",
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
      "aws:codeartifact/domainPermissions:DomainPermissions",
      "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy",
      "aws:xray/resourcePolicy:ResourcePolicy",
    ],
    "policyDocument",
  ),
  ...holders(
    [
      "aws:s3tables/tableBucketPolicy:TableBucketPolicy",
      "aws:s3tables/tablePolicy:TablePolicy",
      "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy",
    ],
    "resourcePolicy",
  ),
  ...holders(
    [
      "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy",
      "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy",
      "aws:glacier/vault:Vault",
    ],
    "accessPolicy",
  ),
  ...holders(
    ["aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy"],
    "deliveryDestinationPolicy",
  ),
  ...holders(["aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate"], "repositoryPolicy"),
  ...holders(["aws:organizations/resourcePolicy:ResourcePolicy"], "content"),
  ...holders(
    ["aws:fsx/s3AccessPointAttachment:S3AccessPointAttachment"],
    "s3AccessPoint",
    "policy",
  ),
  ...holders(
    ["aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy"],
    "details",
    "policy",
  ),
];

/** Types that make a statement of a policy each. Permissions of functions have a rule of their own. */
export const principalGrants: readonly PrincipalGrant[] = [
  {
    type: "aws:cloudwatch/eventPermission:EventPermission",
    principal: "principal",
    limits: ["condition"],
  },
  {
    type: "aws:lambda/layerVersionPermission:LayerVersionPermission",
    principal: "principal",
    limits: ["organizationId"],
  },
  {
    type: "aws:ec2/vpcEndpointService:VpcEndpointService",
    principal: "allowedPrincipals",
    // Then somebody lets each of them in.
    limits: ["acceptanceRequired"],
  },
];
