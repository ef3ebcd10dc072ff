/**
 * The main program of a function's process. It does what the Node.js runtime of Lambda does: loads
 * the handler, calls it for each invocation, reports results and errors.
 *
 * After https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 *
 * Arguments are the names of variables that were for the start of the process alone.
 */
import { join } from "node:path";
import type { Answer, Invocation, Ready, RuntimeError } from "../protocol";
import { keepCompiledCode } from "./compile-cache";
import { RuntimeConsole } from "./console";
import { toRuntimeError, UnhandledRejection } from "./errors";
import { loadHandler, type Handler } from "./load-handler";
import { maxMemoryMb } from "./max-memory";

const variables = process.env as Record<string, string>;
for (const name of process.argv.splice(2)) {
  // oxlint-disable-next-line typescript/no-dynamic-delete -- Unset variables are not there.
  delete variables[name];
}
const send = process.send?.bind(process);
// Functions find no IPC channel in AWS.
delete process.send;
const runtimeConsole = new RuntimeConsole(variables);

process.on("uncaughtException", (error) => {
  runtimeConsole.logFailure("Uncaught Exception", error);
  crash(toRuntimeError(error), 129);
});
process.on("unhandledRejection", (reason) => {
  const failure = new UnhandledRejection(reason);
  runtimeConsole.logFailure("Unhandled Promise Rejection", failure);
  crash(toRuntimeError(failure), 128);
});
// Lambda is gone, even by `kill -9`: its functions must not outlive it. A handler that never yields
// to the event loop is the one that still does.
process.on("disconnect", () => process.exit());

runtimeConsole.install();
// Beside the runtime itself, in a folder that Lambda removes when it stops.
const writeCompiledCode = keepCompiledCode(join(__dirname, "compile-cache"));
void serve();

async function serve(): Promise<void> {
  let handler: Handler;
  try {
    handler = await loadHandler(variables.LAMBDA_TASK_ROOT ?? "", variables._HANDLER ?? "");
  } catch (error) {
    runtimeConsole.logFailure("Uncaught Exception", error);
    crash(toRuntimeError(error), 1);
    return;
  }
  writeCompiledCode();
  process.on("message", (invocation: Invocation) => void run(handler, invocation));
  answer({ kind: "ready" });
}

async function run(handler: Handler, invocation: Invocation): Promise<void> {
  runtimeConsole.requestId = invocation.requestId;
  variables._X_AMZN_TRACE_ID = invocation.traceId;
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation));
    answer({ kind: "result", payload: serialize(result), maxMemoryMb: maxMemoryMb() });
  } catch (thrown) {
    runtimeConsole.logFailure("Invoke Error", thrown);
    answer({ kind: "error", error: toRuntimeError(thrown), maxMemoryMb: maxMemoryMb() });
  }
}

function contextOf(invocation: Invocation): object {
  return {
    functionVersion: variables.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: variables.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: variables.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: variables.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: invocation.functionArn,
    awsRequestId: invocation.requestId,
    clientContext:
      invocation.clientContext === undefined
        ? undefined
        : (JSON.parse(invocation.clientContext) as unknown),
    getRemainingTimeInMillis: () => invocation.deadline - Date.now(),
  };
}

function serialize(result: unknown): string {
  try {
    // As members of an array, undefined and functions become null.
    return JSON.stringify([result]).slice(1, -1);
  } catch (cause) {
    throw new Error("Unable to stringify response body", { cause });
  }
}

/** All that was written before it is in a file by now. */
function answer(message: Answer | Ready, sent?: () => void): void {
  send?.(message, undefined, undefined, sent);
}

function crash(error: RuntimeError, exitCode: number): void {
  answer({ kind: "crash", error }, () => process.exit(exitCode));
}
