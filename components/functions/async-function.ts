import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { keepFailures } from "../policies/grants";
import { recordedArgs } from "../recorded-args";
import type { FailureQueue } from "./failure-queue";
import { HandlerFunction, type HandlerFunctionArgs } from "./handler-function";
import type { InvocationTarget } from "./invocation-target";

/** How often Lambda tries an event again that the function failed on, within six hours. */
const retries = { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 6 * 60 * 60 };

/** Arguments of `AsyncFunction`. */
export interface AsyncFunctionArgs extends HandlerFunctionArgs {
  /** Where events go that the function failed on each time. */
  failures: FailureQueue;
}

/**
 * A function that AWS services invoke asynchronously: nobody waits for its answer, so Lambda tries
 * failed events again, and at last puts them, with the error, into a queue.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export class AsyncFunction extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly target: InvocationTarget;

  constructor(name: string, args: AsyncFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:ingest:AsyncFunction", name, recordedArgs(args), opts);
    const { failures, ...rest } = args;
    const statements = pulumi
      .all([args.statements, failures.queue.arn])
      .apply(([own, queueArn]) => [...own, keepFailures(queueArn)]);
    const handler = new HandlerFunction(name, { ...rest, statements }, { parent: this });
    this.function = handler.function;
    this.target = handler.target;
    // Lambda checks here that the role may send to the queue; it may, as the function, whose name
    // this takes, is made after its role has got the policy.
    new aws.lambda.FunctionEventInvokeConfig(
      `${name}-failures`,
      {
        functionName: this.target.functionName,
        ...this.target.qualified,
        ...retries,
        destinationConfig: { onFailure: { destination: failures.queue.arn } },
      },
      { parent: this },
    );
    this.registerOutputs({ function: this.function });
  }
}
