import { z } from "zod";
import { malformedPolicy } from "./malformed";
import type { PolicyDocument, PolicyStatement } from "./types";

/** Where a policy is attached, which decides what it has to say and must not. */
export type PolicyKind = "identity" | "resource" | "trust";

const texts = z.union([z.string(), z.array(z.string()).min(1)]);
const principal = z.union([
  z.literal("*"),
  z.record(z.string(), texts).refine((value) => Object.keys(value).length > 0),
]);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z
    .record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar).min(1)])))
    .optional(),
});

const policyDocument = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement).min(1)]),
});

/**
 * Reads a policy document and checks its grammar.
 *
 * @param source JSON text, or what was parsed from it.
 * @throws AwsError `MalformedPolicyDocument`, with what is wrong and where.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicyDocument(source: unknown, kind: PolicyKind): PolicyDocument {
  const result = policyDocument.safeParse(
    typeof source === "string" ? parseJson(source, kind) : source,
  );
  if (!result.success) {
    const [issue] = result.error.issues;
    const place = issue?.path.join(".");
    throw malformedPolicy(
      `Syntax errors in policy${place ? ` at ${place}` : ""}: ${issue?.message ?? "unknown"}`,
    );
  }
  const document = result.data as PolicyDocument;
  const statements = statementsOf(document);
  for (const each of statements) {
    checkStatement(each, kind);
  }
  const sids = statements.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  if (new Set(sids).size < sids.length) {
    throw malformedPolicy("Statement IDs (SID) in a single policy must be unique.");
  }
  return document;
}

/** The statements of `document`, of which there may be one that stands in no list. */
export function statementsOf(document: PolicyDocument): PolicyStatement[] {
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement];
}

/** Whether `${…}` is a variable: without a version AWS assumes the old one, in which it is plain text. */
export function hasVariables({ Version }: PolicyDocument): boolean {
  return Version === "2012-10-17";
}

/** One text or several, as a list. */
export function listOf(value: string | string[]): string[] {
  return Array.isArray(value) ? value : [value];
}

/**
 * Characters of a document as its quota counts them: white space is free.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function documentSize(source: string): number {
  return source.replace(/\s/g, "").length;
}

/** Trust policies are told so in other words. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
function parseJson(text: string, kind: PolicyKind): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem =
      kind === "trust" ? "This policy contains invalid Json" : "Syntax errors in policy";
    throw malformedPolicy(`${problem}: ${String(error)}`);
  }
}

function checkStatement(statement: PolicyStatement, kind: PolicyKind): void {
  const needs = (a: keyof PolicyStatement, b: keyof PolicyStatement, missing: string) => {
    if (statement[a] === undefined && statement[b] === undefined) {
      throw malformedPolicy(missing);
    }
    if (statement[a] !== undefined && statement[b] !== undefined) {
      throw malformedPolicy(`A statement cannot have both ${a} and ${b}.`);
    }
  };
  needs("Action", "NotAction", "Policy statement must contain actions.");
  if (kind === "trust") {
    forbids(statement, ["Resource", "NotResource"], "Has prohibited field Resource.");
    if (!listOf(statement.Action ?? []).every((action) => /^(sts:.*|\*)$/i.test(action))) {
      throw malformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.");
    }
  } else {
    needs("Resource", "NotResource", "Policy statement must contain resources.");
  }
  if (kind === "identity") {
    forbids(
      statement,
      ["Principal", "NotPrincipal"],
      "Policy document should not specify a principal.",
    );
    if (statement.Sid !== undefined && !/^[A-Za-z0-9]*$/.test(statement.Sid)) {
      throw malformedPolicy("Statement IDs (SID) must be alpha-numeric.");
    }
  } else {
    needs("Principal", "NotPrincipal", "Missing required field Principal.");
    if (statement.NotPrincipal !== undefined && statement.Effect === "Allow") {
      throw malformedPolicy("Allow with NotPrincipal is not allowed.");
    }
  }
}

function forbids(
  statement: PolicyStatement,
  fields: readonly (keyof PolicyStatement)[],
  message: string,
): void {
  if (fields.some((field) => statement[field] !== undefined)) {
    throw malformedPolicy(message);
  }
}
