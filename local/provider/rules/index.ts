import { acmRules } from "./acm";
import { apigatewayRules } from "./apigateway";
import { budgetsRules } from "./budgets";
import { distributionRules } from "./cloudfront-distribution";
import { checkInputs } from "./check";
import { cloudfrontPolicyRules } from "./cloudfront-policies";
import { cloudwatchRules } from "./cloudwatch";
import { codedeployRules } from "./codedeploy";
import { dynamodbRules } from "./dynamodb";
import { eventsRules } from "./events";
import { guarddutyRules } from "./guardduty";
import { iamRules } from "./iam";
import { kmsRules } from "./kms";
import { lambdaRules } from "./lambda";
import { logDeliveryRules } from "./log-deliveries";
import { randomRules } from "./random";
import type { Given, RulesByType } from "./rule";
import { route53Rules } from "./route53";
import { s3BucketRules } from "./s3-bucket";
import { s3ConfigurationRules } from "./s3-configuration";
import { s3ObjectRules } from "./s3-object";
import { snsRules } from "./sns";
import { sqsRules } from "./sqs";
import { ssmRules } from "./ssm";
import { tlsRules } from "./tls";
import { wafv2Rules } from "./wafv2";

/**
 * What Pulumi's providers accept of each type that the local cloud emulates, before they call AWS.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service
 */
export const providerRules: RulesByType = {
  ...acmRules,
  ...apigatewayRules,
  ...budgetsRules,
  ...cloudfrontPolicyRules,
  ...cloudwatchRules,
  ...codedeployRules,
  ...distributionRules,
  ...dynamodbRules,
  ...eventsRules,
  ...guarddutyRules,
  ...iamRules,
  ...kmsRules,
  ...lambdaRules,
  ...logDeliveryRules,
  ...randomRules,
  ...route53Rules,
  ...s3BucketRules,
  ...s3ConfigurationRules,
  ...s3ObjectRules,
  ...snsRules,
  ...sqsRules,
  ...ssmRules,
  ...tlsRules,
  ...wafv2Rules,
};

/** What the provider would refuse of a resource, a sentence each; nothing for a type without rules. */
export function checkByProviderRules(type: string, inputs: Given): string[] {
  const rules = providerRules[type];
  return rules ? checkInputs(rules, inputs) : [];
}
