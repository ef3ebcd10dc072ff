import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const header = "// Written by npm run client, of openapi.users.json.\n\n";

/** What is of no use to the client: examples, and the operations that answer HEAD. */
const leftOut = new Set(["example", "head"]);

/**
 * The types of an API.
 *
 * @param document its OpenAPI document, as JSON.
 */
export async function typesOf(document: string): Promise<string> {
  const blob = ts.factory.createTypeReferenceNode("Blob");
  const known: unknown = JSON.parse(document, (name, value: unknown) =>
    leftOut.has(name) ? undefined : value,
  );
  const nodes = await openapiTS(JSON.stringify(known), {
    alphabetize: false,
    transform: ({ format }) => (format === "binary" ? blob : undefined),
  });
  return header + astToString(nodes);
}
