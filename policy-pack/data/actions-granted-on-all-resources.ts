/**
 * Actions that are granted on all resources as a rule, though they know some: those that describe
 * what there is, that act on what does not exist yet, or whose resources are an option, such as the
 * billing view of a report on costs. What knows no resources at all is in
 * `actions-without-resources.json`.
 */
export const actionsGrantedOnAllResources = [
  "ce:Get*",
  "cloudformation:DescribeStacks",
  "cloudwatch:GetMetric*",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "comprehend:Detect*",
  "ec2:Describe*",
  // Functions in a VPC, as in AWSLambdaVPCAccessExecutionRole.
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
  "elasticbeanstalk:Describe*",
  "elasticfilesystem:DescribeFileSystems",
  "elasticloadbalancing:Describe*",
  "polly:StartSpeechSynthesisTask",
  "polly:SynthesizeSpeech",
  "rds:Describe*",
  "redshift:Describe*",
  "rekognition:Detect*",
  "servicequotas:GetServiceQuota",
  "translate:Translate*",
];
