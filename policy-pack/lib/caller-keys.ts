import { coverMostOfInternet } from "./ip-ranges";
import type { Text } from "./policy-document";
import type { Truth } from "./truth";
import { isKnown, unknownValue } from "./values";

/** Whether values of a condition key, all of which a caller may have, leave known callers only. */
type Selects = (values: readonly string[]) => boolean;

/** Wildcards stand for what others may choose, and so do variables such as `${aws:PrincipalArn}`. */
const variable = /[*?]|\$\{/;

const fixed: Selects = (values) => !values.some((value) => variable.test(value));

/** What comes before the separator has to be fixed: the organization of a path, the id of a role. */
function fixedUpTo(separator: string): Selects {
  return (values) => fixed(values.map((value) => value.split(separator)[0] ?? ""));
}

/** An account, or a bucket, whose name is nobody else's, though its ARN has no account. */
const arnOfSomebody: Selects = (values) =>
  values.every(
    (arn) => /:\d{12}:/.test(arn) || /^arn:[^:]+:s3:[^:]*:[^:]*:[^*?/$]+(\/|$)/.test(arn),
  );

const addresses: Selects = (values) => fixed(values) && !coverMostOfInternet(values);

const isTrue: Selects = (values) => values.every((value) => value.toLowerCase() === "true");

/**
 * Keys, in lower case, that tie a request to accounts, organizations, networks or resources, and
 * the values of each that do. `aws:VpcSourceIp` is none of them: private addresses are anybody's.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const callerKeys: ReadonlyMap<string, Selects> = new Map([
  ["aws:principalaccount", fixed],
  ["aws:principalarn", arnOfSomebody],
  ["aws:principalorgid", fixed],
  ["aws:principalorgpaths", fixedUpTo("/")],
  ["aws:principalservicename", fixed],
  ["aws:sourceaccount", fixed],
  ["aws:sourcearn", arnOfSomebody],
  ["aws:sourceip", addresses],
  ["aws:sourceorgid", fixed],
  ["aws:sourceorgpaths", fixedUpTo("/")],
  ["aws:sourceowner", fixed],
  ["aws:sourcevpc", fixed],
  ["aws:sourcevpcarn", arnOfSomebody],
  ["aws:sourcevpce", fixed],
  ["aws:userid", fixedUpTo(":")],
  ["aws:vpceaccount", fixed],
  ["aws:vpceorgid", fixed],
  ["aws:vpceorgpaths", fixedUpTo("/")],
  // Reached from the VPC alone, as EFS's own documentation limits it.
  ["elasticfilesystem:accessedviamounttarget", isTrue],
  ["elasticfilesystem:accesspointarn", arnOfSomebody],
  ["kms:calleraccount", fixed],
  ["s3:dataaccesspointaccount", fixed],
  ["s3:dataaccesspointarn", arnOfSomebody],
]);

/** Whether the key is one that tells who calls, and all of these values name somebody. */
export function namesCallers(key: Text, values: readonly unknown[]): Truth {
  if (key === unknownValue) {
    return values.length > 0 && unknownValue;
  }
  const known = values.filter(isKnown).map(String);
  // A value that names nobody is not made up for by any other.
  if (values.length === 0 || callerKeys.get(key)?.(known) !== true) {
    return false;
  }
  return known.length === values.length ? true : unknownValue;
}
