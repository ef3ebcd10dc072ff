import { notEmulated } from "../../not-emulated";
import type { Authorizer, Method } from "../definition";
import { badRequest } from "../errors";
import { readAuthorizer } from "./authorizer";
import type { ApiDocument, JsonObject } from "./document";

/** What the security schemes of a document mean to its operations. */
export class Security {
  readonly #document: ApiDocument;
  readonly #schemes: JsonObject;
  readonly #authorizers: ReadonlyMap<string, Authorizer>;

  /**
   * Reads the schemes, those that no operation uses too.
   *
   * @throws AwsError `BadRequestException` or `NotImplemented` for authorizers that cannot be.
   */
  constructor(document: ApiDocument, apiId: string) {
    this.#document = document;
    this.#schemes = securitySchemes(document);
    this.#authorizers = new Map(
      Object.keys(this.#schemes).flatMap((name) => {
        const authorizer = readAuthorizer(document, name, this.#scheme(name), apiId);
        return authorizer ? [[name, authorizer]] : [];
      }),
    );
  }

  /**
   * What an operation asks of its callers: an API key when its `security`, or else the document's,
   * names a scheme of type `apiKey` in the header `x-api-key`, and the word of an authorizer when it
   * names one. API Gateway asks for all that is named, whether as alternatives or together. Other
   * schemes have no effect there either.
   *
   * @param where such as `'GET' for resource at path '/images'`; for error messages.
   * @throws AwsError `BadRequestException` for schemes that there are none of, `NotImplemented` for
   * IAM authorization, scopes and several authorizers at once.
   */
  of(operation: JsonObject, where: string): Pick<Method, "apiKeyRequired" | "authorizer"> {
    if (operation["x-amazon-apigateway-auth"] !== undefined) {
      throw notEmulated("x-amazon-apigateway-auth of an API");
    }
    const named = this.#document
      .objects(operation.security ?? this.#document.root.security)
      .flatMap((requirement) => Object.entries(requirement));
    for (const [name] of named) {
      this.#check(name, where);
    }
    const authorizer = this.#authorizerOf(named, where);
    return {
      apiKeyRequired: named.some(([name]) => this.#isApiKey(name)),
      ...(authorizer && { authorizer }),
    };
  }

  #authorizerOf(
    named: readonly (readonly [string, unknown])[],
    where: string,
  ): Authorizer | undefined {
    const used = named.filter(([name]) => this.#authorizers.has(name));
    const [first, ...others] = new Set(used.map(([name]) => name));
    if (others.length > 0) {
      throw notEmulated(`several authorizers of ${where}`);
    }
    if (used.some(([, scopes]) => Array.isArray(scopes) && scopes.length > 0)) {
      throw notEmulated(`authorization scopes of ${where}`);
    }
    return first === undefined ? undefined : this.#authorizers.get(first);
  }

  #check(name: string, where: string): void {
    if (!Object.hasOwn(this.#schemes, name)) {
      throw badRequest(`Invalid security scheme "${name}" specified on method ${where}`);
    }
    const authType = this.#scheme(name)["x-amazon-apigateway-authtype"];
    if (authType !== undefined && !this.#authorizers.has(name)) {
      throw notEmulated(
        `the x-amazon-apigateway-authtype ${JSON.stringify(authType)} of the security scheme "${name}" without an x-amazon-apigateway-authorizer`,
      );
    }
  }

  #isApiKey(name: string): boolean {
    const { type, name: header } = this.#scheme(name);
    return (
      type === "apiKey" &&
      String(header).toLowerCase() === "x-api-key" &&
      !this.#authorizers.has(name)
    );
  }

  #scheme(name: string): JsonObject {
    return this.#document.object(this.#schemes[name]);
  }
}

function securitySchemes(document: ApiDocument): JsonObject {
  return document.object(
    document.object(document.root.components).securitySchemes ?? document.root.securityDefinitions,
  );
}
