import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Name of the alias by which functions with versions are invoked. */
const aliasName = "live";

/** How a function is invoked: as it is, or, where it has versions, by the alias that a release moves. */
export interface InvocationTarget {
  /** Name of the function, without the alias. */
  functionName: pulumi.Output<string>;
  /**
   * Name of the alias, if there is one, for the arguments of permissions, URLs and settings, which then are of it alone:
   * by none of them is invoked what is not released.
   */
  qualified: { qualifier?: pulumi.Output<string> };
  /** What events and schedules are sent to. */
  arn: pulumi.Output<string>;
  /** What API Gateway invokes. */
  invokeArn: pulumi.Output<string>;
}

/** A function, and how it is invoked. */
export interface InvokedFunction {
  readonly function: aws.lambda.Function;
  readonly target: InvocationTarget;
}

/** The function as it is now: each change of it is live at once. */
export function newestOf({ name, arn, invokeArn }: aws.lambda.Function): InvocationTarget {
  return { functionName: name, qualified: {}, arn, invokeArn };
}

/**
 * The alias of a function that publishes versions: it names the first one, and then the one that was released last.
 *
 * @param name of the function in the program.
 */
export function releasedOf(
  name: string,
  { name: functionName, version }: aws.lambda.Function,
  parent: pulumi.Resource,
): InvocationTarget {
  const alias = new aws.lambda.Alias(
    `${name}-${aliasName}`,
    { name: aliasName, functionName, functionVersion: version },
    // Releases move it, and Pulumi is not to move it back. An update of anything else would: there is nothing else.
    { parent, ignoreChanges: ["functionVersion", "routingConfig"] },
  );
  const { name: qualifier, arn, invokeArn } = alias;
  return { functionName, qualified: { qualifier }, arn, invokeArn };
}
