import {
  isRpcSecret,
  specialArchiveSig,
  specialAssetSig,
  specialSigKey,
} from "@pulumi/pulumi/runtime/rpc";
import { isObject } from "../is-object";
import type { Properties } from "../provider/resource";
import { documentIn } from "./embedded-document";
import { numberText, quotedText } from "./go-text";

/** The digits of a hash that are shown. */
const hashLength = 7;

/**
 * The stack outputs as `pulumi up` prints them: sorted, aligned, secrets hidden, and those without a
 * value or with an empty one left out.
 *
 * @param outputs in the form in which they travel.
 */
export function formatOutputs(outputs: Properties): string[] {
  const names = Object.keys(outputs).sort();
  const width = widthOf(names);
  return names
    .filter((name) => !isEmpty(outputs[name]))
    .map((name) => `    ${padded(name, width)}: ${formatValue(outputs[name], "    ")}`);
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null
    ? Object.keys(value).length === 0
    : value === null || value === "";
}

function formatValue(value: unknown, indent: string): string {
  if (typeof value === "string") {
    return formatText(value, indent);
  }
  if (typeof value === "number") {
    return numberText(value);
  }
  if (typeof value === "object" && value !== null) {
    return formatObject(value, indent);
  }
  return value === null ? "<null>" : JSON.stringify(value);
}

/** What is JSON or YAML is spread over lines, and one is left free after it. */
function formatText(text: string, indent: string): string {
  const document = documentIn(text);
  return document
    ? `(${document.format}) ${formatValue(document.content, indent)}\n`
    : quotedText(text);
}

function formatObject(value: object, indent: string): string {
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    const lines = value.map((item, index) => `${inner}[${index}]: ${formatValue(item, inner)}\n`);
    return block("[", lines, indent, "]");
  }
  if (isRpcSecret(value)) {
    return "[secret]";
  }
  const properties = value as Properties;
  switch (properties[specialSigKey]) {
    case specialAssetSig:
      return formatAsset("asset", properties, indent);
    case specialArchiveSig:
      return formatAsset("archive", properties, indent);
    default:
      return formatProperties(properties, indent);
  }
}

function formatProperties(properties: Properties, indent: string): string {
  const inner = `${indent}    `;
  const keys = Object.keys(properties).sort();
  const width = widthOf(keys);
  const lines = keys.map(
    (key) => `${inner}${padded(key, width)}: ${formatValue(properties[key], inner)}\n`,
  );
  return block("{", lines, indent, "}");
}

/** Of text, that it is there; of files, where. */
function formatAsset(kind: "asset" | "archive", properties: Properties, indent: string): string {
  const { path, uri, assets, hash = "" } = properties;
  const inner = `${indent}    `;
  const title = (source: string) => `${kind}(${source}:${String(hash).slice(0, hashLength)}) `;
  if (typeof path === "string") {
    return `${title("file")}{ ${path} }`;
  }
  if (typeof uri === "string") {
    return `${title("uri")}{ ${uri} }`;
  }
  if (!isObject(assets)) {
    return title("text") + block("{", [`${inner}<contents elided>\n`], indent, "}");
  }
  const lines = Object.keys(assets)
    .sort()
    .map((name) => `${inner}"${name}": ${formatValue(assets[name], inner)}\n`);
  return title("assets") + block("{", lines, indent, "}");
}

function block(open: string, lines: string[], indent: string, close: string): string {
  return lines.length === 0 ? open + close : `${open}\n${lines.join("")}${indent}${close}`;
}

/** In characters, not in the units of UTF-16. */
function widthOf(names: readonly string[]): number {
  return Math.max(...names.map((name) => Array.from(name).length));
}

function padded(name: string, width: number): string {
  return name + " ".repeat(width - Array.from(name).length);
}
