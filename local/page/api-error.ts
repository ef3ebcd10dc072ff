/** Why the page's API does not do what it was asked to. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** In PascalCase, for programs. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** There is no such thing, which `message` names. */
export function notFound(message: string): ApiError {
  return new ApiError(404, "NotFound", message);
}

/** The request is wrong; `message` says in what, and what is accepted. */
export function invalid(message: string): ApiError {
  return new ApiError(400, "InvalidRequest", message);
}
