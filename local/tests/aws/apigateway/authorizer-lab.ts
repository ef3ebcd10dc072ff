import type { InvokeRequest, InvokeResult } from "../../../aws/types";
import { type Lab, ok, openApi, proxied } from "./lab";

export const gateArn = "arn:aws:lambda:us-east-1:123456789012:function:gate";
export const gateUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${gateArn}/invocations`;

/** A security scheme with an authorizer that asks the function `gate`. */
export function gateScheme(authorizer: object = {}, scheme: object = {}): object {
  return {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": {
      type: "request",
      authorizerUri: gateUri,
      identitySource: "method.request.header.Authorization",
      ...authorizer,
    },
    ...scheme,
  };
}

/** A document with the schemes `user`, which is the gate's, and `key`. */
export function gatedApi(authorizer: object = {}, paths?: object, more: object = {}): object {
  const operation = gated();
  return openApi(
    paths ?? {
      "/things": { get: operation, post: operation },
      "/things/{id}": { get: operation, delete: operation },
    },
    {
      components: {
        securitySchemes: {
          user: gateScheme(authorizer),
          key: { type: "apiKey", name: "x-api-key", in: "header" },
        },
      },
      ...more,
    },
  );
}

/** An operation behind the gate. */
export function gated(more: object = {}): object {
  return proxied({ security: [{ user: [] }], ...more });
}

/** A statement of an authorizer's policy, on all that there is to call. */
export function statement(effect: "Allow" | "Deny", resource: unknown = "*"): object {
  return { Effect: effect, Action: "execute-api:Invoke", Resource: resource };
}

/** What an authorizer returns. */
export function verdict(statements: readonly object[], more: object = {}): object {
  return {
    principalId: "ada",
    policyDocument: { Version: "2012-10-17", Statement: statements },
    ...more,
  };
}

export const allowed = verdict([statement("Allow")]);

/** What Lambda answers for a function that throws an error with this message. */
export function thrown(errorMessage: string): InvokeResult {
  return {
    statusCode: 200,
    functionError: "Unhandled",
    payload: JSON.stringify({ errorType: "Error", errorMessage, trace: [] }),
  };
}

type Gate = (request: InvokeRequest) => InvokeResult | Promise<InvokeResult>;

/** Makes the function `gate` do as it is told; the others answer as before. */
export function setGate(lab: Lab, gate: Gate | object): void {
  const answer: Gate = typeof gate === "function" ? (gate as Gate) : () => ok(gate);
  lab.invoke = (request) =>
    request.functionName === gateArn ? answer(request) : ok({ statusCode: 200, body: "done" });
}

/** The questions to the gate. */
export function asked(lab: Lab): InvokeRequest[] {
  return lab.invocations.filter(({ functionName }) => functionName === gateArn);
}

/** The event of the last question to the gate. */
export function question(lab: Lab): Record<string, unknown> {
  return JSON.parse(asked(lab).at(-1)?.payload ?? "{}") as Record<string, unknown>;
}

export const bearer = { Authorization: "Bearer TOKEN-OF-ADA" };
