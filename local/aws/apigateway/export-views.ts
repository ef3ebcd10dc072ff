import { RestPayload, type RestCall } from "../api/rest-api";
import { notEmulated } from "../not-emulated";
import { badRequest } from "./errors";
import { ApiDocument } from "./openapi/document";
import { exportDocument, extensionNames, type Extension } from "./openapi/export-document";
import { apiNamed, stageNamed, view, type View, type ViewContext } from "./view";

/** What writes down what a stage serves, as JSON. https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html */
export const exportViews: Readonly<Record<string, View>> = {
  "GET /restapis/{api}/stages/{stage}/exports/{type}": view("GetExport", (call, context) => {
    const { path } = call;
    const api = apiNamed(context, path);
    const stage = stageNamed(api, path);
    const { type = "" } = path;
    const document = new ApiDocument(stage.deployment.definition.source);
    requireForm(type, document.form, context);
    const exported = exportDocument(api, stage, { document, extensions: extensionsOf(call) });
    const at = context.now.toISOString().slice(0, 19);
    return new RestPayload(JSON.stringify(exported, undefined, 2), {
      "content-type": "application/json",
      "content-disposition": `attachment; filename="${type}_${at}Z.json"`,
    });
  }),
};

/** @throws AwsError `BadRequestException`, and one that says what is not emulated. */
function requireForm(type: string, form: string, { accept }: ViewContext): void {
  if (type !== "oas30" && type !== "swagger") {
    throw badRequest(`Invalid export type specified: ${type}`);
  }
  if (type !== form) {
    throw notEmulated(`exports of API Gateway as ${type} of what was imported as ${form}`);
  }
  if (/yaml/i.test(accept)) {
    throw notEmulated("exports of API Gateway as YAML");
  }
}

function extensionsOf({ query }: RestCall): ReadonlySet<Extension> {
  const asked = (query.get("extensions") ?? "").split(",").filter((name) => name !== "");
  const unknown = asked.find((name) => !Object.hasOwn(extensionNames, name));
  if (unknown !== undefined) {
    throw notEmulated(`the extensions ${unknown} of exports of API Gateway`);
  }
  return new Set(asked as Extension[]);
}
