import { notFound } from "./errors";
import { ApiDocument } from "./openapi/document";
import { type RequestValidator, requestValidators } from "./openapi/request-validators";
import type { RestApi } from "./state";
import { apiNamed, list, view, type View } from "./view";

const base = "GET /restapis/{api}/requestvalidators";

/** What shows the request validators of an API. */
export const validatorViews: Readonly<Record<string, View>> = {
  [base]: list("GetRequestValidators", (context, { path }) =>
    validatorsOf(apiNamed(context, path)).map((each) => ({ ...each })),
  ),
  [`${base}/{validator}`]: view("GetRequestValidator", ({ path }, { apis }) => {
    const api = apis.get(path.api ?? "");
    const found = api && validatorsOf(api).find(({ id }) => id === path.validator);
    if (!found) {
      throw notFound("Invalid Request Validator identifier specified");
    }
    return { ...found };
  }),
};

function validatorsOf({ id, definition }: RestApi): RequestValidator[] {
  return requestValidators(new ApiDocument(definition.source), id);
}
