import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { z } from "zod";
import { UserError } from "../../local/cli/user-error";
import { endpointsFileBeside, outputsFileOf, readJsonFile, readOutputsFile } from "../read-outputs";
import type { OutputsChoice } from "../stack-choice";

/** The failure queue and who can be asked about it. */
export interface Connection {
  queueUrl: string;
  sqs: SQSClient;
  lambda: LambdaClient;
  streams: DynamoDBStreamsClient;
}

const stackOutputs = z.object({ failuresQueueUrl: z.url() });

/** What a local run writes for tools. */
const localEndpoints = z.object({
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sqs: z.url(),
  lambda: z.url(),
  dynamodb: z.url(),
});

/**
 * Connects to the stack whose outputs are in a file: to the local run that wrote it, if there are
 * endpoints beside it, or to AWS, with the credentials that its tools find.
 *
 * @throws UserError when a file is missing or is none of these.
 */
export function connect(choice: OutputsChoice): Connection {
  const outputsFile = outputsFileOf(choice);
  const outputs = readOutputsFile(choice, "--outputs names the file of a stack's outputs.");
  const { failuresQueueUrl: queueUrl } = check(stackOutputs, outputs, outputsFile);
  const endpointsFile = endpointsFileBeside(outputsFile);
  if (endpointsFile === undefined) {
    const region = regionOf(queueUrl);
    return {
      queueUrl,
      sqs: new SQSClient({ region }),
      lambda: new LambdaClient({ region }),
      streams: new DynamoDBStreamsClient({ region }),
    };
  }
  const { region, sqs, lambda, dynamodb, ...credentials } = check(
    localEndpoints,
    readJsonFile(endpointsFile),
    endpointsFile,
  );
  const client = { region, credentials };
  return {
    queueUrl,
    sqs: new SQSClient({ ...client, endpoint: sqs }),
    lambda: new LambdaClient({ ...client, endpoint: lambda }),
    streams: new DynamoDBStreamsClient({ ...client, endpoint: dynamodb }),
  };
}

/** @param queueUrl such as `https://sqs.us-east-1.amazonaws.com/123456789012/failures`. */
function regionOf(queueUrl: string): string {
  const [, region] = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com/.exec(queueUrl) ?? [];
  if (region === undefined) {
    throw new UserError(`${queueUrl} is no URL of a queue in AWS, and there is no endpoints.json.`);
  }
  return region;
}

function check<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (!success) {
    throw new UserError(`${file}: ${z.prettifyError(error)}`);
  }
  return data;
}
