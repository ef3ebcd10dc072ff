import type { Call } from "./call";
import { accessDenied, invalidArgument, invalidRequest, malformedXml, S3Error } from "./errors";
import type { Bucket } from "./store/bucket";
import type { ObjectContent, Retention } from "./store/version";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
export const retentionModes = ["GOVERNANCE", "COMPLIANCE"] as const;

/** 100 years, as S3 says it. */
const maxRetentionDays = 36_500;
const maxRetentionYears = 100;

/**
 * The locks that a new version gets: those that its writer asks for, or the bucket's default.
 *
 * @throws S3Error `InvalidRequest` when the bucket has no Object Lock, `InvalidArgument`.
 */
export function readLocks(
  call: Call,
  bucket: Bucket,
): Pick<ObjectContent, "retention" | "legalHold"> {
  const hold = call.header("x-amz-object-lock-legal-hold");
  const asked = readRetentionHeaders(call);
  if (!bucket.configuration.objectLock) {
    if (asked ?? hold) {
      throw invalidRequest("Bucket is missing Object Lock Configuration");
    }
    return {};
  }
  if (hold !== undefined && hold !== "ON" && hold !== "OFF") {
    throw invalidArgument(
      "Legal Hold must be either of 'ON' or 'OFF'",
      "x-amz-object-lock-legal-hold",
      hold,
    );
  }
  const retention = asked ?? defaultRetention(bucket, call.now);
  return {
    ...(retention && { retention }),
    ...(hold !== undefined && { legalHold: hold === "ON" }),
  };
}

function readRetentionHeaders(call: Call): Retention | undefined {
  const mode = call.header("x-amz-object-lock-mode");
  const retainUntil = call.header("x-amz-object-lock-retain-until-date");
  if (mode === undefined && retainUntil === undefined) {
    return undefined;
  }
  if (mode === undefined || retainUntil === undefined) {
    throw invalidArgument(
      "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
      mode === undefined ? "x-amz-object-lock-mode" : "x-amz-object-lock-retain-until-date",
    );
  }
  return readRetention(mode, retainUntil, call.now);
}

/**
 * @param dateName what an error calls the date.
 * @throws S3Error `InvalidArgument` when the mode is none, or the date is not in the future.
 */
export function readRetention(
  mode: string,
  retainUntil: string,
  now: Date,
  dateName = "x-amz-object-lock-retain-until-date",
): Retention {
  const known = retentionModes.find((each) => each === mode);
  if (!known) {
    throw invalidArgument("Unknown wormMode directive.", "x-amz-object-lock-mode", mode);
  }
  const until = Date.parse(retainUntil);
  if (!(until > now.getTime())) {
    throw invalidArgument("The retain until date must be in the future!", dateName, retainUntil);
  }
  return { mode: known, retainUntil: new Date(until).toISOString() };
}

function defaultRetention(bucket: Bucket, now: Date): Retention | undefined {
  const rule = bucket.configuration.objectLock?.defaultRetention;
  if (!rule) {
    return undefined;
  }
  const until = new Date(now);
  until.setUTCDate(until.getUTCDate() + (rule.days ?? 0));
  until.setUTCFullYear(until.getUTCFullYear() + (rule.years ?? 0));
  return { mode: rule.mode, retainUntil: until.toISOString() };
}

/**
 * Refuses to remove a locked version.
 *
 * @throws S3Error `AccessDenied`.
 */
export function checkRemovable(call: Call, key: string, content: ObjectContent): void {
  const denied = accessDenied("Access Denied because object protected by object lock.");
  if (content.legalHold) {
    throw denied;
  }
  if (isRetained(content, call.now) && !mayBypass(call, key, content.retention)) {
    throw denied;
  }
}

/** Whether nobody but who may bypass governance can remove a version now. */
export function isLocked(content: ObjectContent, now: Date): boolean {
  return content.legalHold === true || isRetained(content, now);
}

/**
 * Refuses to change a retention but to prolong it.
 *
 * @param next `undefined` removes the retention.
 * @throws S3Error `AccessDenied`.
 */
export function checkRetentionChange(
  call: Call,
  content: ObjectContent,
  next: Retention | undefined,
): void {
  const { retention } = content;
  if (!retention || !isRetained(content, call.now)) {
    return;
  }
  const longer =
    next !== undefined && next.retainUntil >= retention.retainUntil && next.mode === retention.mode;
  if (!longer && !mayBypass(call, call.key, retention)) {
    throw accessDenied("Access Denied because object protected by object lock.");
  }
}

function isRetained(content: ObjectContent, now: Date): boolean {
  return (
    content.retention !== undefined && Date.parse(content.retention.retainUntil) > now.getTime()
  );
}

/**
 * Who empties buckets of all kinds, version by version, bypasses retention wherever it may be; to delete an object by
 * its key alone, that is an error where there is nothing to bypass.
 *
 * @param versionIds of the objects that are to be deleted.
 * @throws S3Error `InvalidArgument`.
 */
export function checkBypass(call: Call, versionIds: readonly (string | undefined)[]): void {
  const name = "x-amz-bypass-governance-retention";
  const hasLock = call.bucket.configuration.objectLock !== undefined;
  const namesVersions = versionIds.every((id) => id !== undefined);
  if (call.header(name) !== undefined && !hasLock && !namesVersions) {
    throw invalidArgument(`${name} is only applicable to Object Lock enabled buckets.`, name);
  }
}

function mayBypass(call: Call, key: string, retention: Retention | undefined): boolean {
  return (
    retention?.mode === "GOVERNANCE" &&
    call.header("x-amz-bypass-governance-retention")?.toLowerCase() === "true" &&
    call.allows("s3:BypassGovernanceRetention", { bucket: call.request.bucket, key })
  );
}

/** @throws S3Error `InvalidRequest` for buckets without Object Lock. */
export function requireObjectLock(bucket: Bucket): void {
  if (!bucket.configuration.objectLock) {
    throw invalidRequest("Bucket is missing Object Lock Configuration");
  }
}

/** @throws S3Error `MalformedXML`, `InvalidBucketState` when versioning is not on. */
export function checkLockConfiguration(
  bucket: Bucket,
  retention: { days?: number; years?: number } | undefined,
): void {
  if (retention && (retention.days === undefined) === (retention.years === undefined)) {
    throw malformedXml();
  }
  if (retention) {
    checkPeriod("days", retention.days, maxRetentionDays);
    checkPeriod("years", retention.years, maxRetentionYears);
  }
  if (bucket.configuration.versioning !== "Enabled") {
    throw new S3Error(
      "InvalidBucketState",
      "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
      409,
    );
  }
}

function checkPeriod(unit: string, value: number | undefined, max: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
    throw invalidArgument(
      "Default retention period must be a positive integer value",
      unit,
      String(value),
    );
  }
  if (value !== undefined && value > max) {
    throw invalidArgument(
      `Default retention period is too large: at most ${max} ${unit}`,
      unit,
      String(value),
    );
  }
}
