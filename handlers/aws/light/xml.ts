import { parseXML, XmlText } from "@aws-sdk/xml-builder";
import type { Failure } from "./exceptions";
import type { ServiceResponse } from "./service";

/** The children of an element by name, those of the same name in an array; text as text. */
export type XmlElement = Readonly<Record<string, unknown>>;

/** What is in the document's element, and how that is called. */
export function readXml(text: string): { name: string; element: XmlElement } {
  const [[name, value] = ["", ""]] = Object.entries(parseXML(text) as XmlElement);
  return { name, element: asElement(value) };
}

/** A child that is an element; an empty one if there is none. */
function childOf(parent: XmlElement, name: string): XmlElement {
  return asElement(parent[name]);
}

/** All children of that name that are elements. */
export function childrenOf(parent: XmlElement, name: string): XmlElement[] {
  const found = parent[name];
  if (found === undefined) {
    return [];
  }
  return (Array.isArray(found) ? found : [found]).map(asElement);
}

/** The text of a child, if there is one. */
export function textOf(parent: XmlElement, name: string): string | undefined {
  const found = parent[name];
  return typeof found === "string" ? found : undefined;
}

function asElement(value: unknown): XmlElement {
  return typeof value === "object" && value !== null ? (value as XmlElement) : {};
}

/** Text as it is written in a document, where parsers would take line ends for others. */
export function escapeXml(text: string): string {
  return new XmlText(text).toString();
}

/**
 * What a service says that has failed, in XML if it has said it.
 *
 * @param text the answer's body.
 */
export function readFailure({ statusCode, $metadata }: ServiceResponse, text: string): Failure {
  const { error, requestId } = saidIn(text);
  return {
    name: textOf(error, "Code") ?? nameOf(statusCode),
    message: textOf(error, "Message") ?? "UnknownError",
    $metadata: { ...$metadata, requestId: $metadata.requestId ?? requestId },
  };
}

function saidIn(text: string): { error: XmlElement; requestId?: string | undefined } {
  try {
    const { name, element } = readXml(text);
    const error = name === "ErrorResponse" ? childOf(element, "Error") : element;
    return { error, requestId: textOf(element, "RequestId") };
  } catch {
    // Answers to HEAD have no body, and what stands between may answer as well.
    return { error: {} };
  }
}

function nameOf(statusCode: number): string {
  return statusCode === 404 ? "NotFound" : String(statusCode);
}
