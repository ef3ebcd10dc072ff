import { AwsError } from "../aws-error";
import { invalidMember } from "./invalid-member";
import { limits } from "./limits";

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reserved = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

const refusal =
  "Lambda was unable to configure your environment variables because the environment variables you have provided";

/**
 * Checks a function's own variables.
 *
 * @throws AwsError `InvalidParameterValueException`: reserved keys, more than 4 KB;
 * `ValidationException`: a key that Lambda does not take.
 */
export function requireValidVariables(variables: Readonly<Record<string, string>>): void {
  const keys = Object.keys(variables);
  const taken = keys.filter((key) => reserved.has(key));
  if (taken.length > 0) {
    throw new AwsError(
      "InvalidParameterValueException",
      `${refusal} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(", ")}`,
    );
  }
  const malformed = keys.find((key) => !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(key));
  if (malformed !== undefined) {
    throw invalidMember(
      "environment.variables",
      malformed,
      "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
    );
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > limits.environmentBytes) {
    throw new AwsError("InvalidParameterValueException", `${refusal} exceeded the 4KB limit.`);
  }
}
