import { repeated } from "../repeated";
import { tagList } from "../tag-list";
import { invalidArgument, malformedXml, S3Error } from "./errors";
import { elements, text } from "./xml";
import type { XmlElement } from "./xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const objectTags: TagLimits = {
  max: 10,
  reserved: "Your TagKey cannot be prefixed with aws:",
};
const bucketTags: TagLimits = {
  max: 50,
  reserved: "System tags cannot be added/updated by requester",
};
const maxKeyLength = 128;
const maxValueLength = 256;
/** Letters, digits, white space and `+ - = . _ : / @`, in any language. */
const allowedText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export type Tags = Readonly<Record<string, string>>;

type Pairs = readonly (readonly [string, string])[];

/** What the tags of one kind of thing may be, besides what all tags may. */
interface TagLimits {
  max: number;
  /** What is said of keys that begin with `aws:`. */
  reserved: string;
}

/**
 * Reads tags from `x-amz-tagging`, which is encoded as a URL's query.
 *
 * @throws S3Error `InvalidArgument` when it is none, or has a key twice; `InvalidTag`.
 */
export function readTagHeader(header = ""): Tags {
  const pairs = [...new URLSearchParams(header)];
  const isQuery = header.split("&").every((pair) => pair.split("=").length <= 2);
  if (!isQuery || repeatedKey(pairs) !== undefined) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      "x-amz-tagging",
      header,
    );
  }
  return checkTags(pairs, objectTags);
}

/** Reads the tags of an object from the content of a `Tagging` element. */
export function readObjectTags(tagging: XmlElement): Tags {
  return checkTags(pairsIn(tagging), objectTags);
}

/** Reads the tags of a bucket from the content of a `Tagging` element. */
export function readBucketTags(tagging: XmlElement): Tags {
  return checkTags(pairsIn(tagging), bucketTags);
}

/** Reads the tags that a bucket is to be created with. */
export function readNewBucketTags(set: XmlElement): Tags {
  const pairs = pairsIn({ TagSet: set });
  if (pairs.some(([key]) => isReserved(key))) {
    throw invalidTag(
      'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
    );
  }
  return checkTags(pairs, bucketTags);
}

/** Keys and values as they are listed; where there is no `TagSet`, there are none. @throws S3Error `MalformedXML`. */
function pairsIn(tagging: XmlElement): Pairs {
  const [set = {}] = elements(tagging, "TagSet");
  return elements(set, "Tag").map((tag): [string, string] => {
    const [key, value] = [text(tag, "Key"), text(tag, "Value")];
    if (key === undefined || value === undefined) {
      throw malformedXml();
    }
    return [key, value];
  });
}

/** The content of a `Tagging` element. */
export function tagSet(tags: Tags): XmlElement {
  return { TagSet: { Tag: tagList(tags) } };
}

function checkTags(pairs: Pairs, { max, reserved }: TagLimits): Tags {
  if (pairs.length > max) {
    throw new S3Error("BadRequest", `Object tags cannot be greater than ${max}`, 400);
  }
  for (const [key, value] of pairs) {
    if (key === "" || key.length > maxKeyLength || !allowedText.test(key)) {
      throw invalidTag("The TagKey you have provided is invalid", { TagKey: key });
    }
    if (isReserved(key)) {
      throw invalidTag(reserved, { TagKey: key });
    }
    if (value.length > maxValueLength || !allowedText.test(value)) {
      const details = { TagKey: key, TagValue: value };
      throw invalidTag("The TagValue you have provided is invalid", details);
    }
  }
  const double = repeatedKey(pairs);
  if (double !== undefined) {
    throw invalidTag("Cannot provide multiple Tags with the same key", { TagKey: double });
  }
  return Object.fromEntries(pairs);
}

function repeatedKey(pairs: Pairs): string | undefined {
  return repeated(pairs.map(([key]) => key));
}

function isReserved(key: string): boolean {
  return key.startsWith("aws:");
}

function invalidTag(message: string, details: Readonly<Record<string, string>> = {}): S3Error {
  return new S3Error("InvalidTag", message, 400, details);
}
