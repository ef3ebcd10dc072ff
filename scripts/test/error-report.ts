import { inspect } from "node:util";
import type { ErrorReport } from "./messages";

/** What another process is to know of an error. */
export function reportError(error: unknown): ErrorReport {
  if (!(error instanceof Error)) {
    return { name: "Error", message: inspect(error) };
  }
  const { name, message, stack, cause } = error;
  const { actual, expected } = error as { actual?: unknown; expected?: unknown };
  return {
    name,
    message,
    stack,
    // Mocha has made texts of them where they are to be compared.
    ...(typeof actual === "string" && typeof expected === "string" && { actual, expected }),
    ...(cause !== undefined && { cause: reportError(cause) }),
  };
}

/** The error that was told. */
export function errorOf({ message, cause, ...rest }: ErrorReport): Error {
  const error = new Error(message, cause && { cause: errorOf(cause) });
  return Object.assign(error, { stack: `${rest.name}: ${message}`, ...rest });
}
