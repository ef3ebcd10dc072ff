import { isTaggable } from "../lib/aws-types";
import { providerTags } from "../lib/provider-tags";
import type { CheckedResource } from "../lib/resource";
import { resourceRule } from "../lib/rule";
import { at, isKnown } from "../lib/values";

const anyEnvironment: Record<string, readonly string[]> = { Environment: [] };

export const awsResourceRequireTags = resourceRule({
  name: "aws-resource-require-tags",
  description: "Every resource that takes tags has the required ones, with accepted values.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "tags",
  remediationSteps:
    "Set tags on the resource, by a resource transform on all of them, or by the provider's defaultTags.",
  url: "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
  settings: {
    required: {
      type: "object",
      additionalProperties: { type: "array", items: { type: "string" } },
      default: anyEnvironment,
      description: "Accepted values by key of the required tag; an empty list accepts any value.",
    },
  },
  types: isTaggable,
  check(resource, report, { required }) {
    const problems = Object.entries(required).flatMap(([key, accepted]) =>
      problemOf(key, tagOf(resource, key, accepted.length > 0), accepted),
    );
    if (problems.length > 0) {
      report(problems.join(" and "));
    }
  },
});

function problemOf(key: string, value: unknown, accepted: readonly string[]): string[] {
  if (value === undefined || value === "") {
    return [`has no tag ${key}`];
  }
  if (typeof value !== "string" || accepted.length === 0 || accepted.includes(value)) {
    return [];
  }
  return [`has the tag ${key}=${value}, where only ${accepted.join(", ")} is accepted`];
}

/**
 * The value of a tag, by the resource's own tags or else those that the provider adds.
 *
 * @param matters whether some values are refused, so that one that is not known cannot be judged.
 */
function tagOf(resource: CheckedResource, key: string, matters: boolean): unknown {
  const tags = resource.known("tags");
  // Auto Scaling groups have a list instead of a map.
  const path = Array.isArray(tags) ? pathInList(tags, key) : [key];
  const own =
    path && (matters ? resource.known("tags", ...path) : resource.declared("tags", ...path));
  return own ?? at(providerTags(resource), key);
}

function pathInList(tags: unknown[], key: string): (string | number)[] | undefined {
  const index = tags.findIndex((tag) => !isKnown(tag) || at(tag, "key") === key);
  return index < 0 ? undefined : [index, "value"];
}
