import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { z } from "zod";
import { findCommand } from "../../local/cli/find-command";
import { UserError } from "../../local/cli/user-error";
import { endpointsFileBeside, readJsonFile } from "../read-outputs";
import type { SmokeOptions } from "./options";

const root = join(__dirname, "../..");

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
export function findTarget(
  { stack, outputs: file = ".local/outputs.json" }: SmokeOptions,
  token: string | undefined,
): Target {
  const outputs =
    stack === undefined
      ? read(stackOutputs, file)
      : check(stackOutputs, outputsOf(stack), `Stack ${stack}`);
  const credentials: Target["credentials"] = token
    ? { authorization: `Bearer ${token}` }
    : { "x-api-key": outputs.apiKey };
  const endpointsFile = stack === undefined ? endpointsFileBeside(file) : undefined;
  return endpointsFile !== undefined
    ? localTarget({ outputs, credentials }, read(localEndpoints, endpointsFile))
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

/** Asks the CLI, which knows where the state is and how it is encrypted. */
function outputsOf(stack: string): unknown {
  const cli = findCommand("pulumi", join(root, "node_modules"));
  if (cli === undefined) {
    throw new UserError(
      "There is no Pulumi CLI on the PATH to ask for the stack's outputs: install it, or give --outputs a file.",
    );
  }
  try {
    const args = ["stack", "output", "--json", "--show-secrets", "--stack", stack];
    const told = execFileSync(cli, args, { cwd: root, encoding: "utf8", stdio: "pipe" });
    return JSON.parse(told);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new UserError(
      `pulumi does not tell the outputs of ${stack}: ${(stderr ?? String(error)).trim()}`,
      { cause: error },
    );
  }
}

function read<T>(schema: z.ZodType<T>, file: string): T {
  const value = readJsonFile(
    file,
    ": --outputs names a file that has what pulumi stack output --json --show-secrets prints, " +
      "and --stack a stack that the Pulumi CLI is asked about.",
  );
  return check(schema, value, file);
}

function check<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (!success) {
    throw new UserError(`${what} has not the outputs of such a stack:\n${z.prettifyError(error)}`);
  }
  return data;
}
