import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CodeDeployClient } from "@aws-sdk/client-codedeploy";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { z } from "zod";
import type { StackChoice } from "../stack-choice";
import { readEndpoints, readOutputs } from "../stack-outputs";

/** A function that is released. */
export interface Released {
  /** What it does, by which it is told. */
  operation: string;
  /** Name of its deployment group. */
  group: string;
  /** Name of the function. */
  function: string;
  /** The alias that is moved. */
  alias: string;
}

/** What releases a stack's functions, and who can be asked about it. */
export interface ReleasableStack {
  /** Name of the application in CodeDeploy. */
  application: string;
  functions: readonly Released[];
  codeDeploy: CodeDeployClient;
  lambda: LambdaClient;
  cloudWatch: CloudWatchClient;
  /** Milliseconds after which CodeDeploy is asked again. */
  intervalMs: number;
}

const name = z.string().min(1);

/** Outputs of the stack, as far as they are looked at. */
const stackOutputs = z.object({
  alertTopicArn: z.string().startsWith("arn:"),
  rollout: z
    .object({
      application: name,
      groups: z.record(name, z.object({ group: name, function: name, alias: name })),
    })
    .optional(),
});

/** What a local run writes for tools. */
const localEndpoints = z.object({
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  aws: z.url(),
});

/**
 * Connects to the stack that the command line names: to the local run that wrote its file of outputs, if there are
 * endpoints beside it, or to AWS, with the credentials that its tools find.
 *
 * @returns nothing for a stack without a rollout.
 * @throws UserError when its outputs cannot be had, or are not those of such a stack.
 */
export function connect(choice: StackChoice): ReleasableStack | undefined {
  const { alertTopicArn, rollout } = readOutputs(stackOutputs, choice);
  if (!rollout) {
    return undefined;
  }
  const endpoints = readEndpoints(localEndpoints, choice);
  const client = endpoints ? localClient(endpoints) : { region: alertTopicArn.split(":")[3] ?? "" };
  return {
    application: rollout.application,
    functions: Object.entries(rollout.groups).map(([operation, group]) => ({
      operation,
      ...group,
    })),
    codeDeploy: new CodeDeployClient(client),
    lambda: new LambdaClient(client),
    cloudWatch: new CloudWatchClient(client),
    intervalMs: endpoints ? 250 : 5000,
  };
}

function localClient({ region, aws, ...credentials }: z.output<typeof localEndpoints>) {
  return { region, endpoint: aws, credentials };
}
