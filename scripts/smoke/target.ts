import { readFileSync } from "node:fs";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { z } from "zod";
import type { StackChoice } from "../stack-choice";
import { readEndpoints, readOutputs } from "../stack-outputs";

/** Outputs of the stack, as far as they are looked at. */
const stackOutputs = z.object({
  apiUrl: z.url(),
  apiKey: z.string().min(1),
  cdnUrl: z.url(),
  imagesCdnUrl: z.url(),
  imagesBucket: z.string().min(1),
  renditionsBucket: z.string().min(1),
  resultsBucket: z.string().min(1),
  alertTopicArn: z.string().startsWith("arn:"),
  oidcIssuer: z.string().optional(),
});

/** What a local run writes for tools. */
const localEndpoints = z.object({
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  aws: z.url(),
  s3: z.url(),
  caFile: z.string(),
});

/** The stack that is looked at. */
export interface Target {
  outputs: z.output<typeof stackOutputs>;
  /** Headers by which requests are let in. */
  credentials: Readonly<Record<string, string>>;
  /** Whether it is a local run, which has plain HTTP where AWS has TLS. */
  isLocal: boolean;
  /** Certificate of the local CDN's authority. */
  ca?: string;
  cloudWatch: CloudWatchClient;
  /** Where a bucket is asked for without credentials. */
  bucketUrl: (name: string) => string;
}

/**
 * Finds the stack that the command line names.
 *
 * @param token what `SMOKE_TOKEN` holds.
 * @throws UserError when its outputs cannot be had, or are not those of such a stack.
 */
export function findTarget(choice: StackChoice, token: string | undefined): Target {
  const outputs = readOutputs(stackOutputs, choice);
  const credentials: Target["credentials"] = token
    ? { authorization: `Bearer ${token}` }
    : { "x-api-key": outputs.apiKey };
  const endpoints = readEndpoints(localEndpoints, choice);
  return endpoints
    ? localTarget({ outputs, credentials }, endpoints)
    : deployedTarget({ outputs, credentials });
}

function deployedTarget(known: Pick<Target, "outputs" | "credentials">): Target {
  const region = known.outputs.alertTopicArn.split(":")[3] ?? "";
  return {
    ...known,
    isLocal: false,
    cloudWatch: new CloudWatchClient({ region }),
    bucketUrl: (name) => `https://${name}.s3.${region}.amazonaws.com/`,
  };
}

function localTarget(
  known: Pick<Target, "outputs" | "credentials">,
  { region, aws, s3, caFile, ...credentials }: z.output<typeof localEndpoints>,
): Target {
  return {
    ...known,
    isLocal: true,
    ca: readFileSync(caFile, "utf8"),
    cloudWatch: new CloudWatchClient({ region, endpoint: aws, credentials }),
    bucketUrl: (name) => `${s3}/${name}`,
  };
}
