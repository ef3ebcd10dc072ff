import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayRequestAuthorizerEvent, Context } from "aws-lambda";
import { createSsm } from "./aws/clients";
import type { Kept } from "./aws/kept";
import { keptParameter } from "./aws/kept-parameter";
import { flagSetting, setting } from "./aws/settings";
import { type Credentials, readCredentials } from "./users/tokens/credentials";
import { IssuerKeys } from "./users/tokens/issuer-keys";
import { type Admission, allow, type Decision, deny, stageArn } from "./users/tokens/policy";
import { Refusal } from "./users/tokens/refusal";
import { readTokenSettings } from "./users/tokens/token-settings";
import { verifyToken, type VerifyTokenDeps } from "./users/tokens/verify-token";
import { userHash } from "./users/user-hash";

/** A Lambda function that a REST API asks whether to let a request in. */
export type Authorizer = (
  event: APIGatewayRequestAuthorizerEvent,
  context: Context,
) => Promise<Decision>;

/** What letting requests in needs. */
export interface AuthorizeDeps extends VerifyTokenDeps {
  /** The value of the API key to which requests with tokens count. */
  planKey: Pick<Kept<string>, "current">;
}

/**
 * Lets in who sends a bearer token of the issuer, or an API key where programs may. What cannot be
 * decided is an error of the function, which the gateway answers by 503, and of which an alarm tells.
 *
 * @param clock milliseconds since 1970.
 */
export function createHandler(settings: NodeJS.ProcessEnv, clock = Date.now): Authorizer {
  const logger = new Logger();
  const allowApiKeys = flagSetting(settings, "ALLOW_API_KEYS");
  const tokenSettings = readTokenSettings(settings);
  const deps: AuthorizeDeps = {
    settings: tokenSettings,
    findKey: new IssuerKeys(tokenSettings.issuer, logger, { clock }).find,
    clock,
    planKey: planKey(settings, logger, clock),
  };
  return createAuthorizer(logger, async (event) =>
    authorize(readCredentials(event, allowApiKeys), deps),
  );
}

function planKey(settings: NodeJS.ProcessEnv, logger: Logger, clock: () => number): Kept<string> {
  const parameter = {
    name: setting(settings, "API_KEY_PARAMETER"),
    what: "the plan's key",
    holds: "the value of an API key",
    read: (text: string) => text || undefined,
  };
  return keptParameter(createSsm(), parameter, logger, clock);
}

/**
 * Answers the gateway by a policy. Log lines never hold what a client sent but for the method and the
 * route, and nothing of what a token says.
 *
 * @param admit throws a `Refusal` to keep a request out.
 */
function createAuthorizer(
  logger: Logger,
  admit: (event: APIGatewayRequestAuthorizerEvent) => Promise<Admission>,
): Authorizer {
  return async (event, context) => {
    logger.addContext(context);
    logger.appendKeys({ requestId: event.requestContext.requestId });
    logger.info("received", { method: event.httpMethod, route: event.resource });
    try {
      const stage = stageArn(event.methodArn);
      logger.info("started");
      const outcome = await admit(event).catch(refusal);
      if (outcome instanceof Refusal) {
        logger.info("finished", { outcome: "denied", reason: outcome.reason });
        return deny(stage, outcome.reason);
      }
      logger.info("finished", { outcome: outcome.context.kind });
      return allow(stage, outcome);
    } catch (error) {
      logger.error("failed", { error });
      throw error;
    }
  };
}

function refusal(error: unknown): Refusal {
  if (error instanceof Refusal) {
    return error;
  }
  throw error;
}

/**
 * Who sent a request, by what it brings along.
 *
 * @throws Refusal for a token that is not accepted. Whether an API key is, the gateway knows.
 */
export async function authorize(credentials: Credentials, deps: AuthorizeDeps): Promise<Admission> {
  if ("apiKey" in credentials) {
    const { apiKey: usageIdentifierKey } = credentials;
    return { principalId: "service", context: { kind: "service" }, usageIdentifierKey };
  }
  const { kind, userId, expiresAt } = await verifyToken(credentials.token, deps);
  return {
    principalId: userHash(userId),
    // Contexts are passed on in headers, which take no Unicode.
    context: { kind, userId: encodeURIComponent(userId), expiresAt: String(expiresAt) },
    usageIdentifierKey: await deps.planKey.current(),
  };
}
