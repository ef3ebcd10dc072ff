import type { InvokeResult } from "../../types";
import type { Exchange, PipelineServices } from "./exchange";
import type { GatewayError } from "./gateway-error";

/** A function that API Gateway invokes for a request. */
export interface FunctionCall {
  /** May contain `${stageVariables.name}`. */
  functionArn: string;
  event: object;
  /** On whose behalf, for the function's permissions. */
  sourceArn: string;
  timeoutMs: number;
  /** The answer when the function takes longer. */
  onTimeout: () => GatewayError;
}

/** The ARN with the stage's variables in it; those that there are none of are empty. */
export function resolveFunctionArn(functionArn: string, { stage }: Exchange): string {
  // Few have any, and each request would be looked through.
  if (!functionArn.includes("$")) {
    return functionArn;
  }
  return functionArn.replaceAll(
    /\$\{stageVariables\.(\w+)\}/g,
    (_, name: string) => stage.variables[name] ?? "",
  );
}

/**
 * Invokes a function and waits for its result.
 *
 * @throws AwsError when Lambda refuses the invocation, or what `onTimeout` returns.
 */
export async function invokeFunction(
  { invoker }: PipelineServices,
  exchange: Exchange,
  { functionArn, event, sourceArn, timeoutMs, onTimeout }: FunctionCall,
): Promise<InvokeResult> {
  const functionName = resolveFunctionArn(functionArn, exchange);
  exchange.trace.push(`Endpoint request URI: ${functionName}`);
  const invocation = invoker.invoke({
    functionName,
    payload: JSON.stringify(event),
    isSerialized: true,
    invocationType: "RequestResponse",
    principal: { kind: "service", service: "apigateway.amazonaws.com" },
    sourceArn,
    record: exchange.record,
  });
  return invoker.isInspected?.(functionName)
    ? invocation
    : withTimeout(invocation, timeoutMs, onTimeout);
}

async function withTimeout<T>(
  work: Promise<T>,
  milliseconds: number,
  onTimeout: () => GatewayError,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(onTimeout());
    }, milliseconds).unref();
  });
  return Promise.race([work, timeout]).finally(() => {
    clearTimeout(timer);
  });
}
