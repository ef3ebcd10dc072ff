import type { RequestListener } from "node:http";
import { acmApi } from "./aws/acm/api";
import type { ApiAccess } from "./aws/api/api-access";
import { apiGatewayApi } from "./aws/apigateway/api";
import type { ApiGateway } from "./aws/apigateway/apigateway";
import { gatewayArn } from "./aws/apigateway/gateway-arn";
import { budgetsApi } from "./aws/budgets/api";
import type { CloudFront } from "./aws/cloudfront/cloudfront";
import { cloudWatchApi } from "./aws/cloudwatch/api";
import type { CloudWatch } from "./aws/cloudwatch/cloudwatch";
import { codeDeployApi } from "./aws/codedeploy/api";
import type { CodeDeploy } from "./aws/codedeploy/codedeploy";
import type { DynamoDb } from "./aws/dynamodb/dynamodb";
import type { Endpoint } from "./aws/endpoint/endpoint";
import { eventsApi } from "./aws/events/api";
import type { Events } from "./aws/events/events";
import { guardDutyApi } from "./aws/guardduty/api";
import type { GuardDuty } from "./aws/guardduty/guardduty";
import type { Iam } from "./aws/iam/iam";
import type { Kms } from "./aws/kms/kms";
import type { Lambda } from "./aws/lambda/lambda";
import { logsApi } from "./aws/logs/api";
import type { Logs } from "./aws/logs/logs";
import { route53Api } from "./aws/route53/api";
import type { S3 } from "./aws/s3/s3";
import type { Sns } from "./aws/sns/sns";
import type { Sqs } from "./aws/sqs/sqs";
import type { Ssm } from "./aws/ssm/ssm";
import type { Account } from "./aws/types";
import { wafApi } from "./aws/waf/api";
import type { Registries } from "./registries";

/** The services of the local cloud, in the order in which they start. */
export interface Services {
  endpoint: Endpoint;
  logs: Logs;
  kms: Kms;
  s3: S3;
  dynamodb: DynamoDb;
  sns: Sns;
  cloudwatch: CloudWatch;
  sqs: Sqs;
  ssm: Ssm;
  lambda: Lambda;
  events: Events;
  guardduty: GuardDuty;
  codedeploy: CodeDeploy;
  cloudfront: CloudFront;
  apigateway: ApiGateway;
}

/** What answers the requests of SDKs, by the name that they are signed for. */
export function answersOf(
  iam: Iam,
  services: Services,
  { acm, budgets, logDeliveries, route53, waf }: Registries,
  access: ApiAccess,
): Record<string, RequestListener> {
  return {
    acm: acmApi(access, acm, (arn) => usersOf(arn, services, access.account)),
    apigateway: apiGatewayApi(access, services.apigateway),
    budgets: budgetsApi(access, budgets),
    cloudfront: services.cloudfront.answer,
    codedeploy: codeDeployApi(access, services.codedeploy),
    dynamodb: services.dynamodb.answer,
    events: eventsApi(access, services.events),
    guardduty: guardDutyApi(access, services.guardduty),
    iam: iam.answer,
    kms: services.kms.answer,
    lambda: services.lambda.answer,
    monitoring: cloudWatchApi(access, services.cloudwatch),
    logs: logsApi(access, services.logs, logDeliveries),
    route53: route53Api(access, route53),
    s3: services.s3.answer,
    sns: services.sns.answer,
    sqs: services.sqs.answer,
    ssm: services.ssm.answer,
    sts: iam.answerSts,
    wafv2: wafApi(access, waf),
  };
}

/**
 * ARNs of what uses a certificate. A domain name stands for itself here; AWS shows a load balancer that is API
 * Gateway's own.
 */
function usersOf(
  certificateArn: string,
  { apigateway, cloudfront }: Services,
  account: Account,
): string[] {
  const distributions = cloudfront
    .declared()
    .filter(({ config }) => config.certificateArn === certificateArn)
    .map(({ arn }) => arn);
  const domainNames = apigateway.domainNames
    .all()
    .filter(({ settings }) => settings.regionalCertificateArn === certificateArn)
    .map(({ name }) => gatewayArn(account, `domainnames/${name}`));
  return [...distributions, ...domainNames];
}

/** Variables that lead a function's SDK to the local services, and nowhere else. */
export function functionEndpoints(services: Services): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: services.endpoint.url,
    AWS_ENDPOINT_URL_S3: services.s3.url,
    AWS_ENDPOINT_URL_DYNAMODB: services.dynamodb.url,
    AWS_ENDPOINT_URL_KMS: services.kms.url,
    AWS_ENDPOINT_URL_SNS: services.sns.url,
    AWS_ENDPOINT_URL_SQS: services.sqs.url,
    AWS_ENDPOINT_URL_SSM: services.ssm.url,
    AWS_ENDPOINT_URL_CLOUDFRONT: services.cloudfront.url,
  };
}

/** What a developer's own tools need to look into the local cloud: `endpoints.json`. */
export function endpointsOf(
  iam: Iam,
  services: Services,
  account: Account,
): Readonly<Record<string, unknown>> {
  const { url } = services.endpoint;
  return {
    ...account,
    ...iam.administrator,
    aws: url,
    s3: services.s3.url,
    s3PlainHttp: services.s3.plainUrl,
    dynamodb: services.dynamodb.url,
    kms: services.kms.url,
    sns: services.sns.url,
    sqs: services.sqs.url,
    ssm: services.ssm.url,
    lambda: services.lambda.url,
    cloudfront: services.cloudfront.url,
    caFile: services.cloudfront.caFile,
    cdnPlainHttp: services.cloudfront.plainUrls,
  };
}
