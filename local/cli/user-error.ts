/** The user can put it right; the message is one sentence that says how. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** Whether `error` comes from the system, and if `codes` are given, has one of them. */
export function isSystemError(error: unknown, ...codes: string[]): error is SystemError {
  if (!(error instanceof Error) || !("code" in error) || !("errno" in error)) {
    return false;
  }
  return codes.length === 0 || codes.includes(String(error.code));
}

export interface SystemError extends Error {
  code: string;
  errno: number;
  syscall: string;
}
