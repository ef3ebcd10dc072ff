import { nearest } from "../../nearest";

/**
 * First parts of the names of services that policies name, such as `lambda.amazonaws.com`. AWS
 * publishes no list: this one has what is common.
 */
const services = new Set(
  `
  access-analyzer account acm acm-pca airflow airflow-env amplify apidestinations apigateway appconfig
  appflow application-autoscaling application-insights appmesh apprunner appstream appsync aps athena
  auditmanager autoscaling autoscaling-plans aws-artifact backup backup-gateway batch bedrock
  bedrock-agentcore billing billingconductor braket budgets cassandra ce channels chatbot chime cleanrooms
  cloud9 cloudformation cloudfront cloudhsm cloudtrail cloudwatch cloudwatch-crossaccount codeartifact
  codebuild codecommit codedeploy codeguru-profiler codeguru-reviewer codepipeline codestar
  codestar-notifications cognito-identity cognito-idp cognito-sync comprehend compute-optimizer config
  config-conforms config-multiaccountsetup connect controltower cost-optimization-hub cur
  customer-profiles databrew dataexchange datapipeline datasync datazone dax delivery detective devicefarm
  devops-guru diode directconnect directoryservice discovery dlm dms docdb-elastic drs ds dynamodb ebs ec2
  ec2fleet ec2scheduled ecr ecr-public ecs ecs-tasks edgelambda eks eks-fargate eks-fargate-pods
  eks-nodegroup elasticache elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce
  elastictranscoder emr-containers emr-serverless email es events evidently export finspace firehose fis
  fms forecast frauddetector freetier fsx gamelift glacier globalaccelerator glue grafana greengrass
  guardduty health healthlake iam identity-sync imagebuilder importexport inspector inspector2
  internetmonitor invoice-mfa invoicing iot iotanalytics iotevents iotfleetwise iotsitewise iottwinmaker
  iotwireless ivs jellyfish kafka kafkaconnect kendra kinesis kinesisanalytics kinesisvideo kms
  lakeformation lambda lex lexv2 license-manager lightsail location logger logs lookoutmetrics m2
  machinelearning macie macie2 managedblockchain managedservices mediaconnect mediaconvert medialive
  mediapackage mediapackagev2 mediastore mediatailor member memorydb mgh mgn migrationhub mobileanalytics
  mobilehub monitoring mq msk neptune network-firewall networkmanager notifications oam omics opensearch
  opensearchservice opsworks opsworks-cm organizations osis osis-pipelines outposts panorama personalize
  pi pinpoint pipes polly pricing profile proton qbusiness qldb quicksight ram rds rds-preview redshift
  redshift-serverless rekognition replicator resiliencehub resource-explorer-2 resource-groups robomaker
  rolesanywhere route53 route53domains route53-recovery-control-config route53-recovery-readiness
  route53resolver rum s3 s3-object-lambda s3-outposts sagemaker scheduler schemas secretsmanager
  securityhub securitylake selfservicevpn serverlessrepo servicecatalog servicediscovery servicequotas ses
  shield signer signin sms snowball sns spotfleet spot sqs ssm ssm-contacts ssm-incidents ssm-quicksetup
  ssmmessages sso states storagegateway streams sts support supportapp swf synthetics tagging
  tagpolicies textract timestream tnb transcribe transfer transitgateway translate trustedadvisor
  verifiedpermissions voiceid vpc-flow-logs vpc-lattice vpc waf waf-regional wafv2 wellarchitected wickr
  wisdom workdocs worklink workmail workspaces workspaces-web xray
  `
    .trim()
    .split(/\s+/),
);

const ending = /\.amazonaws\.com(\.cn)?$/;

/** Names so short are near to each other anyway. */
const shortestChecked = 5;

/**
 * Whether a service's name is most likely misspelt: it is none that is known, but near to one. AWS
 * refuses every name that it does not know; here, a service that is not in the list passes.
 */
export function isMisspeltService(name: string): boolean {
  const label = name.replace(ending, "");
  if (label.includes(".") || label.length < shortestChecked || services.has(label)) {
    return false;
  }
  const close = nearest(label, services);
  return close !== undefined && isOneSlip(label, close);
}

/** One letter more, less, or another one; or two neighbours swapped. */
function isOneSlip(one: string, other: string): boolean {
  const start = commonStart(one, other);
  const [left, right] = [one.slice(start), other.slice(start)];
  const swapped = left.length > 1 && left.charAt(1) + left.charAt(0) + left.slice(2) === right;
  return (
    swapped ||
    left.slice(1) === right ||
    left === right.slice(1) ||
    left.slice(1) === right.slice(1)
  );
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one.charAt(length) === other.charAt(length)) {
    length++;
  }
  return length;
}
