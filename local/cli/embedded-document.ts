import { parseDocument } from "yaml";
import { Timestamp } from "../engine/yaml-timestamp";
import { yamlValue, YamlValueError } from "../engine/yaml-value";
import type { YamlValue } from "../engine/yaml-value";
import { parseJson } from "../parse-json";

/** What a text holds that is a document by itself. */
export interface EmbeddedDocument {
  format: "json" | "yaml";
  /** An object or an array. */
  content: object;
}

/**
 * The document that a text is, where Pulumi's engine sees one: an object or an array, in JSON, or in
 * YAML of several lines.
 */
export function documentIn(text: string): EmbeddedDocument | undefined {
  const json = parseJson(text);
  if (json !== undefined) {
    return isCompound(json) ? { format: "json", content: json } : undefined;
  }
  const yaml = text.trim().includes("\n") ? yamlIn(text) : undefined;
  return isCompound(yaml) ? { format: "yaml", content: yaml } : undefined;
}

function isCompound(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function yamlIn(text: string): unknown {
  const document = parseDocument(text, { logLevel: "error" });
  if (document.errors.length > 0) {
    return undefined;
  }
  try {
    return plain(yamlValue(document.contents, document));
  } catch (error) {
    if (error instanceof YamlValueError) {
      return undefined;
    }
    throw error;
  }
}

/** Of a date the engine shows no more than an empty object. */
function plain(value: YamlValue): unknown {
  if (value instanceof Timestamp) {
    return {};
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  }
  return typeof value === "bigint" ? Number(value) : value;
}
