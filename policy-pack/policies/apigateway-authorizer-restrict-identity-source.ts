import { type Authorizer, authorizersIn, isOfWebSocket } from "../lib/authorizers";
import { stackRule } from "../lib/rule";
import { apiV2Type, authorizerType, authorizerV2Type, restApiType } from "../lib/types";
import { isKnown, textOf } from "../lib/values";

const header = /[.$]request\.header\./;
const query = /[.$]request\.querystring\.(.+)$/;
/** What names of parameters tell of tokens, keys and signatures. */
const secret = /token|auth|jwt|key|secret|signature|password|credential|session/i;
/** What is the same for all who call, but for where they call from. */
const common = /^\$?(context\.(?!identity\.)|stageVariables\.)/;

/**
 * URLs are written to logs of access, to histories of browsers and to what pages send on as their
 * referrer. Pages cannot set headers of WebSockets, so that those are left out.
 */
export const apigatewayAuthorizerRestrictIdentitySource = stackRule({
  name: "apigateway-authorizer-restrict-identity-source",
  description:
    "Authorizers take tokens from headers, and cache answers by what tells callers apart.",
  severity: "high",
  topic: "api",
  remediationSteps:
    "Take the token from a header, such as method.request.header.Authorization or $request.header.Authorization, and name it as an identity source.",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html",
  types: [authorizerType, authorizerV2Type, restApiType, apiV2Type],
  check(resource, report, _settings, stack) {
    for (const authorizer of authorizersIn(resource).filter((one) => !isOfWebSocket(one, stack))) {
      const whose =
        authorizer.title === undefined ? "" : `, for its authorizer ${authorizer.title},`;
      for (const problem of [queryProblem(authorizer), cacheProblem(authorizer)]) {
        if (problem !== undefined) {
          report(problem.replace(/^\w+/, (verb) => verb + whose));
        }
      }
    }
  },
});

/** A parameter that is called otherwise may be there only to keep answers apart. */
function queryProblem({ identitySources }: Authorizer): string | undefined {
  const sources = Array.isArray(identitySources) ? identitySources.map(textOf) : [];
  const mayHaveToken = !sources.some((source) => header.test(source));
  const found = sources.find((source) => {
    const name = query.exec(source)?.[1];
    return name !== undefined && (mayHaveToken || secret.test(name));
  });
  return found && `takes the token from the query string, by ${found}, which is written to logs`;
}

function cacheProblem(authorizer: Authorizer): string | undefined {
  if (!authorizer.asksFunction || !isReused(authorizer.secondsCached)) {
    return undefined;
  }
  const { identitySources, secondsCached } = authorizer;
  const isShared =
    Array.isArray(identitySources) &&
    identitySources.every((source) => isKnown(source) && common.test(String(source)));
  return isShared
    ? `keeps answers for ${textOf(secondsCached)} seconds by nothing that tells callers apart`
    : undefined;
}

function isReused(seconds: unknown): boolean {
  return isKnown(seconds) && seconds !== 0;
}
