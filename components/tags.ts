import * as pulumi from "@pulumi/pulumi";

/**
 * Types of this program that AWS can tag. A list, because the type alone does not tell whether a
 * resource takes tags, and AWS refuses them where it does not; a test holds it against the types
 * that the program creates.
 */
const taggableTypes: ReadonlySet<string> = new Set([
  "aws:acm/certificate:Certificate",
  "aws:apigateway/apiKey:ApiKey",
  "aws:apigateway/domainName:DomainName",
  "aws:apigateway/restApi:RestApi",
  "aws:apigateway/stage:Stage",
  "aws:apigateway/usagePlan:UsagePlan",
  "aws:budgets/budget:Budget",
  "aws:cloudfront/distribution:Distribution",
  "aws:cloudfront/function:Function",
  "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  "aws:cloudwatch/eventBus:EventBus",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:cloudwatch/logDelivery:LogDelivery",
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
  "aws:cloudwatch/logDeliverySource:LogDeliverySource",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:codedeploy/application:Application",
  "aws:codedeploy/deploymentGroup:DeploymentGroup",
  "aws:dynamodb/table:Table",
  "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:iam/policy:Policy",
  "aws:iam/role:Role",
  "aws:kms/key:Key",
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  "aws:lambda/function:Function",
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:sns/topic:Topic",
  "aws:sqs/queue:Queue",
  "aws:ssm/parameter:Parameter",
  "aws:wafv2/webAcl:WebAcl",
]);

/** Whether AWS can tag resources of this type of the program's. */
export function isTaggable(type: string): boolean {
  return taggableTypes.has(type);
}

/**
 * A transform that puts `tags` on every taggable resource; a resource's own tags win.
 *
 * The provider's `defaultTags` would do so too, but unseen by policies and tests, which read inputs.
 */
export function tagResources(tags: Readonly<Record<string, string>>): pulumi.ResourceTransform {
  return ({ type, props, opts }) =>
    isTaggable(type) ? { props: { ...props, tags: merge(tags, props) }, opts } : undefined;
}

interface Taggable {
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

function merge(tags: Readonly<Record<string, string>>, { tags: own }: Taggable) {
  return pulumi.output(own).apply((values) => ({ ...tags, ...values }));
}
