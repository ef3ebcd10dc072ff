import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { InvocationTarget } from "./invocation-target";

/** What is run by a rule, and what its resources are called. */
export interface RuledFunction {
  target: InvocationTarget;
  /** Name of the permission, without `-invoke`. */
  permissionName: string;
  /** Name of the rule's target. */
  targetName: string;
}

/** Lets a rule run a function: nothing else is allowed to, and it is told to once it may. */
export function runByRule(
  rule: aws.cloudwatch.EventRule,
  { target, permissionName, targetName }: RuledFunction,
  parent: pulumi.Resource,
): void {
  const permission = new aws.lambda.Permission(
    `${permissionName}-invoke`,
    {
      action: "lambda:InvokeFunction",
      function: target.functionName,
      ...target.qualified,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    },
    { parent },
  );
  new aws.cloudwatch.EventTarget(
    targetName,
    { rule: rule.name, arn: target.arn },
    { parent, dependsOn: permission },
  );
}
