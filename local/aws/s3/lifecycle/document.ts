import { randomBytes } from "node:crypto";
import { malformedXml } from "../errors";
import { elements } from "../xml";
import type { XmlElement } from "../xml";

/** Of the id that a lifecycle rule without one gets. */
const idBytes = 36;

/** The rules of a document as they are kept, each with an id. @throws S3Error `MalformedXML`. */
export function readLifecycle(document: XmlElement): readonly XmlElement[] {
  const rules = elements(document, "Rule");
  if (rules.length === 0) {
    throw malformedXml();
  }
  return rules.map((rule) => {
    const { ID = randomBytes(idBytes).toString("base64"), ...others } = withoutText(rule);
    return { ID, ...others };
  });
}

/** Drops the white space between elements, which the parser keeps as `#text`. */
function withoutText(element: XmlElement): XmlElement {
  return Object.fromEntries(
    Object.entries(element)
      .filter(([name]) => name !== "#text")
      .map(([name, value]) => [
        name,
        typeof value === "object" && !Array.isArray(value)
          ? withoutText(value as XmlElement)
          : value,
      ]),
  );
}
