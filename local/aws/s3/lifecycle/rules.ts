import { repeated } from "../../repeated";
import { invalidArgument, invalidRequest, malformedXml } from "../errors";
import type { Tags } from "../tags";
import { elements, oneOf, text } from "../xml";
import type { XmlElement } from "../xml";
import { checkTransitions } from "./transitions";

/** What a lifecycle rule does, but for transitions: they have no effect here. */
export interface LifecycleRule {
  /** Unique within the bucket. */
  id: string;
  enabled: boolean;
  filter: LifecycleFilter;
  expiration?: Expiration;
  noncurrentExpiration?: NoncurrentExpiration;
  /** Days after which an upload that is not complete is aborted. */
  abortUploadsAfter?: number;
}

/** Which objects a rule is about: those that meet all of this. */
export interface LifecycleFilter {
  prefix: string;
  tags: Tags;
  /** In bytes, not included. Absent for any size. */
  sizeGreaterThan?: number;
  /** In bytes, not included. Absent for any size. */
  sizeLessThan?: number;
}

/** When current versions expire: one of the three. */
export interface Expiration {
  /** Days after the object was written. */
  days?: number;
  /** From this midnight on. */
  date?: Date;
  /** Only delete markers, as soon as nothing is behind them. */
  expiredObjectDeleteMarker?: true;
}

export interface NoncurrentExpiration {
  /** Days after the version was replaced. */
  days: number;
  /** So many of the newest noncurrent versions stay whatever their age. */
  keep: number;
}

const actions = [
  "Expiration",
  "NoncurrentVersionExpiration",
  "AbortIncompleteMultipartUpload",
  "Transition",
  "NoncurrentVersionTransition",
];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
const maxRules = 1000;
const maxIdLength = 255;
const dayMs = 24 * 60 * 60 * 1000;

/** Those that are enabled, of the configurations of buckets, which are never changed in place. */
const known = new WeakMap<readonly XmlElement[], readonly LifecycleRule[]>();

/** The rules of a bucket that have an effect; each configuration is read once. */
export function enabledRules(lifecycle: readonly XmlElement[]): readonly LifecycleRule[] {
  const found = known.get(lifecycle);
  if (found) {
    return found;
  }
  const rules = readLifecycleRules(lifecycle).filter(({ enabled }) => enabled);
  known.set(lifecycle, rules);
  return rules;
}

