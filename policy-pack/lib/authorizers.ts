import { documentOf, type OpenApiDocument } from "./openapi-document";
import type { CheckedResource } from "./resource";
import type { CheckedStack } from "./stack";
import { protocolOf } from "./stage-settings";
import { authorizerType, authorizerV2Type, restApiType } from "./types";
import { entriesOf, isKnown, listOf, unknownValue } from "./values";

/** Seconds for which API Gateway keeps an answer where nothing is said. */
const defaultSeconds = 300;

/** Names of the same in resources of REST APIs, of other APIs, and in documents. */
const names = {
  type: ["type", "authorizerType", "type"],
  seconds: [
    "authorizerResultTtlInSeconds",
    "authorizerResultTtlInSeconds",
    "authorizerResultTtlInSeconds",
  ],
  sources: ["identitySource", "identitySources", "identitySource"],
  uri: ["authorizerUri", "authorizerUri", "authorizerUri"],
  simple: ["enableSimpleResponses", "enableSimpleResponses", "enableSimpleResponses"],
} as const;

/** An authorizer: a resource, or a part of the document of an API. */
export class Authorizer {
  /** The resource that declares it. */
  readonly holder: CheckedResource;
  /** How messages about the holder name it, if that is not the holder itself. */
  readonly title: string | undefined;
  /** Whether it is one of a REST API. */
  readonly isRest: boolean;
  readonly #part: { document: OpenApiDocument; content: unknown } | undefined;

  constructor(
    holder: CheckedResource,
    part?: { name: string; document: OpenApiDocument; content: unknown },
  ) {
    this.holder = holder;
    this.title = part && `"${part.name}"`;
    this.isRest = [restApiType, authorizerType].includes(holder.type);
    this.#part = part;
  }

  /** `TOKEN`, `REQUEST`, `COGNITO_USER_POOLS` or `JWT`. */
  get type(): unknown {
    // Of a resource of a REST API, the type may be left out.
    const type = this.#known("type") ?? (this.#part ? undefined : "TOKEN");
    return typeof type === "string" ? type.toUpperCase() : type;
  }

  /** Whether a function decides. */
  get asksFunction(): boolean {
    return ["TOKEN", "REQUEST"].includes(this.type as string);
  }

  /** Seconds for which the answer of its function is kept; 0 for none. */
  get secondsCached(): unknown {
    const seconds = this.#known("seconds") ?? defaultSeconds;
    return isKnown(seconds) ? Number(seconds) : seconds;
  }

  /**
   * What a request has to bring, such as `method.request.header.Authorization`; answers are kept by it.
   * `undefined` where the program says nothing and the provider takes the header `Authorization`.
   */
  get identitySources(): unknown {
    const given = this.#known("sources");
    if (!isKnown(given)) {
      return unknownValue;
    }
    const sources = listOf(given).flatMap((one) =>
      typeof one === "string" ? one.split(",").map((text) => text.trim()) : [one],
    );
    return given === undefined && this.isRest && (!this.#part || this.type === "TOKEN")
      ? undefined
      : sources.filter((one) => one !== "");
  }

  /** The URI of its function. That it is not known is not told: where it comes from may tell enough. */
  get uri(): unknown {
    return this.#declared("uri");
  }

  /** Whether its function answers yes or no, for all routes, instead of with a policy. */
  get answersSimply(): boolean {
    return !this.isRest && [true, "true", unknownValue].includes(this.#known("simple") as never);
  }

  /** The property of the holder that says where the function is. */
  get uriProperty(): string {
    return this.#part ? "body" : "authorizerUri";
  }

  #known(what: keyof typeof names): unknown {
    const value = this.#declared(what);
    if (!isKnown(value)) {
      this.holder.tellUnknown(this.#part ? "body" : this.#name(what));
    }
    return value;
  }

  #declared(what: keyof typeof names): unknown {
    return this.#part
      ? this.#part.document.at(this.#part.content, this.#name(what))
      : this.holder.declared(this.#name(what));
  }

  #name(what: keyof typeof names): string {
    const [rest, other, document] = names[what];
    return this.#part ? document : this.isRest ? rest : other;
  }
}

/** The authorizers that a resource declares: an authorizer itself, or an API in its document. */
export function authorizersIn(resource: CheckedResource): Authorizer[] {
  if ([authorizerType, authorizerV2Type].includes(resource.type)) {
    return [new Authorizer(resource)];
  }
  const document = documentOf(resource);
  const schemes = [
    document.at(document.root, "components", "securitySchemes"),
    document.at(document.root, "securityDefinitions"),
  ].flatMap(entriesOf);
  return schemes.flatMap(([name]) => {
    const content = document.at(document.scheme(name), "x-amazon-apigateway-authorizer");
    return content === undefined || (isKnown(content) && entriesOf(content).length === 0)
      ? []
      : [new Authorizer(resource, { name, document, content })];
  });
}

/** Whether the authorizer is one of a WebSocket API, which keeps no answers. */
export function isOfWebSocket({ holder }: Authorizer, stack: CheckedStack): boolean {
  return holder.type === authorizerV2Type && protocolOf(stack, holder) === "WEBSOCKET";
}

/** The resources of an API that are authorizers of it. */
export function authorizersOf(api: CheckedResource, stack: CheckedStack): CheckedResource[] {
  return api.type === restApiType
    ? stack.referring(api, "restApi", [authorizerType])
    : stack.referring(api, "apiId", [authorizerV2Type]);
}
