import { isObject } from "../../../is-object";
import { executionError, FunctionFailure, validationError } from "./function-failure";
import { limits } from "./limits";
import { readRequest } from "./returned-request";
import { readResponse } from "./returned-response";
import { Sandbox } from "./sandbox";
import type { FunctionEvent, FunctionEventType, FunctionRequest, FunctionResponse } from "./types";

/** Takes the lines that one run logs, at its end. */
export type FunctionLog = (lines: readonly string[]) => void;

/** Engines that are ready, by the code that they run; the least recently used first. */
const sandboxes = new Map<string, Promise<Sandbox>>();

/** Each keeps some 3 MB. Few programs have more functions. */
const mostSandboxes = 8;

/**
 * Runs a function of runtime 2.0 for one event: the code that is deployed, in an engine that lets it
 * do no more than the edge does.
 *
 * Not emulated: the module `cloudfront` with its helper methods and key-value stores, connection
 * functions, and throttling. How AWS bounds the time of a run is approximated, see
 * {@link limits.computeSteps}.
 *
 * @param code as checked by `checkFunctionCode`.
 * @param kind what the function is associated with.
 * @param log what `console.log` was called with; nothing is kept of it by default, as it may hold
 * signed URLs.
 * @returns the request to go on with, or a response to answer with: see `isResponse`. Of a name with
 * several values, `multiValue` has all that count.
 * @throws FunctionFailure what the viewer gets instead, and why.
 */
export async function runViewerFunction(
  code: string,
  event: FunctionEvent,
  kind: FunctionEventType,
  log: FunctionLog = () => undefined,
): Promise<FunctionRequest | FunctionResponse> {
  const sandbox = await sandboxOf(code);
  const lines = new LogLines();
  try {
    const state = { now: Date.now(), log: lines.add };
    const returned = sandbox.run(JSON.stringify(event), state);
    return read(returned, event, kind);
  } catch (error) {
    if (error instanceof FunctionFailure) {
      lines.add(`${error.result}: ${error.message}`);
      throw error;
    }
    // The engine itself failed: the next run gets another one.
    sandboxes.delete(code);
    throw executionError("The engine failed.");
  } finally {
    if (lines.all.length > 0) {
      log(lines.all);
    }
  }
}

async function sandboxOf(code: string): Promise<Sandbox> {
  const sandbox = sandboxes.get(code) ?? Sandbox.create(code);
  sandboxes.delete(code);
  sandboxes.set(code, sandbox);
  const [oldest] = sandboxes.keys();
  if (sandboxes.size > mostSandboxes && oldest !== undefined) {
    sandboxes.delete(oldest);
  }
  try {
    return await sandbox;
  } catch (error) {
    sandboxes.delete(code);
    throw executionError((error as Error).message);
  }
}

function read(
  returned: unknown,
  event: FunctionEvent,
  kind: FunctionEventType,
): FunctionRequest | FunctionResponse {
  if (!isObject(returned)) {
    throw validationError("The function returned no object.");
  }
  if (kind === "viewer-response") {
    return readResponse(returned, event.response);
  }
  return "statusCode" in returned ? readResponse(returned) : readRequest(returned, event.request);
}

/** The lines of one run, cut off where AWS cuts. */
class LogLines {
  readonly all: string[] = [];
  #bytes = 0;

  readonly add = (line: string): void => {
    const bytes = Buffer.from(line);
    const room = limits.logBytes - this.#bytes;
    if (room > 0) {
      this.all.push(bytes.subarray(0, room).toString());
    }
    this.#bytes += bytes.length;
  };
}
