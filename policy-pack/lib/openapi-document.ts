import { parseJson } from "./json-text";
import type { CheckedResource } from "./resource";
import { at, isKnown } from "./values";

/** An OpenAPI or Swagger document that API Gateway imports; its parts are plain values. */
export class OpenApiDocument {
  readonly root: unknown;

  /** @param body the document, or its text in JSON; of one in YAML, nothing is read. */
  constructor(body: unknown) {
    this.root = typeof body === "string" ? parseJson(body) : body;
  }

  /** The value at a path into a part of the document, with references within the document followed. */
  at(part: unknown, ...path: (string | number)[]): unknown {
    return path.reduce<unknown>(
      (current, step) => this.#followed(at(current, step)),
      this.#followed(part),
    );
  }

  /** What a security scheme of this name is defined as, in OpenAPI 3 or in Swagger 2. */
  scheme(name: string): unknown {
    return (
      this.at(this.root, "components", "securitySchemes", name) ??
      this.at(this.root, "securityDefinitions", name)
    );
  }

  #followed(part: unknown, seen: readonly string[] = []): unknown {
    const reference = isKnown(part) ? at(part, "$ref") : undefined;
    if (typeof reference !== "string" || !reference.startsWith("#/") || seen.includes(reference)) {
      return part;
    }
    const steps = reference.slice(2).split("/").map(unescaped);
    return this.#followed(at(this.root, ...steps), [...seen, reference]);
  }
}

/** The document of an API; that it is not known yet is told. */
export function documentOf(api: CheckedResource): OpenApiDocument {
  return new OpenApiDocument(api.known("body"));
}

/** A step of a JSON pointer, as it is in a URI. */
function unescaped(step: string): string {
  return step
    .replaceAll("%7B", "{")
    .replaceAll("%7D", "}")
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}
