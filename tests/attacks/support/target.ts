import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { HttpRequest } from "@smithy/types";
import { operationsOf } from "../../../components/openapi/routes";
import type { RegisteredResource } from "../../../local/engine/registered-resource";
import type { Credentials } from "../../../local/aws/iam/types";
import { atEnd } from "../../support/at-end";
import { startFailing } from "../../support/failing-run";
import type { InProcessRun } from "../../support/in-process-run";
import { allForUsers } from "../../support/use-everything";

/** Those that may delete objects are last: what they have deleted, no other can be seen to read. */
export const functionNames = [
  ...operationsOf(true),
  "authorize",
  "render-image",
  "finalise-upload",
  "describe-image",
  "sweep-images",
] as const;
export type FunctionName = (typeof functionNames)[number];

/**
 * First folders of the keys that are tried in every bucket. Each holds a `seed`, but for the one
 * where what arrives is removed again.
 */
export const prefixes = ["images", "uploads", "results", "i", "other"] as const;
const seededPrefixes = prefixes.filter((prefix) => prefix !== "uploads");

/** A function whose credentials were stolen. */
export interface Victim {
  credentials: Credentials;
  /** Name of the deployed function, and of its sessions. */
  deployedName: string;
  roleName: string;
  roleArn: string;
  clients: Clients;
}

/** The SDK's clients, signing with the credentials of one victim. */
export interface Clients {
  s3: S3Client;
  dynamodb: DynamoDBClient;
  kms: KMSClient;
  sns: SNSClient;
  sqs: SQSClient;
  ssm: SSMClient;
  lambda: LambdaClient;
  cloudfront: CloudFrontClient;
}

/** A running stack that is attacked. */
export interface Target {
  run: InProcessRun;
  victims: Record<FunctionName, Victim>;
  region: string;
  s3Url: string;
  s3PlainUrl: string;
}

let shared: Promise<Target> | undefined;

/**
 * The stack that all attacks are tried on, with an object under every prefix of every bucket.
 *
 * @returns a function for use inside the tests of this `describe`.
 */
export function useTarget(): () => Target {
  let target: Target | undefined;
  before("start the target", async function () {
    this.timeout(120_000);
    shared ??= startTarget();
    target = await shared;
  });
  return () => {
    if (!target) {
      throw new Error("The target is only there inside a test");
    }
    return target;
  };
}

async function startTarget(): Promise<Target> {
  // What there is only where users are known is attacked as well.
  const run = await startFailing(allForUsers);
  atEnd(() => run.remove());
  const { imagesBucket, resultsBucket, renditionsBucket } = run.stack.outputs;
  for (const bucket of [imagesBucket, resultsBucket, renditionsBucket]) {
    for (const prefix of seededPrefixes) {
      const object = { Bucket: bucket, Key: `${prefix}/seed`, Body: "seed" };
      await run.stack.s3.send(new PutObjectCommand(object));
    }
  }
  const endpoints = run.cloud.endpoints as Record<string, string>;
  const victims = functionNames.map((name) => [name, victimOf(run, name)] as const);
  return {
    run,
    victims: Object.fromEntries(victims) as Record<FunctionName, Victim>,
    region: endpoints.region ?? "",
    s3Url: endpoints.s3 ?? "",
    s3PlainUrl: endpoints.s3PlainHttp ?? "",
  };
}

/** The resource of a type whose logical name ends so. */
export function resourceNamed(run: InProcessRun, type: string, end: string): RegisteredResource {
  const resource = run.resourcesOf(type).find(({ name }) => name.endsWith(end));
  if (!resource) {
    throw new Error(`There is no ${type} whose name ends with ${end}`);
  }
  return resource;
}

/** Names of the distributions: of results, and of renditions of images. */
export const distributionNames = ["edge", "imageEdge"] as const;
export type DistributionName = (typeof distributionNames)[number];

export function distributionOf(run: InProcessRun, name: DistributionName): RegisteredResource {
  const { cdnUrl, imagesCdnUrl } = run.stack.outputs;
  const { host } = new URL(name === "edge" ? cdnUrl : imagesCdnUrl);
  const distribution = run
    .resourcesOf("aws:cloudfront/distribution:Distribution")
    .find(({ outputs }) => outputs?.domainName === host);
  if (!distribution) {
    throw new Error(`There is no distribution at ${host}`);
  }
  return distribution;
}

/** Opens a session of the function's role, as Lambda does for each of the function's processes. */
function victimOf(run: InProcessRun, name: FunctionName): Victim {
  const { id: deployedName = "" } = resourceNamed(run, "aws:lambda/function:Function", name);
  const role = resourceNamed(run, "aws:iam/role:Role", `${name}-role`);
  const roleArn = String(role.outputs?.arn);
  const credentials = run.cloud.iam.assumeRole({
    roleArn,
    sessionName: deployedName,
    service: "lambda.amazonaws.com",
  });
  const clients = clientsOf(run.cloud.endpoints as Record<string, string>, credentials);
  return { credentials, deployedName, roleName: role.id ?? "", roleArn, clients };
}

/**
 * Clients that sign with these credentials.
 *
 * @param requestHandler sends what they have made, in the place of HTTP.
 */
export function clientsOf(
  endpoints: Readonly<Record<string, string>>,
  credentials: Credentials,
  requestHandler?: { handle: (request: HttpRequest) => Promise<never> },
): Clients {
  const { region = "", s3, dynamodb, kms, sns, sqs, ssm, lambda, cloudfront } = endpoints;
  const options = (endpoint = "") => ({
    ...{ region, endpoint, credentials, maxAttempts: 1 },
    ...(requestHandler && { requestHandler }),
  });
  return {
    s3: new S3Client({ ...options(s3), forcePathStyle: true }),
    dynamodb: new DynamoDBClient(options(dynamodb)),
    kms: new KMSClient(options(kms)),
    sns: new SNSClient(options(sns)),
    sqs: new SQSClient(options(sqs)),
    ssm: new SSMClient(options(ssm)),
    lambda: new LambdaClient(options(lambda)),
    cloudfront: new CloudFrontClient(options(cloudfront)),
  };
}
