import { createHash } from "node:crypto";
import { parse } from "yaml";
import { z } from "zod";
import { messageOf } from "../../message-of";
import { isObject } from "../../is-object";
import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";

/** Which version of a function an alias leads to, and which one it is to lead to. */
export interface VersionShift {
  functionName: string;
  alias: string;
  currentVersion: string;
  targetVersion: string;
}

/** The text of an AppSpec file and its SHA-256 in hex, by either of the names that it can have. */
export interface Revision {
  revisionType: "AppSpecContent" | "String";
  content: string;
  sha256: string;
}

const rawContent = z.object({ content: z.string().optional(), sha256: z.string().optional() });

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_RevisionLocation.html */
export const revisionInput = z.object({
  revisionType: z.enum(["S3", "GitHub", "String", "AppSpecContent"]).optional(),
  string: rawContent.optional(),
  appSpecContent: rawContent.optional(),
});

/** Keys are in lower case here: CodeDeploy's own documentation writes them in several ways. */
const appSpec = z.object({
  version: z.union([z.literal(0), z.literal("0.0")], "be 0.0"),
  resources: z
    .array(
      z.record(
        z.string(),
        z.object({
          type: z.literal("AWS::Lambda::Function", "be AWS::Lambda::Function"),
          properties: z.object({
            name: text("the name of a function"),
            alias: text("the name of an alias"),
            currentversion: version(),
            targetversion: version(),
          }),
        }),
      ),
    )
    .refine(
      (list) => list.flatMap((each) => Object.values(each)).length === 1,
      "have one resource",
    ),
  hooks: z.array(z.record(z.string(), z.string())).nullish(),
});

/**
 * Reads what is to be deployed.
 *
 * @throws AwsError `InvalidRevisionException`; `NotImplemented` for revisions in buckets and repositories.
 */
export function readRevision(input: z.output<typeof revisionInput>): Revision {
  const { revisionType } = input;
  if (revisionType === "S3" || revisionType === "GitHub") {
    throw notEmulated(`revisions of the type ${revisionType} of CodeDeploy`);
  }
  const given = revisionType === "String" ? input.string : input.appSpecContent;
  if (revisionType === undefined || given?.content === undefined || given.content === "") {
    throw invalid("it has no content of its type");
  }
  const sha256 = createHash("sha256").update(given.content).digest("hex");
  if (given.sha256 !== undefined && given.sha256.toLowerCase() !== sha256) {
    throw invalid(`the SHA-256 of its content is ${sha256}, not ${given.sha256}`);
  }
  return { revisionType, content: given.content, sha256 };
}

/**
 * Reads an AppSpec file, in YAML or JSON, of Lambda's platform.
 *
 * @throws AwsError `InvalidRevisionException`; `NotImplemented` for hooks.
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 */
export function readAppSpec({ content }: Revision): VersionShift {
  const result = appSpec.safeParse(withLowerKeys(parsed(content)));
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue?.path.join(".") ?? "";
    throw invalid(`${where === "" ? "the AppSpec" : where} must ${issue?.message ?? ""}`);
  }
  const { resources, hooks } = result.data;
  if (hooks?.some((each) => Object.keys(each).length > 0)) {
    throw notEmulated("hooks of deployments of CodeDeploy");
  }
  const [resource] = resources.flatMap((each) => Object.values(each));
  if (!resource) {
    throw invalid("the AppSpec must have one resource");
  }
  const { name, alias, currentversion, targetversion } = resource.properties;
  return {
    functionName: name,
    alias,
    currentVersion: currentversion,
    targetVersion: targetversion,
  };
}

/** The revision that a rollback deploys. */
export function revisionOf(shift: VersionShift): Revision {
  const content = JSON.stringify({
    version: 0,
    Resources: [
      {
        [shift.functionName]: {
          Type: "AWS::Lambda::Function",
          Properties: {
            Name: shift.functionName,
            Alias: shift.alias,
            CurrentVersion: shift.currentVersion,
            TargetVersion: shift.targetVersion,
          },
        },
      },
    ],
  });
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { revisionType: "AppSpecContent", content, sha256 };
}

function text(what: string) {
  return z.string(`be ${what}`).min(1, `be ${what}`);
}

/** YAML makes a number of a version that is in no quotes. */
function version() {
  const message = "be a positive integer";
  return z
    .union([z.string(), z.number()], message)
    .transform(String)
    .pipe(z.string().regex(/^[1-9]\d*$/, message));
}

function parsed(content: string): unknown {
  try {
    return parse(content) as unknown;
  } catch (error) {
    throw invalid(`its content is neither YAML nor JSON: ${messageOf(error)}`);
  }
}

/** Names of resources and functions are values, or keys that say nothing. */
function withLowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withLowerKeys);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, part]) => [key.toLowerCase(), withLowerKeys(part)]),
      )
    : value;
}

function invalid(why: string): AwsError {
  return new AwsError("InvalidRevisionException", `The revision is not valid: ${why}`);
}
