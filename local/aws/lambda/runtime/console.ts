import { format } from "node:util";

import { failureMark } from "../protocol";
import { toLoggedError } from "./errors";

const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/** Writes a function's log lines as the console of the Node.js runtime does: as JSON or as text. */
export class RuntimeConsole {
  /** Of the invocation that runs or ran last. */
  requestId: string | undefined;
  readonly #json: boolean;
  readonly #least: number;

  /** @param variables of the function's process. */
  constructor(variables: NodeJS.ProcessEnv) {
    this.#json = variables.AWS_LAMBDA_LOG_FORMAT === "JSON";
    this.#least = levels.indexOf(variables.AWS_LAMBDA_LOG_LEVEL ?? "TRACE");
  }

  /** Makes the global console write through this one. */
  install(): void {
    Object.assign(console, {
      trace: this.#method("TRACE", process.stderr),
      debug: this.#method("DEBUG", process.stdout),
      info: this.#method("INFO", process.stdout),
      log: this.#method("INFO", process.stdout),
      warn: this.#method("WARN", process.stderr),
      error: this.#method("ERROR", process.stderr),
    });
  }

  /** @param what such as `Invoke Error`; only text lines tell it. */
  logFailure(what: string, thrown: unknown): void {
    const error = toLoggedError(thrown);
    const message = this.#json ? error : `${what}\t${JSON.stringify(error)}`;
    process.stderr.write(failureMark + this.#line("ERROR", [message]));
  }

  #method(level: string, stream: NodeJS.WriteStream): (...args: unknown[]) => void {
    return (...args) => {
      if (levels.indexOf(level) >= this.#least) {
        stream.write(this.#line(level, args));
      }
    };
  }

  #line(level: string, args: unknown[]): string {
    const timestamp = new Date().toISOString();
    const { requestId } = this;
    return this.#json
      ? `${jsonLine({ timestamp, level, requestId }, args)}\n`
      : `${timestamp}\t${String(requestId)}\t${level}\t${format(...args)}\n`;
  }
}

function jsonLine(start: object, args: unknown[]): string {
  if (args.length === 1) {
    try {
      return JSON.stringify({ ...start, message: args[0] }, replaceError);
    } catch (notJson) {
      // A circular object or a BigInt is logged as text, as the runtime does.
      if (!(notJson instanceof TypeError)) {
        throw notJson;
      }
    }
  }
  const error = args.find((arg) => arg instanceof Error);
  return JSON.stringify({ ...start, message: format(...args), ...(error && toLoggedError(error)) });
}

function replaceError(_key: string, value: unknown): unknown {
  return value instanceof Error ? toLoggedError(value) : value;
}
