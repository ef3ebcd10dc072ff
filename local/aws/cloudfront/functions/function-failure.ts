/**
 * A function that failed at the edge, which costs the viewer the answer.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-503-service-unavailable.html
 */
export class FunctionFailure extends Error {
  override readonly name = "FunctionFailure";
  /** As CloudFront names it in its logs and in the header `x-cache`. */
  readonly result: "FunctionExecutionError" | "FunctionValidationError";
  /** What the viewer gets: 503 when the code failed, 502 when it returned what cannot be used. */
  readonly statusCode: 502 | 503;

  constructor(result: FunctionFailure["result"], message: string) {
    super(message);
    this.result = result;
    this.statusCode = result === "FunctionExecutionError" ? 503 : 502;
  }
}

/** The code threw, or used up what one run is given. */
export function executionError(message: string): FunctionFailure {
  return new FunctionFailure("FunctionExecutionError", message);
}

/** The code returned something that is no request and no response for CloudFront. */
export function validationError(message: string): FunctionFailure {
  return new FunctionFailure("FunctionValidationError", message);
}
