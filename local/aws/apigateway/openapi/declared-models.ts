import { createHash } from "node:crypto";
import type { ApiDefinition } from "../definition";
import { derivedId } from "../identifiers";
import { isObject } from "../../../is-object";
import type { ApiDocument, JsonObject } from "./document";
import { bodySchemas } from "./method";
import { responseSchemas } from "./method-responses";
import { droppedKeywords, rewritten } from "./models";
import { operationOf } from "./operation";

/** What describes bodies of requests or responses. */
export interface DeclaredModel {
  id: string;
  name: string;
  description?: string;
  /** JSON schema draft 4, with references to other models by URL. */
  schema: unknown;
  /** Whether it refers to another model. */
  refers: boolean;
}

const reference = /^#\/(?:components\/schemas|definitions)\/([A-Za-z0-9]+)$/;

/**
 * The name of the model that `schema` becomes: that of what it refers to, or one that API Gateway
 * gives it, such as `MODEL5c7dd9`. AWS makes other digits.
 */
export function modelNameOf(schema: JsonObject): string {
  const [, name] = reference.exec(String(schema.$ref)) ?? [];
  const digest = createHash("sha256").update(JSON.stringify(schema)).digest("hex");
  return name ?? `MODEL${digest.slice(0, 6)}`;
}

/**
 * The models of an API: the schemas of its document, and those of bodies that have none of these.
 * `Empty` and `Error`, which API Gateway makes for APIs, are gone when a document is imported.
 */
export function declaredModels(
  document: ApiDocument,
  { resources }: ApiDefinition,
  apiId: string,
): DeclaredModel[] {
  const bodies = resources
    .flatMap(({ methods }) => [...methods.values()])
    .flatMap((method) => {
      const { definition, parameters } = operationOf(document, method);
      return [
        ...bodySchemas(document, definition, parameters),
        ...Object.values(document.object(definition.responses)).flatMap((response) =>
          responseSchemas(document, definition, document.object(response)),
        ),
      ];
    })
    .map(([, schema]) => [modelNameOf(schema), schema] as const);
  const named = {
    ...document.object(document.root.definitions),
    ...document.object(document.object(document.root.components).schemas),
  };
  const schemas = new Map<string, unknown>([...bodies, ...Object.entries(named)]);
  // In the order of the document, those without names of their own last.
  const names = new Set([...Object.keys(named), ...schemas.keys()]);
  return [...names].map((name) => modelOf(name, schemas.get(name), apiId));
}

function modelOf(name: string, schema: unknown, apiId: string): DeclaredModel {
  const description = isObject(schema) ? schema.description : undefined;
  let refers = false;
  const shown = rewritten(schema, droppedKeywords, (given) => {
    const [, other] = reference.exec(given) ?? [];
    refers = true;
    return other === undefined
      ? given
      : `https://apigateway.amazonaws.com/restapis/${apiId}/models/${other}`;
  });
  return {
    id: derivedId(`${apiId} model ${name}`, 6),
    name,
    ...(typeof description === "string" && { description }),
    schema: shown,
    refers,
  };
}
