import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { ListObjectVersionsCommand, S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { Budget } from "./budget";
import { type Made, nothingMade } from "./made";

/** The stack's outputs, as `pulumi stack output --json --show-secrets` prints them. */
export interface StackOutputs {
  apiUrl: string;
  apiKey: string;
  /** By name, only with several. */
  apiKeys?: Record<string, string>;
  cdnUrl: string;
  imagesCdnUrl: string;
  imagesBucket: string;
  renditionsBucket: string;
  resultsBucket: string;
  imagesTable: string;
  tagsTable: string;
  recordsTable: string;
  resultsTable: string;
  /** Only with an issuer. */
  oidcIssuer?: string;
  /** Only with an issuer. */
  usersTable?: string;
  /** Only where events are published. */
  eventBusName?: string;
  failuresQueueUrl: string;
  finaliseFunction: string;
  sweepFunction: string;
  alertTopicArn: string;
}

/** A running stack and the clients to look behind its API. */
export interface Stack {
  outputs: StackOutputs;
  /** Headers by which requests are let in: the stack's API key, or the token of a user. */
  credentials: Readonly<Record<string, string>>;
  s3: S3Client;
  documents: DynamoDBDocumentClient;
  lambda: LambdaClient;
  sqs: SQSClient;
  /** What this process has made in it. */
  made: Made;
  /** Requests that this process may still make. */
  budget: Budget;
  /** Certificate of the local CDN's authority; a deployed CDN needs none. */
  ca?: string;
  /** Where the local CDN is by plain HTTP, by its host and port, for browsers; a deployed CDN needs none. */
  cdnPlainHttp?: Readonly<Record<string, string>>;
}

function deployedStack(outputs: StackOutputs): Stack {
  const region = regionOf({ outputs });
  return {
    outputs,
    credentials: keyOf(outputs),
    s3: new S3Client({ region }),
    documents: DynamoDBDocumentClient.from(new DynamoDBClient({ region })),
    lambda: new LambdaClient({ region }),
    sqs: new SQSClient({ region }),
    made: nothingMade(),
    budget: new Budget(),
  };
}

/** The region that a deployed stack is in. */
export function regionOf({ outputs }: Pick<Stack, "outputs">): string {
  return outputs.alertTopicArn.split(":")[3] ?? "us-east-1";
}

/** The stack whose outputs are in the file; a local run's has its endpoints beside it. */
export function namedStack(path: string): Stack {
  return existsSync(join(dirname(path), "endpoints.json"))
    ? connect(dirname(path))
    : deployedStack(readJson(path) as StackOutputs);
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
  cdnPlainHttp: Record<string, string>;
}

/** The clients and outputs of the local run with this data folder. */
export function connect(dataDir: string): Stack {
  const { region, accessKeyId, secretAccessKey, ...endpoints } = readJson(
    join(dataDir, "endpoints.json"),
  ) as Endpoints;
  const client = { region, credentials: { accessKeyId, secretAccessKey } };
  const outputs = readJson(join(dataDir, "outputs.json")) as StackOutputs;
  return {
    outputs,
    credentials: keyOf(outputs),
    s3: new S3Client({ ...client, endpoint: endpoints.s3, forcePathStyle: true }),
    documents: DynamoDBDocumentClient.from(
      new DynamoDBClient({ ...client, endpoint: endpoints.dynamodb }),
    ),
    lambda: new LambdaClient({ ...client, endpoint: endpoints.lambda }),
    sqs: new SQSClient({ ...client, endpoint: endpoints.sqs }),
    made: nothingMade(),
    budget: new Budget(),
    ca: readFileSync(endpoints.caFile, "utf8"),
    cdnPlainHttp: endpoints.cdnPlainHttp,
  };
}

function keyOf({ apiKey }: StackOutputs): Stack["credentials"] {
  return { "x-api-key": apiKey };
}

/** The same stack, asked by whom a token names. */
export function withToken<Given extends Stack>(stack: Given, token: string): Given {
  return { ...stack, credentials: { authorization: `Bearer ${token}` } };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

/**
 * Everything that the image API keeps, or of one image alone: versions of objects and of renditions,
 * delete markers, rows and entries of tags.
 */
export async function storedImages(stack: Stack, imageId = ""): Promise<string[]> {
  const { imagesBucket, renditionsBucket, imagesTable, tagsTable } = stack.outputs;
  const objects = await stack.s3.send(new ListObjectVersionsCommand({ Bucket: imagesBucket }));
  const renditions = await stack.s3.send(
    new ListObjectVersionsCommand({ Bucket: renditionsBucket, Prefix: `i/${imageId}` }),
  );
  const [rows, tags] = await Promise.all(
    [imagesTable, tagsTable].map((TableName) =>
      stack.documents.send(new ScanCommand({ TableName, ConsistentRead: true })),
    ),
  );
  return [
    ...(objects.Versions ?? []).map((version) => `object ${String(version.Key)}`),
    ...(renditions.Versions ?? []).map((version) => `rendition ${String(version.Key)}`),
    ...[...(objects.DeleteMarkers ?? []), ...(renditions.DeleteMarkers ?? [])].map(
      (marker) => `delete marker ${String(marker.Key)}`,
    ),
    ...(rows?.Items ?? []).map((item) => `row ${String(item.imageId)}`),
    ...(tags?.Items ?? []).map((entry) => `tag ${String(entry.imageId)} ${String(entry.tag)}`),
  ]
    .filter((line) => line.includes(imageId))
    .sort();
}

/** Everything that POST /process has written: objects, and rows that list them. */
export async function storedResults(stack: Stack): Promise<string[]> {
  const objects = await stack.s3.send(
    new ListObjectVersionsCommand({ Bucket: stack.outputs.resultsBucket, Prefix: "results/" }),
  );
  const rows = await stack.documents.send(
    new ScanCommand({ TableName: stack.outputs.resultsTable, ConsistentRead: true }),
  );
  return [
    ...(objects.Versions ?? []).map((version) => String(version.Key)),
    ...(rows.Items ?? []).map((item) => `row ${String(item.s3Key)}`),
  ].sort();
}
