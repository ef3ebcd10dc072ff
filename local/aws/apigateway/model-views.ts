import type { Structure } from "../api/output";
import { notEmulated } from "../not-emulated";
import { notFound } from "./errors";
import { type DeclaredModel, declaredModels } from "./openapi/declared-models";
import { ApiDocument } from "./openapi/document";
import type { RestApi } from "./state";
import { apiNamed, list, view, type View } from "./view";

const base = "GET /restapis/{api}/models";

/** What shows the models of an API. */
export const modelViews: Readonly<Record<string, View>> = {
  [base]: list("GetModels", (context, { path }) => modelsOf(apiNamed(context, path)).map(modelOf)),
  [`${base}/{model}`]: view("GetModel", ({ path, query }, { apis }) => {
    const { api: id = "", model: name = "" } = path;
    const api = apis.get(id);
    const found = api && modelsOf(api).find((each) => each.name === name);
    if (!found) {
      throw notFound(`Invalid model name specified: ${name}`);
    }
    if (query.get("flatten") === "true" && found.refers) {
      throw notEmulated("flattened models of API Gateway that refer to others");
    }
    return modelOf(found);
  }),
};

function modelsOf({ id, definition }: RestApi): DeclaredModel[] {
  return declaredModels(new ApiDocument(definition.source), definition, id);
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Model.html */
function modelOf({ id, name, description, schema }: DeclaredModel): Structure {
  const text = JSON.stringify(schema, undefined, 2);
  return { id, name, description, schema: text, contentType: "application/json" };
}
