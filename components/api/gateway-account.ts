import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
const trustPolicy: aws.iam.PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
};

/**
 * Lets API Gateway write logs, by the role that is set for the account. Without it a stage that logs
 * cannot be created.
 *
 * There is one such setting in each region, shared by all APIs of the account. So what is made here
 * stays when the stack is deleted: other stacks' APIs would stop logging, without a sign.
 */
export class GatewayAccount extends pulumi.ComponentResource {
  readonly account: aws.apigateway.Account;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:api:GatewayAccount", name, {}, opts);
    const child = { parent: this, retainOnDelete: true };
    const role = new aws.iam.Role(
      `${name}-logging-role`,
      { assumeRolePolicy: JSON.stringify(trustPolicy) },
      child,
    );
    const { partition } = aws.getPartitionOutput({}, { parent: this });
    const attachment = new aws.iam.RolePolicyAttachment(
      `${name}-logging-policy`,
      {
        role: role.name,
        policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
      },
      child,
    );
    this.account = new aws.apigateway.Account(
      name,
      { cloudwatchRoleArn: role.arn },
      // API Gateway tries the role when it is set.
      { ...child, dependsOn: attachment },
    );
    this.registerOutputs({ account: this.account });
  }
}
