import { tagList } from "../tag-list";
import { malformedXml, S3Error } from "./errors";
import { elements, text } from "./xml";
import type { XmlElement } from "./xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export const maxObjectTags = 10;
export const maxBucketTags = 50;
const maxKeyLength = 128;
const maxValueLength = 256;
/** Letters, digits, white space and `+ - = . _ : / @`, in any language. */
const allowedText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export type Tags = Readonly<Record<string, string>>;

/** Reads tags from `x-amz-tagging`, which is encoded as a URL's query. */
export function readTagHeader(header: string | undefined): Tags {
  return checkTags([...new URLSearchParams(header ?? "")], maxObjectTags);
}

/** Reads the content of a `Tagging` element. */
export function readTagSet(tagging: XmlElement, maxTags: number): Tags {
  const [set] = elements(tagging, "TagSet");
  if (!set) {
    throw malformedXml();
  }
  const pairs = elements(set, "Tag").map((tag): [string, string] => {
    const [key, value] = [text(tag, "Key"), text(tag, "Value")];
    if (key === undefined || value === undefined) {
      throw malformedXml();
    }
    return [key, value];
  });
  return checkTags(pairs, maxTags);
}

/** The content of a `Tagging` element. */
export function tagSet(tags: Tags): XmlElement {
  return { TagSet: { Tag: tagList(tags) } };
}

function checkTags(pairs: readonly (readonly [string, string])[], maxTags: number): Tags {
  if (pairs.length > maxTags) {
    throw new S3Error("BadRequest", `Object tags cannot be greater than ${maxTags}`, 400);
  }
  const tags = new Map<string, string>();
  for (const [key, value] of pairs) {
    if (
      key === "" ||
      key.length > maxKeyLength ||
      !allowedText.test(key) ||
      key.startsWith("aws:")
    ) {
      throw invalidTag("The TagKey you have provided is invalid", "TagKey", key);
    }
    if (value.length > maxValueLength || !allowedText.test(value)) {
      throw invalidTag("The TagValue you have provided is invalid", "TagValue", value);
    }
    if (tags.has(key)) {
      throw invalidTag("Cannot provide multiple Tags with the same key", "TagKey", key);
    }
    tags.set(key, value);
  }
  return Object.fromEntries(tags);
}

function invalidTag(message: string, name: string, value: string): S3Error {
  return new S3Error("InvalidTag", message, 400, { [name]: value });
}
