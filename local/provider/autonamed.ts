/**
 * The input that Pulumi's AWS provider makes up where the program gives none: the logical name and a
 * suffix. Types that are not here have no name of their own.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming
 */
const nameInputs: Readonly<Record<string, string>> = {
  "aws:s3/bucket:Bucket": "bucket",
  ...Object.fromEntries(
    [
      "aws:apigateway/apiKey:ApiKey",
      "aws:apigateway/restApi:RestApi",
      "aws:apigateway/usagePlan:UsagePlan",
      "aws:cloudfront/cachePolicy:CachePolicy",
      "aws:cloudfront/originAccessControl:OriginAccessControl",
      "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
      "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
      "aws:cloudwatch/eventRule:EventRule",
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:cloudwatch/logStream:LogStream",
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "aws:dynamodb/table:Table",
      "aws:iam/policy:Policy",
      "aws:iam/role:Role",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:kms/alias:Alias",
      "aws:lambda/function:Function",
      "aws:sns/topic:Topic",
      "aws:sqs/queue:Queue",
    ].map((type) => [type, "name"]),
  ),
};

/** The input that names a resource of this type, if the provider makes it up where it is missing. */
export function nameInputOf(type: string): string | undefined {
  return nameInputs[type];
}
