import type { Answer } from "./ask";
import type { Target } from "./target";

/** What is checked, and how. */
export interface Check {
  /** What holds, if it does. */
  name: string;
  /**
   * @returns what was seen, in a few words.
   * @throws CheckFailed, or the error of a request, when it does not hold; NotChecked when that cannot be told.
   */
  run: (target: Target, signal: AbortSignal) => Promise<string>;
}

/** It does not hold. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";
}

/** It cannot be told here whether it holds. */
export class NotChecked extends Error {
  override readonly name = "NotChecked";
}

/** @throws CheckFailed with what was expected, unless it is so. */
export function expect(isSo: boolean, expected: string, answer: Answer): void {
  if (!isSo) {
    const { status, body } = answer;
    const code = typeof body.code === "string" ? ` ${body.code}` : "";
    throw new CheckFailed(`expected ${expected}; the answer was ${status}${code}`);
  }
}

/** Expects an error of this code. */
export function expectCode(answer: Answer, status: number, code: string): string {
  const expected = `${status} ${code}`;
  expect(answer.status === status && answer.body.code === code, expected, answer);
  return expected;
}

/** @throws NotChecked where the stack takes no API keys, and there is no token. */
export function requireTaken({ credentials }: Target, { status }: Answer): void {
  if (status === 401 && "x-api-key" in credentials) {
    throw new NotChecked("the stack takes no API keys: give SMOKE_TOKEN a token");
  }
}

/** Expects an error in the one shape that errors of the API have, with CORS headers. */
export function expectError(answer: Answer, status: number, code?: string): string {
  const { body, headers } = answer;
  expect(answer.status === status, String(status), answer);
  expect(
    typeof body.error === "string" && typeof body.code === "string" && "requestId" in body,
    "error, code and requestId in the body",
    answer,
  );
  expect(
    headers["access-control-allow-origin"] !== undefined || headers.vary !== undefined,
    "CORS headers",
    answer,
  );
  expect(code === undefined || body.code === code, `the code ${code ?? ""}`, answer);
  return `${status} ${String(body.code)}`;
}