/**
 * Reads and checks `Rule` elements.
 *
 * @throws S3Error `MalformedXML`, `InvalidArgument`, `InvalidRequest`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export function readLifecycleRules(rules: readonly XmlElement[]): LifecycleRule[] {
  if (rules.length === 0 || rules.length > maxRules) {
    throw malformedXml();
  }
  const ids = rules.flatMap((rule) => text(rule, "ID") ?? []);
  const double = repeated(ids);
  if (double !== undefined) {
    throw invalidArgument(
      "Rule ID must be unique. Found same ID for more than one rule",
      "ID",
      double,
    );
  }
  const long = ids.find((id) => id.length > maxIdLength);
  if (long !== undefined) {
    throw invalidArgument(
      `ID length should not exceed allowed limit of ${maxIdLength}`,
      "ID",
      long,
    );
  }
  return rules.map(readRule);
}

function readRule(rule: XmlElement): LifecycleRule {
  if (!actions.some((name) => elements(rule, name).length > 0)) {
    throw invalidRequest("At least one action needs to be specified in a rule");
  }
  const [expiration] = elements(rule, "Expiration");
  const [noncurrent] = elements(rule, "NoncurrentVersionExpiration");
  const [abort] = elements(rule, "AbortIncompleteMultipartUpload");
  const read: LifecycleRule = {
    id: text(rule, "ID") ?? "",
    enabled: oneOf(rule, "Status", ["Enabled", "Disabled"]) === "Enabled",
    filter: readFilter(rule),
    ...(expiration && { expiration: readExpiration(expiration) }),
    ...(noncurrent && { noncurrentExpiration: readNoncurrent(noncurrent) }),
    ...(abort && {
      abortUploadsAfter: positive(abort, "DaysAfterInitiation", "AbortIncompleteMultipartUpload"),
    }),
  };
  checkFilterFits(read);
  for (const transition of elements(rule, "Transition")) {
    const date = text(transition, "Date");
    if (date !== undefined) {
      readMidnight(date);
    }
  }
  checkTransitions(rule);
  return read;
}

/** Conditions that are several stand in `And`. A rule has a filter or, as of old, a prefix. */
function readFilter(rule: XmlElement): LifecycleFilter {
  const [filter] = elements(rule, "Filter");
  const prefix = text(rule, "Prefix");
  if ((filter === undefined) === (prefix === undefined)) {
    throw malformedXml();
  }
  const outer = filter ?? { Prefix: prefix };
  const [and] = elements(outer, "And");
  if (Object.keys(outer).filter((name) => name !== "#text").length > 1) {
    throw malformedXml();
  }
  const conditions = and ?? outer;
  const tags = elements(conditions, "Tag").map((tag): [string, string] => [
    text(tag, "Key") ?? "",
    text(tag, "Value") ?? "",
  ]);
  if (repeated(tags.map(([key]) => key)) !== undefined) {
    throw invalidRequest("Duplicate Tag Keys are not allowed.");
  }
  const greater = text(conditions, "ObjectSizeGreaterThan");
  const less = text(conditions, "ObjectSizeLessThan");
  return {
    prefix: text(conditions, "Prefix") ?? "",
    tags: Object.fromEntries(tags),
    ...(greater !== undefined && { sizeGreaterThan: Number(greater) }),
    ...(less !== undefined && { sizeLessThan: Number(less) }),
  };
}

function readExpiration(element: XmlElement): Expiration {
  const days = text(element, "Days");
  const date = text(element, "Date");
  const markers = text(element, "ExpiredObjectDeleteMarker");
  if ([days, date, markers].filter((given) => given !== undefined).length !== 1) {
    throw malformedXml();
  }
  if (date !== undefined) {
    return { date: readMidnight(date) };
  }
  return days === undefined
    ? { ...(markers === "true" && { expiredObjectDeleteMarker: true }) }
    : { days: positive(element, "Days", "Expiration") };
}

function readMidnight(date: string): Date {
  const time = Date.parse(date);
  if (time % dayMs !== 0) {
    throw invalidArgument("'Date' must be at midnight GMT", "Date", date);
  }
  return new Date(time);
}

function readNoncurrent(element: XmlElement): NoncurrentExpiration {
  const name = "NoncurrentVersionExpiration";
  const keeps = text(element, "NewerNoncurrentVersions") !== undefined;
  return {
    days: positive(element, "NoncurrentDays", name),
    keep: keeps ? positive(element, "NewerNoncurrentVersions", name) : 0,
  };
}

function positive(element: XmlElement, name: string, action: string): number {
  const value = text(element, name);
  if (value === undefined) {
    throw malformedXml();
  }
  if (!/^\d{1,10}$/.test(value) || Number(value) === 0) {
    throw invalidArgument(`'${name}' for ${action} action must be a positive integer`, name, value);
  }
  return Number(value);
}

/** Uploads and delete markers have neither tags nor a size. */
function checkFilterFits({ filter, expiration, abortUploadsAfter }: LifecycleRule): void {
  const tagged = Object.keys(filter.tags).length > 0;
  const sized = filter.sizeGreaterThan !== undefined || filter.sizeLessThan !== undefined;
  const actions = [
    ...(abortUploadsAfter === undefined ? [] : ["AbortIncompleteMultipartUpload"]),
    ...(expiration?.expiredObjectDeleteMarker ? ["ExpiredObjectDeleteMarker"] : []),
  ];
  const [action] = actions;
  if (action !== undefined && (tagged || sized)) {
    throw invalidRequest(`${action} cannot be specified with ${tagged ? "Tags" : "Object Size"}.`);
  }
}
