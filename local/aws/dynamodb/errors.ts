import { AwsError } from "../aws-error";

/** An error whose document has members beside the message. */
export class DetailedError extends AwsError {
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, members: Readonly<Record<string, unknown>>) {
    super(code, message);
    this.members = members;
  }
}

/** What dynalite threw: an AwsError when it meant to answer it. */
export function errorOf(thrown: Error): Error {
  const { statusCode, body } = thrown as Error & {
    statusCode?: number;
    body?: Record<string, string>;
  };
  if (statusCode === undefined || body === undefined) {
    return thrown;
  }
  const code = body.__type?.split("#")[1] ?? "InternalServerError";
  const message = (body.message ?? body.Message ?? "")
    .replace("Maximum call stack size exceeded", "The expression is nested too deeply")
    .replace(
      /^(Invalid \w*(?:Condition|Filter)Expression: )Invalid function name; function: (if_not_exists|list_append)$/,
      "$1The function is not allowed in a condition expression; function: $2",
    );
  return new AwsError(code, message, statusCode);
}

export function validationError(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/** @param reason what is wrong with them. */
export function invalidParameters(reason: string): AwsError {
  return validationError(`One or more parameter values were invalid: ${reason}`);
}

/** @param of what was asked for, such as `Table: images`. Reads and writes of items do not tell. */
export function resourceNotFound(of?: string): AwsError {
  const detail = of === undefined ? "" : `: ${of} not found`;
  return new AwsError("ResourceNotFoundException", `Requested resource not found${detail}`);
}
