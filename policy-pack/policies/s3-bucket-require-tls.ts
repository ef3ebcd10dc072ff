import { matchesPattern } from "../lib/pattern";
import {
  type Condition,
  hasOperator,
  type Statement,
  statementsOf,
  type Text,
} from "../lib/policy-document";
import { cis, fsbp } from "../lib/reference";
import type { Block } from "../lib/resource";
import { stackRule } from "../lib/rule";
import { allOf, anyOf, is, not, type Truth } from "../lib/truth";
import { bucketTypes } from "../lib/types";
import { unknownValue } from "../lib/values";

export const s3BucketRequireTls = stackRule({
  name: "s3-bucket-require-tls",
  description: "S3 buckets refuse requests without TLS.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("S3.5"), cis("2.1.1")],
  remediationSteps:
    'Deny s3:* to principal "*" on the bucket and its objects where aws:SecureTransport is false.',
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
  types: bucketTypes,
  check(bucket, report, _settings, stack) {
    const separate = stack.referring(bucket, "bucket", ["aws:s3/bucketPolicy:BucketPolicy"]);
    const name = bucket.record.inEffect("bucket");
    if (!bucket.some([bucket, ...separate], (holder) => deniesPlainHttp(holder, name))) {
      report("has no policy that refuses requests without TLS");
    }
  },
});

function deniesPlainHttp(holder: Block, bucketName: unknown): boolean {
  const statements = statementsOf(holder.declared("policy"));
  return holder.mayHold(
    anyOf(statements.map((statement) => isTlsOnly(statement, bucketName))),
    "policy",
  );
}

/** Whether the statement denies it on all objects, without an exception. */
function isTlsOnly(statement: Statement, bucketName: unknown): Truth {
  const { allows, principals, actions, resources, excepts, conditions } = statement;
  return allOf([
    not(allows),
    anyOf(principals.map(({ type, id }) => allOf([is(type, "AWS"), is(id, "*")]))),
    anyOf(actions.map(isEveryAction)),
    not(excepts.resources),
    anyOf(resources.map((arn) => coversObjects(arn, bucketName))),
    // All conditions of a statement have to hold, so that a second one would be an exception.
    conditions.length === 1,
    ...conditions.map(isPlainHttp),
  ]);
}

function isEveryAction(action: Text): Truth {
  return action === unknownValue ? unknownValue : ["*", "s3:*"].includes(action.toLowerCase());
}

/** Whether the resource of a statement stands for all objects of the bucket: not for the bucket alone, nor for a part of them. */
function coversObjects(arn: Text, bucketName: unknown): Truth {
  if (arn === unknownValue) {
    return unknownValue;
  }
  const [, name = "", key = ""] = /^arn:[^:]*:s3:::([^/]*)(?:\/(.*))?$/.exec(arn) ?? [];
  const coversAll = arn === "*" || /^\*+$/.test(key) || (key === "" && name.endsWith("*"));
  return (
    coversAll && (arn === "*" || typeof bucketName !== "string" || matchesPattern(bucketName, name))
  );
}

function isFalse(value: unknown): Truth {
  return value === unknownValue ? unknownValue : String(value).toLowerCase() === "false";
}

/** Whether the condition holds for all requests over plain HTTP, whatever else it holds for. */
function isPlainHttp(condition: Condition): Truth {
  const { key, values } = condition;
  return anyOf([
    allOf([
      hasOperator(condition, /^Bool(IfExists)?$/i),
      is(key, "aws:securetransport"),
      anyOf(values.map(isFalse)),
    ]),
    // A request over plain HTTP has no such key, which only these operators take for less.
    allOf([
      hasOperator(condition, /^NumericLessThan(Equals)?IfExists$/i),
      is(key, "s3:tlsversion"),
    ]),
  ]);
}
