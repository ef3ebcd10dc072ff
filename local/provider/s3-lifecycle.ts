import type { XmlElement, XmlValue } from "../aws/s3/xml";
import { tagList, tagsIn } from "../aws/tag-list";
import { capitalized } from "../capitalized";
import type { Properties } from "./resource";

/** Inputs whose names in S3's XML are not just capitalised. */
const otherNames: Readonly<Record<string, string>> = {
  id: "ID",
  tags: "Tag",
  transitions: "Transition",
  noncurrentVersionTransitions: "NoncurrentVersionTransition",
};

/** A lifecycle rule of Pulumi's in the names of S3's XML. */
export function lifecycleRule(rule: Properties): XmlElement {
  return Object.fromEntries(
    Object.entries(rule).map(([name, value]) => [xmlName(name), xmlValue(name, value)]),
  );
}

/** S3 wants a filter, empty if the rule is about all objects; Pulumi's provider adds it. */
export function withFilter(rule: XmlElement): XmlElement {
  return "Filter" in rule || "Prefix" in rule ? rule : { ...rule, Filter: {} };
}

function xmlName(name: string): string {
  return otherNames[name] ?? capitalized(name);
}

function xmlValue(name: string, value: unknown): XmlValue {
  if (name === "tags") {
    return tagList(value as Record<string, string>);
  }
  if (Array.isArray(value)) {
    return value.map((each: Properties) => lifecycleRule(each));
  }
  return typeof value === "object" ? lifecycleRule(value as Properties) : (value as XmlValue);
}

/** Inputs that are numbers or booleans; over the API they come as texts. */
const plainInputs = new Set([
  "days",
  "daysAfterInitiation",
  "expiredObjectDeleteMarker",
  "newerNoncurrentVersions",
  "noncurrentDays",
  "objectSizeGreaterThan",
  "objectSizeLessThan",
]);

/** The reverse of {@link lifecycleRule}. */
export function lifecycleInputs(rule: XmlElement): Properties {
  return Object.fromEntries(
    Object.entries(rule).map(([name, value]) => {
      const input = inputName(name);
      return [input, inputValue(input, value)];
    }),
  );
}

function inputName(name: string): string {
  const [other] = Object.entries(otherNames).find(([, xml]) => xml === name) ?? [];
  return other ?? name.charAt(0).toLowerCase() + name.slice(1);
}

function inputValue(input: string, value: XmlValue): unknown {
  if (input === "tags") {
    return tagsIn([value].flat() as { Key: string; Value: string }[]);
  }
  if (Array.isArray(value)) {
    return (value as readonly XmlElement[]).map(lifecycleInputs);
  }
  if (typeof value === "object") {
    return lifecycleInputs(value as XmlElement);
  }
  return plainInputs.has(input) && typeof value === "string" ? JSON.parse(value) : value;
}
