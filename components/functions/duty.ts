import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Arns } from "../policies/grants";
import type { HandlerFunctionArgs } from "./handler-function";

/** What functions work with, and the variable of their environment that each is named in. */
const variables = {
  imagesBucket: "IMAGES_BUCKET",
  imagesTable: "IMAGES_TABLE",
  tagsTable: "TAGS_TABLE",
  idempotencyTable: "IDEMPOTENCY_TABLE",
  recordsTable: "RECORDS_TABLE",
  resultsBucket: "RESULTS_BUCKET",
  resultsTable: "RESULTS_TABLE",
  renditionsBucket: "RENDITIONS_BUCKET",
  imageDistribution: "DISTRIBUTION_ID",
  signingKey: "SIGNING_KEY_PARAMETER",
  usersTable: "USERS_TABLE",
  apiKeyParameter: "API_KEY_PARAMETER",
} as const;

/** Name of what a function works with. */
export type ResourceName = keyof typeof variables;

/** A bucket, table, key or parameter as functions know it. */
export interface NamedResource {
  /** What the SDK calls it by. */
  name: pulumi.Output<string>;
  arn: pulumi.Output<string>;
}

/** Renditions as functions know them that remove some. */
export type Renditions = Record<"renditionsBucket" | "imageDistribution", NamedResource>;

/** A bucket as functions know it; a table is known as it is. */
export function namedBucket({ bucket, arn }: Pick<aws.s3.Bucket, "bucket" | "arn">): NamedResource {
  return { name: bucket, arn };
}

/** What a function is told and what it may do. */
export type Duty = Pick<HandlerFunctionArgs, "environment" | "statements">;

/**
 * The duty of a function that works with these resources and no others.
 *
 * @param grant what it may do with them.
 * @param settings further variables of its environment.
 */
export function duty<Name extends ResourceName>(
  resources: Readonly<Record<Name, NamedResource>>,
  grant: (arns: Arns<Name>) => aws.iam.PolicyStatement[],
  settings: Record<string, pulumi.Input<string>> = {},
): Duty {
  const known = Object.entries<NamedResource>(resources) as [Name, NamedResource][];
  const names = known.map(([key, { name }]) => [variables[key], name] as const);
  const arns = Object.fromEntries(known.map(([key, { arn }]) => [key, arn]));
  return {
    environment: { ...Object.fromEntries(names), ...settings },
    statements: pulumi.all(arns).apply((values) => grant(values as Arns<Name>)),
  };
}

/** The duty of a function that has all of these. */
export function joinDuties(...duties: readonly Duty[]): Duty {
  return {
    environment: Object.assign(
      {},
      ...duties.map(({ environment }) => environment),
    ) as Duty["environment"],
    statements: pulumi.all(duties.map(({ statements }) => statements)).apply((all) => all.flat()),
  };
}
