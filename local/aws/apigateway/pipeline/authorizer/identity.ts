import type { Authorizer } from "../../definition";
import { evaluate } from "../expressions";
import type { Exchange } from "../exchange";

/** The values of one identity source: several, where a client sends a header or a parameter twice. */
export type Identity = readonly (readonly string[])[];

/**
 * Who a request says its caller is: the values of the authorizer's identity sources.
 *
 * With a TTL of 0, AWS documents both that nothing is validated and that whatever is named is. Here it
 * is: an authorizer that is to be asked in any case names no source.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html
 *
 * @returns `undefined` when a source is missing or empty, or a token does not match.
 */
export function identityOf(
  { identitySources, tokenPattern }: Authorizer,
  accountId: string,
  exchange: Exchange,
): Identity | undefined {
  const identity = identitySources.map((source) => valuesOf(source, accountId, exchange));
  const complete = identity.every(
    (values) => values.length > 0 && values.every((value) => value.trim() !== ""),
  );
  const matches = identity.flat().every((value) => tokenPattern?.test(value) ?? true);
  return complete && matches ? identity : undefined;
}

/** All of them count: a result must hold for no request that says more than the one that it is of. */
function valuesOf(source: string, accountId: string, exchange: Exchange): readonly string[] {
  const [, name] = /^method\.request\.header\.(.+)$/.exec(source) ?? [];
  if (name !== undefined) {
    return exchange.headers.all(name);
  }
  const [, parameter] = /^method\.request\.querystring\.(.+)$/.exec(source) ?? [];
  if (parameter !== undefined) {
    return exchange.query.getAll(parameter);
  }
  const value = evaluate(source, accountId, exchange);
  return value === undefined ? [] : [value];
}
