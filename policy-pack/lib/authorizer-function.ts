import type { Authorizer } from "./authorizers";
import type { CheckedResource } from "./resource";
import type { CheckedStack } from "./stack";
import { aliasType, functionType } from "./types";

/** The functions of the stack that an authorizer asks: one, unless its URI may be that of several. */
export function functionsOf(authorizer: Authorizer, stack: CheckedStack): CheckedResource[] {
  const { holder, uri, uriProperty } = authorizer;
  const named =
    typeof uri === "string"
      ? [functionType, aliasType].flatMap((type) =>
          stack.ofType(type).filter((one) => isNamedBy(uri, one)),
        )
      : [];
  // The document of an API comes from all of its functions, so that only its text tells which is asked.
  const found =
    named.length > 0 || uriProperty === "body"
      ? named
      : stack.referred(holder, uriProperty, [functionType, aliasType]);
  return [
    ...new Map(
      found.flatMap((one) => functionBehind(one, stack)).map((fn) => [fn.urn, fn]),
    ).values(),
  ];
}

/** By the ARN in `…:lambda:path/2015-03-31/functions/arn:aws:lambda:…:function:users/invocations`. */
function isNamedBy(uri: string, { record, type }: CheckedResource): boolean {
  const arn = /\/functions\/(.+)\/invocations/.exec(uri)?.[1] ?? "";
  const name = type === functionType ? (arn.split(":")[6] ?? arn) : arn;
  const own = ["invokeArn", "arn", "name"].map((property) => record.inEffect(property));
  return own.includes(uri) || (arn !== "" && (own.includes(arn) || own.includes(name)));
}

function functionBehind(target: CheckedResource, stack: CheckedStack): CheckedResource[] {
  return target.type === aliasType
    ? stack.referred(target, "functionName", [functionType])
    : [target];
}
