import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { Account } from "../types";
import { invalidMembers } from "./invalid-member";
import { type MemberShape, problemsOf, shapeOf } from "./member-shape";

/** `arn:aws:lambda:<region>:<account>:function:<name>`. */
export function functionArn(name: string, account: Account): string {
  return regionalArn(account, "lambda", `function:${name}`);
}

/** What is invoked, and changes, where no version and no alias is named. */
export const latest = "$LATEST";

const beforeName = String.raw`(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?`;

/**
 * What a function's name, with all that may stand before it, is to look like; an operation takes one of these.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html#API_GetFunction_RequestSyntax
 */
export const nameShapes = {
  /** Of most operations that read a function, and of Invoke. */
  namespaced: shapeOf(
    String.raw`${beforeName}([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`,
    256,
  ),
  /** Of those that change one, and of aliases. */
  plain: shapeOf(String.raw`${beforeName}([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?`, 140),
  /** Of URLs, which no version has. */
  url: shapeOf(String.raw`${beforeName}([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?`, 140),
  /** Of what is the same of all versions. */
  unqualified: shapeOf(`${beforeName}([a-zA-Z0-9-_]+)`, 140),
  /** Of a name and a qualifier that were read apart, and put together. */
  joined: shapeOf(String.raw`${beforeName}([a-zA-Z0-9-_\.]+)(:[a-zA-Z0-9-_$\.]+)?`, 512),
} as const;

/** What qualifiers are to look like; an operation takes one of these. */
export const qualifierShapes = {
  any: shapeOf(String.raw`\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`, 128),
  /** Of URLs: an alias. */
  url: shapeOf(String.raw`((?!^\d+$)^[0-9a-zA-Z-_]+$)`, 128),
} as const;

/** The parts of a name, once it is known to be one. */
const parts =
  /^(?:arn:([^:]*):lambda:)?(?:([a-z-]+-\d):)?(?:(\d{12}):)?(?:function:)?([^:]+)(?::(.+))?$/;

/** What a reference to a function says. */
export interface FunctionReference {
  name: string;
  /** A version's number, `$LATEST` or an alias. Default: the function as it is now. */
  qualifier?: string;
}

/**
 * What a name or an ARN says, with or without `:qualifier`; of an ARN, what is before the name may be left out.
 *
 * @param shape that it is to have. Default: that of most operations.
 * @throws AwsError `ResourceNotFoundException` for another account or region, `ValidationException` for what
 * is no reference.
 */
export function functionReferenceOf(
  reference: string,
  account: Account,
  shape: MemberShape = nameShapes.namespaced,
): FunctionReference {
  return askedReference({ reference, shape }, account);
}

/** A reference as a request has it. */
export interface AskedReference {
  reference: string;
  shape: MemberShape;
  /** By itself, beside one that the reference may have. */
  qualifier?: string | undefined;
  /** That the qualifier is to have. Default: any version or alias. */
  qualifierShape?: MemberShape | undefined;
}

/**
 * What the name and the qualifier of a request say together.
 *
 * @throws AwsError as {@link functionReferenceOf}, and `InvalidParameterValueException` for two qualifiers.
 */
export function askedReference(
  { reference, shape, qualifier, qualifierShape = qualifierShapes.any }: AskedReference,
  account: Account,
): FunctionReference {
  const invalid = [
    ...problemsOf("qualifier", qualifier, qualifierShape),
    ...problemsOf("functionName", reference, shape),
  ];
  if (invalid.length > 0) {
    throw invalidMembers(invalid);
  }
  const [, partition, region, accountId, name = "", derived] = parts.exec(reference) ?? [];
  requireHere({ partition, region, accountId }, reference, account);
  if (qualifier !== undefined && derived !== undefined && qualifier !== derived) {
    throw new AwsError(
      "InvalidParameterValueException",
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  }
  const own = qualifier ?? derived;
  return { name, ...(own !== undefined && { qualifier: own }) };
}

/**
 * The name in a reference, whatever its qualifier.
 *
 * @throws AwsError as {@link functionReferenceOf}.
 */
export function functionNameOf(reference: string, account: Account): string {
  return functionReferenceOf(reference, account, nameShapes.plain).name;
}

/** Of an ARN, only what is given counts. */
function requireHere(
  { region, ...rest }: { [Part in keyof Account]: string | undefined },
  reference: string,
  account: Account,
): void {
  if (region !== undefined && region !== account.region) {
    throw new AwsError(
      "ResourceNotFoundException",
      `Functions from '${region}' are not reachable in this region ('${account.region}')`,
      404,
    );
  }
  const isHere =
    (rest.partition ?? account.partition) === account.partition &&
    (rest.accountId ?? account.accountId) === account.accountId;
  if (!isHere) {
    throw functionNotFound(reference);
  }
}

/** A function's name or ARN, with a qualifier if there is one. */
export function qualified(nameOrArn: string, qualifier: string | undefined): string {
  return qualifier === undefined ? nameOrArn : `${nameOrArn}:${qualifier}`;
}

/** @param reference as the caller gave it. */
export function functionNotFound(reference: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Function not found: ${reference}`, 404);
}
