import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionPeriodsDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/**
 * Largest image that fits into a Lambda event. The event has 6 MiB
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), of which 256 KiB are
 * set aside for headers, query and the other fields; base64 turns three bytes into four.
 */
export const largestUploadBytes = ((6 * 1024 - 256) * 1024 * 3) / 4;

/**
 * Largest image that is sure to be copied before `finalise-upload` gives up waiting: S3 copies some
 * hundred megabytes in a second, and 5 GiB at most in one request.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export const largestDirectUploadBytes = 1024 ** 3;

/**
 * What the stack's config holds, by key. Values arrive as text, whatever their type in YAML. There
 * is no default here: `Pulumi.yaml` declares them all, and Pulumi applies them.
 */
const settings = z.object({
  prefix: z
    .string()
    // S3 reserves the prefixes that are excluded. Thirty characters leave room for the longest
    // ending of a role's name, which IAM limits to 64.
    .regex(/^(?!xn--|sthree-|amzn-s3-demo-)[a-z][a-z0-9-]{0,28}[a-z0-9]$/)
    .describe(
      "2 to 30 lowercase letters, digits and hyphens, from a letter to a letter or digit, " +
        "not starting with xn--, sthree- or amzn-s3-demo-",
    ),
  environment: z
    .string()
    .regex(/^[\p{L}\p{N}_.:/=+@-]([\p{L}\p{Z}\p{N}_.:/=+@-]{0,254}[\p{L}\p{N}_.:/=+@-])?$/u)
    .describe("1 to 256 letters, digits, inner spaces and any of _ . : / = + - @"),
  alertEmail: z.email().describe("an e-mail address"),
  dynamoReadCapacity: integer(5, 40_000),
  dynamoWriteCapacity: integer(5, 40_000),
  logRetentionDays: z
    .string()
    .refine((text) => retentionPeriodsDays.map(String).includes(text))
    .transform(Number)
    .describe(`one of ${retentionPeriodsDays.join(", ")}`),
  dailyRequestQuota: integer(1, 2_147_483_647),
  processThrottleRate: integer(1, 10_000),
  processThrottleBurst: integer(1, 5_000),
  apiThrottleRate: integer(1, 10_000),
  apiThrottleBurst: integer(1, 5_000),
  maxUploadBytes: integer(1, largestUploadBytes),
  maxDirectUploadBytes: integer(1, largestDirectUploadBytes),
  maxImagePixels: integer(1, 2_147_483_647),
  resultsLockDays: integer(0, 36_500),
  protectData: flag(),
  manageApiGatewayAccount: flag(),
});

/** The stack's config, by the keys that `Pulumi.yaml` declares and describes. */
export type StackConfig = z.output<typeof settings>;

/** The keys of the config, in the order in which problems are listed. */
export const configKeys = Object.keys(settings.shape) as (keyof StackConfig)[];

/**
 * Reads the stack's config.
 *
 * @throws RunError that lists every problem: key, value given, values accepted.
 */
export function readStackConfig(config = new pulumi.Config()): StackConfig {
  const given: Record<string, string | undefined> = Object.fromEntries(
    configKeys.map((key) => [key, config.get(key)]),
  );
  const result = settings.safeParse(given);
  if (result.success) {
    return result.data;
  }
  const wrong = new Set(result.error.issues.map((issue) => issue.path[0]));
  const problems = configKeys
    .filter((key) => wrong.has(key))
    .map((key) => `  ${config.name}:${key} ${describeProblem(given[key], key)}`);
  throw new pulumi.RunError(`The stack's config is not accepted:\n${problems.join("\n")}`);
}

function describeProblem(value: string | undefined, key: keyof StackConfig): string {
  const given = value === undefined ? "is not set" : `is ${JSON.stringify(value)}`;
  return `${given}; accepted: ${settings.shape[key].description ?? ""}`;
}

function integer(lowest: number, highest: number) {
  return z
    .string()
    .regex(/^(0|[1-9]\d*)$/)
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest)
    .describe(`an integer from ${lowest} to ${highest}`);
}

function flag() {
  return z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .describe("true or false");
}
