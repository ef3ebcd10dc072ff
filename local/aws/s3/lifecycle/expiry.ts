import { isLocked } from "../object-lock";
import type { Upload } from "../store/uploads";
import { isObject } from "../store/version";
import type { ObjectVersion } from "../store/version";
import type { LifecycleFilter, LifecycleRule } from "./rules";

const dayMs = 24 * 60 * 60 * 1000;

/** What is to be done with the versions of one key. */
export interface Expiry {
  /** The current version is an object that has expired. */
  expireCurrent: boolean;
  /** Noncurrent versions, or a delete marker with nothing behind it. */
  remove: readonly ObjectVersion[];
}

/**
 * Finds out which versions of one key have expired.
 *
 * @param rules those that are enabled.
 * @param versions the newest first.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export function expiryOf(
  rules: readonly LifecycleRule[],
  versions: readonly ObjectVersion[],
  now: Date,
): Expiry {
  const [current, ...noncurrent] = versions;
  if (!current) {
    return { expireCurrent: false, remove: [] };
  }
  const expired = rules.some((rule) => isCurrentExpired(rule, current, now));
  if (isObject(current)) {
    return { expireCurrent: expired, remove: expiredNoncurrent(rules, versions, now) };
  }
  const remove =
    expired && noncurrent.length === 0 ? [current] : expiredNoncurrent(rules, versions, now);
  return { expireCurrent: false, remove };
}

/** Whether an upload is to be aborted. */
export function isAbandoned(rules: readonly LifecycleRule[], upload: Upload, now: Date): boolean {
  return rules.some(
    ({ filter, abortUploadsAfter: days }) =>
      days !== undefined &&
      upload.key.startsWith(filter.prefix) &&
      isPast(upload.initiatedAt, days, now),
  );
}

function isCurrentExpired(rule: LifecycleRule, version: ObjectVersion, now: Date): boolean {
  const { filter, expiration } = rule;
  if (expiration?.expiredObjectDeleteMarker) {
    return !isObject(version) && matches(filter, version);
  }
  const at = expiresAt(rule, version);
  return at !== undefined && at <= now;
}

/** When a rule has a current version expire, if it does. */
function expiresAt(
  { filter, expiration = {} }: LifecycleRule,
  version: ObjectVersion,
): Date | undefined {
  const { days, date } = expiration;
  const at = days === undefined ? date : dueAt(version.lastModified, days);
  return at && matches(filter, version) ? at : undefined;
}

/** A version becomes noncurrent when the next one is written. */
function expiredNoncurrent(
  rules: readonly LifecycleRule[],
  versions: readonly ObjectVersion[],
  now: Date,
): ObjectVersion[] {
  return versions.slice(1).filter((version, newer) => {
    const replacedAt = versions[newer]?.lastModified ?? version.lastModified;
    return rules.some(
      ({ filter, noncurrentExpiration: expiration }) =>
        expiration !== undefined &&
        matches(filter, version) &&
        !isHeld(version, now) &&
        newer >= expiration.keep &&
        isPast(replacedAt, expiration.days, now),
    );
  });
}

/** Locked versions outlive every rule. */
function isHeld(version: ObjectVersion, now: Date): boolean {
  return isObject(version) && isLocked(version.content, now);
}

/** When the current version of a key expires, and by which rule. */
export interface DueExpiry {
  at: Date;
  ruleId: string;
}

/**
 * Finds out when a current version will expire: by the first rule to do so.
 *
 * @param rules those that are enabled.
 */
export function dueExpiryOf(
  rules: readonly LifecycleRule[],
  version: ObjectVersion,
): DueExpiry | undefined {
  const due = rules.flatMap((rule) => {
    const at = expiresAt(rule, version);
    return at ? [{ at, ruleId: rule.id }] : [];
  });
  return due.sort((one, other) => one.at.getTime() - other.at.getTime())[0];
}

function isPast(since: string, days: number, now: Date): boolean {
  return dueAt(since, days) <= now;
}

/** The midnight, UTC, after `days` have passed: S3 rounds up to it. */
function dueAt(since: string, days: number): Date {
  const due = Date.parse(since) + days * dayMs;
  return new Date((Math.floor(due / dayMs) + 1) * dayMs);
}

function matches(filter: LifecycleFilter, version: ObjectVersion): boolean {
  if (!version.key.startsWith(filter.prefix)) {
    return false;
  }
  const tags = Object.entries(filter.tags);
  const { sizeGreaterThan, sizeLessThan } = filter;
  if (!isObject(version)) {
    // Delete markers have neither tags nor a size.
    return tags.length === 0 && sizeGreaterThan === undefined && sizeLessThan === undefined;
  }
  const { content } = version;
  return (
    tags.every(([key, value]) => content.tags[key] === value) &&
    content.size > (sizeGreaterThan ?? -1) &&
    content.size < (sizeLessThan ?? Number.POSITIVE_INFINITY)
  );
}
