import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bundleHandlers } from "../bundle";
import type { UserSettings } from "../config/user-config";
import { createSecretParameter } from "../edge/secret-parameter";
import { duty, type NamedResource } from "../functions/duty";
import { type FunctionSettings, settingsOf } from "../functions/function-settings";
import { HandlerFunction } from "../functions/handler-function";
import type { InvocationTarget } from "../functions/invocation-target";
import { authorizeStatements } from "../policies/user-statements";
import { recordedArgs } from "../recorded-args";

/**
 * Seconds for an issuer to say where its keys are, and which, if the function does not know yet; the
 * gateway waits for 29.
 */
const timeoutSeconds = 20;

/** Arguments of `Authorizer`. */
export interface AuthorizerArgs extends FunctionSettings {
  /** Whose tokens are accepted. */
  users: UserSettings;
  /** Value of the API key to which requests with tokens count. */
  apiKey: pulumi.Input<string>;
}

/**
 * The function that tells API Gateway whom to let in, `handlers/authorize.ts`: who has a token of the
 * issuer, and, if the settings say so, an API key. The key that requests with tokens count to is in a
 * parameter of Systems Manager, encrypted with the account's own key for it: functions' environments are
 * shown to whoever may look at functions.
 */
export class Authorizer extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly target: InvocationTarget;
  private readonly name: string;

  constructor(name: string, args: AuthorizerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:api:Authorizer", name, recordedArgs({ users: args.users }), opts);
    this.name = name;
    const apiKeyParameter = createSecretParameter(
      `/api-key/${name}`,
      {
        description: "API key to which requests of users count",
        value: pulumi.secret(args.apiKey),
      },
      this,
    );
    const handler = createHandler(name, args, apiKeyParameter, this);
    this.function = handler.function;
    this.target = handler.target;
    this.registerOutputs({ function: this.function });
  }

  /** Lets the gateway ask, for this API and any authorizer of it: there is one, and it has no name before. */
  letAsk({ executionArn }: aws.apigateway.RestApi): void {
    new aws.lambda.Permission(
      `${this.name}-invoke`,
      {
        action: "lambda:InvokeFunction",
        function: this.target.functionName,
        ...this.target.qualified,
        principal: "apigateway.amazonaws.com",
        sourceArn: pulumi.interpolate`${executionArn}/authorizers/*`,
      },
      { parent: this },
    );
  }
}

function createHandler(
  name: string,
  { users, ...settings }: AuthorizerArgs,
  apiKeyParameter: NamedResource,
  parent: pulumi.Resource,
): HandlerFunction {
  bundleHandlers();
  return new HandlerFunction(
    name,
    {
      operation: "authorize",
      timeoutSeconds,
      ...settingsOf(settings, "authorize"),
      ...duty({ apiKeyParameter }, authorizeStatements, {
        OIDC_ISSUER: users.issuer,
        OIDC_AUDIENCE: JSON.stringify(users.audience),
        OIDC_USER_CLAIM: users.userClaim,
        ...(users.admin && {
          OIDC_ADMIN_CLAIM: users.admin.claim,
          OIDC_ADMIN_VALUE: users.admin.value,
        }),
        ALLOW_API_KEYS: String(users.allowApiKeys),
      }),
    },
    { parent },
  );
}
