import type { Structure } from "../api/output";
import type { Account } from "../types";
import type { Authorizer } from "./definition";
import { notFound } from "./errors";
import { functionUri } from "./openapi/function-uri";
import type { RestApi } from "./state";
import { apiNamed, list, view, type View } from "./view";

const base = "GET /restapis/{api}/authorizers";

/** What shows the authorizers of an API: those that one of its methods has. */
export const authorizerViews: Readonly<Record<string, View>> = {
  [base]: list("GetAuthorizers", (context, { path }) =>
    authorizersOf(apiNamed(context, path)).map((each) => authorizerOf(each, context.account)),
  ),
  [`${base}/{authorizer}`]: view("GetAuthorizer", ({ path }, context) => {
    const authorizers = authorizersOf(apiNamed(context, path));
    const found = authorizers.find(({ id }) => id === path.authorizer);
    if (!found) {
      throw notFound("Invalid Authorizer identifier specified");
    }
    return authorizerOf(found, context.account);
  }),
};

function authorizersOf({ definition }: RestApi): Authorizer[] {
  const all = definition.resources
    .flatMap(({ methods }) => [...methods.values()])
    .flatMap(({ authorizer }) => authorizer ?? []);
  return [...new Map(all.map((each) => [each.id, each])).values()];
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html */
function authorizerOf(authorizer: Authorizer, account: Account): Structure {
  const { id, name, type, functionArn, identitySources, tokenExpression } = authorizer;
  return {
    id,
    name,
    type: type.toUpperCase(),
    authType: "custom",
    authorizerUri: functionUri(account, functionArn),
    identitySource: identitySources.length > 0 ? identitySources.join(",") : undefined,
    identityValidationExpression: tokenExpression,
    authorizerResultTtlInSeconds: authorizer.resultTtlSeconds,
  };
}
