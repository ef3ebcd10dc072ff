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
    if (!bucket.some([bucket, ...separate], deniesPlainHttp)) {
      report("has no policy that refuses requests without TLS");
    }
  },
});

function deniesPlainHttp(holder: Block): boolean {
  const statements = statementsOf(holder.known("policy"));
  return statements === unknownValue || statements.some(isTlsOnly);
}

function isTlsOnly(statement: Statement): boolean {
  return (
    !statement.allows &&
    statement.principals.some(({ type, id }) => type === "AWS" && id === "*") &&
    statement.actions.some((action) => ["*", "s3:*"].includes(action.toLowerCase())) &&
    // A statement about the bucket alone says nothing of its objects. No known resource at all is a
    // document whose ARNs are not known yet.
    (statement.resources.length === 0 || statement.resources.some((arn) => arn.endsWith("*"))) &&
    statement.conditions.some(isPlainHttp)
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
