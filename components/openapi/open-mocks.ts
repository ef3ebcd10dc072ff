import type { OpenAPIV3 } from "openapi-types";
import type { Origins } from "../../handlers/http/cors";
import { type Integrated, mockOperation } from "./mocks";
import { openOperations } from "./operations/open";
import { documentPath, healthPath } from "./routes";

/** Seconds for which the document may be kept: it changes with deployments alone. */
const keepSeconds = 300;

/**
 * By path, how the gateway answers what it answers by itself.
 *
 * @param document the one that it serves.
 * @throws Error when that is too large for a mapping template.
 */
export function openMocks(
  origins: Origins,
  document: OpenAPIV3.Document,
): Record<string, OpenAPIV3.OperationObject<Integrated>> {
  const answers: Readonly<Record<string, { body: string; headers?: Record<string, string> }>> = {
    [healthPath]: { body: JSON.stringify({ status: "ok" }) },
    [documentPath]: {
      body: documentTemplate(document),
      headers: { "Cache-Control": `public, max-age=${keepSeconds}` },
    },
  };
  return Object.fromEntries(
    Object.entries(openOperations).map(([path, { operationId, summary = "" }]) => [
      path,
      {
        operationId,
        summary,
        ...mockOperation({ origins, status: 200, description: summary, ...answers[path] }),
      },
    ]),
  );
}

/**
 * The document as a mapping template, which names the server that was asked: under a domain of one's own, too,
 * where the stage is not in the path.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
function documentTemplate(document: OpenAPIV3.Document): string {
  const here = { url: "{here}", description: "Where this document comes from" };
  return literal(JSON.stringify({ ...document, servers: [here] })).replace(
    "{here}",
    () => serverUrl,
  );
}

const serverUrl = [
  // AWS speaks HTTPS alone; a local run may not.
  '#if($input.params().header.get("X-Forwarded-Proto")=="http")http#{else}https#end',
  "://$util.escapeJavaScript($context.domainName)",
  `$util.escapeJavaScript($context.path.replace("${documentPath}",""))`,
].join("");

/** JSON that as a template is itself: it has none of the two characters that templates have more in mind for. */
function literal(json: string): string {
  return json.replaceAll("$", "\\u0024").replaceAll("#", "\\u0023");
}
