import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import type { Account } from "../types";
import type { MappingRegistry } from "./event-sources/running-mapping";
import { functionReferenceOf, type FunctionReference } from "./function-name";
import { invalidMember } from "./invalid-member";

/** What Lambda tags. https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
const taggable = String.raw`arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|(capacity-provider|network-connector):[a-zA-Z0-9-_]{1,64})`;

/**
 * The function whose tags are asked for; those of others are not emulated.
 *
 * @throws AwsError `ValidationException` for what has no tags, `InvalidParameterValueException` for a version or
 * an alias, `ResourceNotFoundException` for an event source mapping that there is none of.
 */
export function taggedFunction(
  arn: string,
  { account, lambda }: { account: Account; lambda: { eventSources: MappingRegistry } },
): FunctionReference {
  if (!new RegExp(`^(?:${taggable})$`).test(arn)) {
    const constraint = `Member must satisfy regular expression pattern: ${taggable}`;
    throw invalidMember("resource", arn, constraint);
  }
  const [, , , , , kind = "", id = ""] = arn.split(":");
  if (kind === "event-source-mapping" && lambda.eventSources.find(id) === undefined) {
    throw new AwsError("ResourceNotFoundException", `Event source mapping not found: ${arn}`, 404);
  }
  if (kind !== "function") {
    throw notEmulated(`tags of a ${kind} of Lambda: ${arn}`);
  }
  const { name, qualifier } = functionReferenceOf(arn, account);
  if (qualifier !== undefined) {
    throw new AwsError(
      "InvalidParameterValueException",
      "Tags on function aliases and versions are not supported. Please specify a function ARN.",
    );
  }
  return { name };
}
