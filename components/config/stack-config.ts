import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { RenditionSettings } from "../../handlers/renditions/settings";
import { origins } from "../edge/origins";
import { boundaryShape } from "../permissions-boundary";
import { type Capacity, capacityShape, provisioned } from "./capacity-config";
import { concurrencyShape, readConcurrency, type ReservedConcurrency } from "./concurrency-config";
import {
  type ConfigProblem,
  configProblems,
  configRefusal,
  givenConfig,
  type GivenConfig,
} from "./config-problems";
import { flag, integer, keyNames } from "./config-values";
import { edgeShape, readEdge, type EdgeSettings } from "./edge-config";
import { eventsShape } from "./events-config";
import { operationsProblems, operationsShape } from "./operations-config";
import { readRenditions, renditionShape } from "./rendition-config";
import { rolloutShape } from "./rollout-config";
import { readUsers, userShape, type UserSettings } from "./user-config";

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
 * Largest image that can be described and rendered: `describe-image` keeps it in `/tmp`, of which Lambda gives 512 MB,
 * and the renderer twice in its memory. S3 copies as much within a few seconds, before `finalise-upload` gives up
 * waiting.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const largestDirectUploadBytes = 400 * 1024 * 1024;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-shield.html */
const originShieldRegions = [
  "us-east-1",
  "us-east-2",
  "us-west-2",
  "ap-south-1",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "sa-east-1",
  "me-central-1",
];

/** Seconds in a week: longer, and a URL that has got into wrong hands is a gift. */
const weekSeconds = 7 * 24 * 60 * 60;

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
  ...capacityShape,
  logRetentionDays: z
    .string()
    .refine((text) => retentionPeriodsDays.map(String).includes(text))
    .transform(Number)
    .describe(`one of ${retentionPeriodsDays.join(", ")}`),
  xrayTracing: flag(),
  detailedMetrics: flag(),
  detailedLogs: flag(),
  ...concurrencyShape,
  apiKeys: keyNames(),
  dailyRequestQuota: integer(1, 2_147_483_647),
  processThrottleRate: integer(1, 10_000),
  processThrottleBurst: integer(1, 5_000),
  apiThrottleRate: integer(1, 10_000),
  apiThrottleBurst: integer(1, 5_000),
  maxUploadBytes: integer(1, largestUploadBytes),
  maxDirectUploadBytes: integer(1, largestDirectUploadBytes),
  maxImagePixels: integer(1, 2_147_483_647),
  resultsLockDays: integer(0, 36_500),
  bucketAccessLogs: flag(),
  bucketAccessLogDays: integer(1, 36_500),
  protectData: flag(),
  manageApiGatewayAccount: flag(),
  ...boundaryShape,
  ...renditionShape,
  renditionExpireDays: integer(1, 36_500),
  maxUrlSeconds: integer(60, weekSeconds),
  urlWindowSeconds: integer(1, weekSeconds),
  urlSigningKeys: keyNames(),
  originShieldRegion: z
    .enum(["", ...originShieldRegions])
    .describe(`empty, or one of ${originShieldRegions.join(", ")}`),
  stripLocation: flag(),
  malwareScan: flag(),
  allowedOrigins: origins(),
  ...edgeShape,
  ...userShape,
  ...eventsShape,
  ...operationsShape,
  ...rolloutShape,
});

/** The stack's config, by the keys that `Pulumi.yaml` declares and describes. */
export type StackConfig = Omit<z.output<typeof settings>, keyof typeof concurrencyShape> & {
  /** What `reservedConcurrency` says, by function. */
  reservedConcurrency: ReservedConcurrency;
  /** What `dynamoReadCapacity` and `dynamoWriteCapacity` say; nothing where that is on demand. */
  recordsCapacity: Capacity | undefined;
  /** What `presets`, `presetsOnly`, `publicPresets` and `watermark` say. */
  renditions: RenditionSettings;
  /** What the keys from `domainName` to `cdnAccessLogDays` say. */
  edge: EdgeSettings;
  /** What the keys from `oidcIssuer` on say; nothing where there is no issuer. */
  users: UserSettings | undefined;
};

type ConfigKey = keyof z.output<typeof settings>;

/** The keys of the config, in the order in which problems are listed. */
export const configKeys = Object.keys(settings.shape) as ConfigKey[];

/** Keys that `Pulumi.yaml` can only leave empty: no value suits everybody. */
export const requiredKeys: ReadonlySet<ConfigKey> = new Set(["alertEmail"]);

/** What a config is read for. */
export interface ConfigSurroundings {
  /** The stack's name. */
  stack: string;
  /** Tells where the issuer of a local run is. */
  environment: NodeJS.ProcessEnv;
}

/**
 * Reads the stack's config.
 *
 * @throws RunError that lists every problem: key, value given, values accepted, and how to set what is not.
 */
export function readStackConfig(
  config = new pulumi.Config(),
  surroundings: ConfigSurroundings = { stack: pulumi.getStack(), environment: process.env },
): StackConfig {
  const checked = checkStackConfig(givenConfig(config, configKeys), surroundings);
  if (checked.config) {
    return checked.config;
  }
  throw configRefusal(config, checked.problems);
}

/** Checks values of a stack's config, by key: all that {@link readStackConfig} does, without a program. */
export function checkStackConfig(
  given: GivenConfig,
  { stack, environment }: ConfigSurroundings,
): { config?: StackConfig; problems: readonly ConfigProblem[] } {
  const result = settings.safeParse(given);
  const renditions = readRenditions(given);
  const edge = readEdge(given);
  const users = readUsers(given, environment);
  const concurrency = readConcurrency(given, {
    hasUsers: given.oidcIssuer !== "",
    publishesEvents: given.publishEvents !== "false",
  });
  const joint = [
    ...renditions.problems,
    ...edge.problems,
    ...users.problems,
    ...concurrency.problems,
    ...operationsProblems(given),
  ];
  if (result.success && renditions.settings && edge.settings && joint.length === 0) {
    const config = {
      ...result.data,
      recordsCapacity: provisioned(result.data),
      renditions: renditions.settings,
      edge: edge.settings,
      users: users.settings,
      reservedConcurrency: concurrency.settings,
    };
    return { config, problems: [] };
  }
  const rules = { schema: settings, requiredKeys, stack };
  return { problems: configProblems(rules, given, result.error, joint) };
}
