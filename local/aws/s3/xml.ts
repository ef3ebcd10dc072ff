import { xmlReader } from "../api/xml-document";
import { malformedXml } from "./errors";

/** An XML element's content: text, child elements by name, or several elements of one name. */
export type XmlValue = string | number | boolean | undefined | XmlElement | readonly XmlValue[];
export interface XmlElement {
  readonly [name: string]: XmlValue;
}

/** The name under which an element has elements of several names, an object for each, to be written in their order. */
export const inOrder = "";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
const read = xmlReader();

/** Renders a document that stands in S3's namespace, as results do. */
export function renderXml(root: string, content: XmlValue): string {
  return declaration + render(root, content, ` xmlns="${namespace}"`);
}

/** Renders an error document, which has no namespace. */
export function renderErrorXml(content: XmlElement): string {
  return declaration + render("Error", content);
}

/**
 * Reads the child elements of the document's `root` element.
 *
 * @throws S3Error `MalformedXML` when the text is no XML or has another root.
 */
export function parseXml(text: string, root: string): XmlElement {
  const content = findXml(text, root);
  if (content === undefined) {
    throw malformedXml();
  }
  return content;
}

/**
 * The same, but nothing where the document has another root.
 *
 * @throws S3Error `MalformedXML` when the text is no XML.
 */
export function findXml(text: string, root: string): XmlElement | undefined {
  const document = read(text) as Readonly<Record<string, XmlValue>> | undefined;
  if (document === undefined) {
    throw malformedXml();
  }
  const content = document[root];
  return content === undefined ? undefined : asElement(content);
}

/** The elements called `name`, however many there are. */
export function elements(parent: XmlElement, name: string): readonly XmlElement[] {
  return listOf(parent, name).map(asElement);
}

/** The texts of the elements called `name`, however many there are. */
export function texts(parent: XmlElement, name: string): readonly string[] {
  return listOf(parent, name).map((value) => {
    if (typeof value === "object") {
      throw malformedXml();
    }
    return String(value);
  });
}

/** The text of the one element called `name`, if there is one. */
export function text(parent: XmlElement, name: string): string | undefined {
  return texts(parent, name)[0];
}

/** The text of the one element called `name`, which has to be one of `allowed`. */
export function oneOf<T extends string>(
  parent: XmlElement,
  name: string,
  allowed: readonly T[],
): T {
  const value = text(parent, name);
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) {
    throw malformedXml();
  }
  return found;
}

function listOf(parent: XmlElement, name: string): readonly XmlValue[] {
  const value = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? (value as readonly XmlValue[]) : [value];
}

function asElement(value: XmlValue): XmlElement {
  if (typeof value === "string" && value.trim() === "") {
    return {};
  }
  if (typeof value !== "object" || Array.isArray(value)) {
    throw malformedXml();
  }
  return value as XmlElement;
}

/** Renders elements called `name`, which may have attributes behind it: none for `undefined`, several for an array. */
function render(name: string, value: XmlValue, attributes = ""): string {
  if (value === undefined) {
    return "";
  }
  if (Array.isArray(value)) {
    return (value as readonly XmlValue[]).map((each) => render(name, each)).join("");
  }
  if (name === inOrder) {
    return renderContent(value);
  }
  const [tag = name] = name.split(" ");
  return `<${name}${attributes}>${renderContent(value)}</${tag}>`;
}

function renderContent(value: Exclude<XmlValue, undefined>): string {
  return typeof value === "object"
    ? Object.entries(value)
        .map(([name, child]) => render(name, child))
        .join("")
    : escapeText(String(value));
}

/** Keys may hold control characters; S3 writes them as character references. */
function escapeText(value: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return value.replace(/[&<>"\u0000-\u0008\u000b-\u001f]/g, (character) => {
    return named[character] ?? `&#x${character.charCodeAt(0).toString(16)};`;
  });
}

const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
