import { z } from "zod";
import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import type { Operation as ApiOperation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import type { ParameterRecord, ParameterVersion } from "./parameter";

/** What the operations of the API work with. */
export interface OperationContext {
  caller: Caller;
  /** All parameters of the program, by name. */
  declared: () => readonly DeclaredParameter[];
  /**
   * Finds a parameter and checks that the caller may do this with it.
   *
   * @param reference name or ARN, which may be followed by a colon and a version.
   * @param action such as `ssm:GetParameter`.
   * @throws AwsError `ValidationException`, `AccessDeniedException`, `ParameterNotFound` or `ParameterVersionNotFound`.
   */
  authorizedParameter(reference: string, action: string): FoundParameter;
  /**
   * Checks that the caller may decrypt a parameter.
   *
   * @throws AwsError `AccessDeniedException`.
   */
  authorizeDecryption(parameter: FoundParameter): void;
}

/** A parameter and its ARN. */
export interface DeclaredParameter extends ParameterRecord {
  arn: string;
  /** ARN of who has put it: the program runs as the account's root. */
  modifiedBy: string;
}

/** A version of a parameter, and how it was asked for. */
export interface FoundParameter extends ParameterVersion {
  name: string;
  arn: string;
  /** Such as `:3`, where a version was asked for. */
  selector?: string;
}

/** One operation: from the parsed body to the answer. */
export type Operation = ApiOperation<OperationContext>;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const maxNames = 10;

export const parameterName = z.string().min(1).max(2048);
const getParameterInput = z.object({ Name: parameterName, WithDecryption: z.boolean().optional() });
const getParametersInput = z.object({
  Names: z.array(parameterName).min(1).max(maxNames),
  WithDecryption: z.boolean().optional(),
});

/** GetParameter: one parameter. */
export const getParameter: Operation = (input, context) => {
  const { Name, WithDecryption = false } = parseInput(getParameterInput, input);
  const parameter = context.authorizedParameter(Name, "ssm:GetParameter");
  return { Parameter: described(parameter, WithDecryption, context) };
};

/** GetParameters: up to ten; those that are not there are named. */
export const getParameters: Operation = (input, context) => {
  const { Names, WithDecryption = false } = parseInput(getParametersInput, input);
  const results = [...new Set(Names)].map((each) => ({ each, parameter: findAny(each, context) }));
  return {
    Parameters: results.flatMap(({ parameter }) =>
      parameter ? [described(parameter, WithDecryption, context)] : [],
    ),
    InvalidParameters: results.flatMap(({ each, parameter }) => (parameter ? [] : [each])),
  };
};

function findAny(reference: string, context: OperationContext): FoundParameter | undefined {
  try {
    return context.authorizedParameter(reference, "ssm:GetParameters");
  } catch (error) {
    const isMissing =
      error instanceof AwsError &&
      ["ParameterNotFound", "ParameterVersionNotFound", "ValidationException"].includes(error.code);
    if (isMissing) {
      return undefined;
    }
    throw error;
  }
}

/** A version as GetParameter answers it. @throws AwsError unless the caller may decrypt it. */
export function described(
  parameter: FoundParameter,
  decrypt: boolean,
  context: Pick<OperationContext, "authorizeDecryption">,
): Structure {
  const { ciphertext, value, type, selector } = parameter;
  const isEncrypted = ciphertext !== undefined;
  if (isEncrypted && decrypt) {
    context.authorizeDecryption(parameter);
  }
  return {
    ARN: parameter.arn,
    DataType: "text",
    LastModifiedDate: parameter.modifiedAt / 1000,
    Name: parameter.name,
    ...(selector !== undefined && { Selector: selector }),
    Type: type,
    Value: isEncrypted && !decrypt ? ciphertext : value,
    Version: parameter.version,
  };
}
