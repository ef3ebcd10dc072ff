import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { functionReferenceOf } from "./function-name";
import { targetOf, type ViewContext } from "./function-view";
import { requireShape, shapeOf } from "./member-shape";

/** What Lambda tags. https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
const taggable = shapeOf(
  String.raw`arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|(capacity-provider|network-connector):[a-zA-Z0-9-_]{1,64})`,
);

/**
 * The tags of a function or of an event source mapping; those of others are not emulated.
 *
 * @param arn of a function without a qualifier, or of a mapping.
 * @throws AwsError `AccessDeniedException`, `ValidationException` for what has no tags,
 * `InvalidParameterValueException` for a version or an alias, `ResourceNotFoundException`.
 */
export function tagsOf(arn: string, context: ViewContext): Readonly<Record<string, string>> {
  requireShape("resource", arn, taggable);
  const [, , , , , kind = "", id = ""] = arn.split(":");
  switch (kind) {
    case "function":
      return tagsOfFunction(arn, context);
    case "event-source-mapping":
      return tagsOfMapping(id, arn, context);
    default:
      throw notEmulated(`tags of a ${kind} of Lambda: ${arn}`);
  }
}

function tagsOfFunction(arn: string, context: ViewContext): Readonly<Record<string, string>> {
  const { name, qualifier } = functionReferenceOf(arn, context.account);
  if (qualifier !== undefined) {
    throw new AwsError(
      "InvalidParameterValueException",
      "Tags on function aliases and versions are not supported. Please specify a function ARN.",
    );
  }
  return targetOf({ name }, "lambda:ListTags", context).version.settings.tags;
}

function tagsOfMapping(
  uuid: string,
  arn: string,
  { caller, lambda }: ViewContext,
): Readonly<Record<string, string>> {
  caller.require("lambda:ListTags", arn);
  const mapping = lambda.eventSources.find(uuid);
  if (mapping === undefined) {
    throw new AwsError("ResourceNotFoundException", `Event source mapping not found: ${arn}`, 404);
  }
  return mapping.settings.tags ?? {};
}
