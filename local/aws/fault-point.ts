import type { IncomingMessage } from "node:http";
import type { AwsError } from "./aws-error";
import type { ServiceOptions } from "./types";

/** How a service says that it failed, and that it is asked too often. */
export type Refusals = Readonly<Record<"error" | "throttle", () => AwsError>>;

/**
 * How a service says of a call that another is in its way.
 *
 * @param moment of the fault.
 */
export type Conflict = (moment: number) => AwsError;

/**
 * Performs an operation that was asked for over HTTP, or what a fault makes of it. Its place is
 * behind the check of the signature and before that of permissions: a call that nobody signed is
 * refused as ever, and a faulty one leaves no trace.
 */
export type FaultPoint = <Result>(
  operation: string,
  request: IncomingMessage,
  perform: () => Result | Promise<Result>,
  conflict?: Conflict,
) => Promise<Result>;

/**
 * The one place where the faults of a service are injected, and where its calls are recorded; without
 * an injector there are none, and without a recorder nobody is told.
 */
export function faultPoint(
  service: string,
  { faults, recorder }: Pick<ServiceOptions, "faults" | "recorder">,
  refusals: Refusals,
): FaultPoint {
  const inject: FaultPoint = async (operation, request, perform, conflict) => {
    const { kind, moment = 0 } = faults?.decide(service, operation) ?? {};
    if (kind === "error" || kind === "throttle") {
      throw refusals[kind]();
    }
    if (kind === "conflict" && conflict) {
      throw conflict(moment);
    }
    try {
      return await perform();
    } finally {
      if (kind === "drop") {
        // Whatever is written to the response now goes nowhere.
        request.socket.destroy();
      }
    }
  };
  return (operation, request, ...rest) => {
    const perform = () => inject(operation, request, ...rest);
    const traceId = request.headers["x-amzn-trace-id"];
    return recorder ? recorder.call({ service, operation, traceId }, perform) : perform();
  };
}
