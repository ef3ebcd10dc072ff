/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
const maxTags = 50;
const maxKeyLength = 128;
const maxValueLength = 256;
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** What AWS refuses of the tags of a resource, in a sentence; undefined if nothing. */
export function tagProblem(tags: Readonly<Record<string, string>>): string | undefined {
  const entries = Object.entries(tags);
  if (entries.length > maxTags) {
    return `a resource has ${maxTags} tags at most, not ${entries.length}`;
  }
  return entries.map(([key, value]) => problemOf(key, value)).find(Boolean);
}

function problemOf(key: string, value: string): string | undefined {
  const shown = JSON.stringify(key.length > maxKeyLength ? `${key.slice(0, 40)}…` : key);
  if (/^aws:/i.test(key)) {
    return `the tag key ${shown} begins with aws:, which is reserved for AWS`;
  }
  if (key.length === 0 || key.length > maxKeyLength) {
    return `the tag key ${shown} has ${key.length} characters, not 1 - ${maxKeyLength}`;
  }
  if (value.length > maxValueLength) {
    return `the value of the tag ${shown} has ${value.length} characters, not 0 - ${maxValueLength}`;
  }
  return characters.test(key) && characters.test(value)
    ? undefined
    : `the tag ${shown} has characters other than letters, digits, spaces and _.:/=+-@`;
}
