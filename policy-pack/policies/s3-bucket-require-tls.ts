import { matchesPattern } from "../lib/pattern";
import { type Condition, type Statement, statementsOf } from "../lib/policy-document";
import { cis, fsbp } from "../lib/reference";
import type { Block } from "../lib/resource";
import { stackRule } from "../lib/rule";
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
  const statements = statementsOf(holder.known("policy"));
  return (
    statements === unknownValue || statements.some((statement) => isTlsOnly(statement, bucketName))
  );
}

/** Whether the statement denies it on all objects, without an exception. */
function isTlsOnly(statement: Statement, bucketName: unknown): boolean {
  const { allows, principals, actions, resources, excepts, conditions } = statement;
  return (
    !allows &&
    principals.some(({ type, id }) => type === "AWS" && id === "*") &&
    actions.some((action) => ["*", "s3:*"].includes(action.toLowerCase())) &&
    !excepts.resources &&
    // No known resource at all is a document whose ARNs are not known yet.
    (resources.length === 0 || resources.some((arn) => coversObjects(arn, bucketName))) &&
    // All conditions of a statement have to hold, so that a second one would be an exception.
    conditions.length === 1 &&
    conditions.every(isPlainHttp)
  );
}

/** Whether the resource of a statement stands for all objects of the bucket: not for the bucket alone, nor for a part of them. */
function coversObjects(arn: string, bucketName: unknown): boolean {
  const [, name = "", key = ""] = /^arn:[^:]*:s3:::([^/]*)(?:\/(.*))?$/.exec(arn) ?? [];
  const coversAll = arn === "*" || /^\*+$/.test(key) || (key === "" && name.endsWith("*"));
  return (
    coversAll && (arn === "*" || typeof bucketName !== "string" || matchesPattern(bucketName, name))
  );
}

function isPlainHttp({ operator, key, values }: Condition): boolean {
  const [value] = values;
  return (
    (/^Bool(IfExists)?$/i.test(operator) &&
      key === "aws:securetransport" &&
      String(value).toLowerCase() === "false") ||
    (/^NumericLessThan(IfExists)?$/i.test(operator) &&
      key === "s3:tlsversion" &&
      Number(value) >= 1)
  );
}
