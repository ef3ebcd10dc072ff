import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { ListObjectVersionsCommand, S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { atEnd } from "../../support/at-end";
import { startLocalRun } from "../../support/local-run";

/** The stack's outputs, as `pulumi stack output --json --show-secrets` prints them. */
export interface StackOutputs {
  apiUrl: string;
  apiKey: string;
  cdnUrl: string;
  imagesBucket: string;
  resultsBucket: string;
  imagesTable: string;
  tagsTable: string;
  recordsTable: string;
  failuresQueueUrl: string;
  sweepFunction: string;
  alertTopicArn: string;
}

/** A running stack and the clients to look behind its API. */
export interface Stack {
  outputs: StackOutputs;
  s3: S3Client;
  documents: DynamoDBDocumentClient;
  lambda: LambdaClient;
  sqs: SQSClient;
  /** Certificate of the local CDN's authority; a deployed CDN needs none. */
  ca?: string;
}

let shared: Promise<Stack> | undefined;

/**
 * The stack under test: the one that `E2E_OUTPUTS` names, or a local run that all specs share.
 *
 * @returns a function for use inside the tests of this `describe`.
 */
export function useStack(): () => Stack {
  let stack: Stack | undefined;
  before("connect to the stack", async function () {
    this.timeout(180_000);
    const outputsFile = process.env.E2E_OUTPUTS;
    shared ??= outputsFile ? Promise.resolve(namedStack(outputsFile)) : localStack();
    stack = await shared;
  });
  return () => {
    if (!stack) {
      throw new Error("The stack is only there inside a test");
    }
    return stack;
  };
}

function deployedStack(outputs: StackOutputs): Stack {
  const region = outputs.alertTopicArn.split(":")[3] ?? "us-east-1";
  return {
    outputs,
    s3: new S3Client({ region }),
    documents: DynamoDBDocumentClient.from(new DynamoDBClient({ region })),
    lambda: new LambdaClient({ region }),
    sqs: new SQSClient({ region }),
  };
}

/** The stack whose outputs are in the file; a local run's has its endpoints beside it. */
function namedStack(path: string): Stack {
  return existsSync(join(dirname(path), "endpoints.json"))
    ? connect(dirname(path))
    : deployedStack(readJson(path) as StackOutputs);
}

async function localStack(): Promise<Stack> {
  // Policies have tests of their own.
  const run = await startLocalRun(["--no-policy"]);
  atEnd(() => run.remove());
  return connect(run.dataDir);
}

/** What a local run writes for tools. */
interface Endpoints {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  s3: string;
  dynamodb: string;
  lambda: string;
  sqs: string;
  caFile: string;
}

/** The clients and outputs of the local run with this data folder. */
export function connect(dataDir: string): Stack {
  const { region, accessKeyId, secretAccessKey, ...endpoints } = readJson(
    join(dataDir, "endpoints.json"),
  ) as Endpoints;
  const client = { region, credentials: { accessKeyId, secretAccessKey } };
  return {
    outputs: readJson(join(dataDir, "outputs.json")) as StackOutputs,
    s3: new S3Client({ ...client, endpoint: endpoints.s3, forcePathStyle: true }),
    documents: DynamoDBDocumentClient.from(
      new DynamoDBClient({ ...client, endpoint: endpoints.dynamodb }),
    ),
    lambda: new LambdaClient({ ...client, endpoint: endpoints.lambda }),
    sqs: new SQSClient({ ...client, endpoint: endpoints.sqs }),
    ca: readFileSync(endpoints.caFile, "utf8"),
  };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

/**
 * Everything that the image API keeps, or of one image alone: object versions, delete markers, rows
 * and entries of tags.
 */
export async function storedImages(stack: Stack, imageId = ""): Promise<string[]> {
  const { imagesBucket, imagesTable, tagsTable } = stack.outputs;
  const objects = await stack.s3.send(new ListObjectVersionsCommand({ Bucket: imagesBucket }));
  const [rows, tags] = await Promise.all(
    [imagesTable, tagsTable].map((TableName) =>
      stack.documents.send(new ScanCommand({ TableName, ConsistentRead: true })),
    ),
  );
  return [
    ...(objects.Versions ?? []).map((version) => `object ${String(version.Key)}`),
    ...(objects.DeleteMarkers ?? []).map((marker) => `delete marker ${String(marker.Key)}`),
    ...(rows?.Items ?? []).map((item) => `row ${String(item.imageId)}`),
    ...(tags?.Items ?? []).map((entry) => `tag ${String(entry.imageId)} ${String(entry.tag)}`),
  ]
    .filter((line) => line.includes(imageId))
    .sort();
}

/** Everything that POST /process has written. */
export async function storedResults(stack: Stack): Promise<string[]> {
  const objects = await stack.s3.send(
    new ListObjectVersionsCommand({ Bucket: stack.outputs.resultsBucket, Prefix: "results/" }),
  );
  return (objects.Versions ?? []).map((version) => String(version.Key)).sort();
}
