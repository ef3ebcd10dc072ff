import type { ReplyHeaders } from "../reply";
import type { Bucket } from "../store/bucket";
import type { ObjectVersion } from "../store/version";
import { dueExpiryOf } from "./expiry";
import { enabledRules } from "./rules";

/**
 * Tells when an object expires: one that is the newest of its key, where a rule says so.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html
 */
export function expirationHeader(bucket: Bucket, version: ObjectVersion): ReplyHeaders {
  const { lifecycle } = bucket.configuration;
  if (!lifecycle || bucket.find(version.key)?.sequence !== version.sequence) {
    return {};
  }
  const due = dueExpiryOf(enabledRules(lifecycle), version);
  return {
    "x-amz-expiration":
      due && `expiry-date="${due.at.toUTCString()}", rule-id="${encodeURIComponent(due.ruleId)}"`,
  };
}
