import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Document, Pair, Scalar as ScalarNode, YAMLMap } from "yaml";
import { resolveScalar } from "./yaml-scalar";
import type { Scalar } from "./yaml-scalar";
import { Timestamp } from "./yaml-timestamp";

/** What a YAML node stands for, as Pulumi's engine reads it. */
export type YamlValue = Scalar | YamlValue[] | Map<string, YamlValue>;

/** A node that stands for nothing; the message says why, and where in the file. */
export class YamlValueError extends Error {
  override readonly name = "YamlValueError";
}

const tagPrefix = "tag:yaml.org,2002:";

/**
 * The value of a node; nothing is null.
 *
 * @throws YamlValueError for a text that is not what its tag says.
 */
export function yamlValue(node: unknown, document: Document): YamlValue {
  if (isAlias(node)) {
    return yamlValue(node.resolve(document), document);
  }
  if (isScalar(node)) {
    return scalarValue(node);
  }
  if (isSeq(node)) {
    return node.items.map((item) => yamlValue(item, document));
  }
  return isMap(node) ? mapValue(node, document) : null;
}

function scalarValue(node: ScalarNode): Scalar {
  const { tag, type } = node;
  const text = node.source ?? "";
  const plain = type === undefined || type === "PLAIN";
  if (tag === undefined || tag === "!") {
    return plain && tag === undefined ? resolveScalar(text) : text;
  }
  return tag.startsWith(tagPrefix) ? taggedValue(tag.slice(tagPrefix.length), text) : text;
}

function taggedValue(tag: string, text: string): Scalar {
  const value = resolveScalar(text);
  switch (tag) {
    case "str":
      return text;
    case "binary":
      return Buffer.from(text, "base64").toString();
    case "float":
      return typeof value === "bigint" ? Number(value) : requireTag(tag, text, value, "number");
    case "int":
      return requireTag(tag, text, value, "bigint");
    case "bool":
      return requireTag(tag, text, value, "boolean");
    case "null":
      return requireTag(tag, text, value, "null");
    case "timestamp":
      return requireTag(tag, text, value, "timestamp");
    default:
      return text;
  }
}

function requireTag(tag: string, text: string, value: Scalar, type: string): Scalar {
  const found = value === null ? "null" : value instanceof Timestamp ? "timestamp" : typeof value;
  if (found !== type) {
    throw new YamlValueError(`cannot decode \`${text}\` as a !!${tag}`);
  }
  return value;
}

/** Of a key that is both merged in and written, the written value counts. */
function mapValue(map: YAMLMap, document: Document): Map<string, YamlValue> {
  const merged = map.items.filter(isMerge).flatMap(({ value }) => mergedMaps(value, document));
  const own = map.items
    .filter((pair) => !isMerge(pair))
    .map(({ key, value }) => [textKey(key, document), yamlValue(value, document)] as const);
  return new Map([...merged.toReversed().flatMap((each) => [...each]), ...own]);
}

function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.source === "<<" && key.type === "PLAIN";
}

function mergedMaps(value: unknown, document: Document): Map<string, YamlValue>[] {
  const read = yamlValue(value, document);
  return [read].flat().filter((each) => each instanceof Map);
}

/**
 * Keys are text, whatever they are written as.
 *
 * @throws YamlValueError where they are objects or lists.
 */
function textKey(node: unknown, document: Document): string {
  const key = yamlValue(node, document);
  if (Array.isArray(key) || key instanceof Map) {
    throw new YamlValueError("keys must be text, not objects or lists");
  }
  return key === null ? "<nil>" : key.toString();
}
