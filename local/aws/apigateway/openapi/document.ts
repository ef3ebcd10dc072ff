import { badRequest } from "../errors";
import { isObject } from "../../../is-object";

/** An object of the document. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An OpenAPI 3 or Swagger 2.0 document, with its references resolvable. */
export class ApiDocument {
  readonly root: JsonObject;

  /**
   * @param body JSON text. AWS takes YAML too; here it is refused.
   * @throws AwsError `BadRequestException` for anything that is no OpenAPI 3.0 or Swagger 2.0.
   */
  constructor(body: string) {
    this.root = parseObject(body);
    const version = this.root.openapi ?? this.root.swagger;
    if (typeof version !== "string" || !/^(3\.0\.\d+|2\.0)$/.test(version)) {
      throw badRequest("Invalid OpenAPI input: neither OpenAPI 3.0 nor Swagger 2.0");
    }
  }

  /** What exports call its version. */
  get form(): "oas30" | "swagger" {
    return this.root.openapi === undefined ? "swagger" : "oas30";
  }

  /** The object that `node` is or refers to; an empty one when there is none. */
  object(node: unknown): JsonObject {
    const target = this.#follow(node);
    return isObject(target) ? target : {};
  }

  /** The objects in the list `node`, references followed. */
  objects(node: unknown): JsonObject[] {
    return Array.isArray(node) ? node.map((item) => this.object(item)) : [];
  }

  #follow(node: unknown): unknown {
    const seen = new Set<string>();
    let target = node;
    while (isObject(target) && typeof target.$ref === "string") {
      const reference = target.$ref;
      if (!reference.startsWith("#/") || seen.has(reference)) {
        throw badRequest(`Invalid reference "${reference}" in API definition`);
      }
      seen.add(reference);
      target = this.#at(reference);
    }
    return target;
  }

  #at(reference: string): unknown {
    let target: unknown = this.root;
    for (const part of reference.slice(2).split("/")) {
      const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
      target = isObject(target) && Object.hasOwn(target, key) ? target[key] : undefined;
    }
    if (target === undefined) {
      throw badRequest(`Invalid reference "${reference}" in API definition`);
    }
    return target;
  }
}

function parseObject(body: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    throw badRequest(`Invalid OpenAPI input: ${(error as SyntaxError).message}`);
  }
  if (!isObject(parsed)) {
    throw badRequest("Invalid OpenAPI input: not an object");
  }
  return parsed;
}
