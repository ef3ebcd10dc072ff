import { AwsError } from "../aws/aws-error";
import type { AuthorizationRequest, Decision } from "../aws/iam/types";
import type { CallStart } from "../aws/recorder";
import { milliseconds } from "./milliseconds";
import { withoutSecrets } from "./secrets";
import type { CallTrace, DecisionTrace } from "./types";

/** More questions than a call of any service asks; S3's DeleteObjects asks one a key. */
const maxDecisions = 25;

/** A call of a service, as it is kept. */
export class RecordedCall {
  readonly #start: Pick<CallStart, "operation" | "service">;
  readonly #startedAt = performance.now();
  readonly #decisions: {
    question: Pick<AuthorizationRequest, "action" | "resource">;
    decision: Decision;
  }[] = [];
  #durationMs: number | undefined;
  #status: number | undefined;
  #errorCode: string | undefined;

  constructor({ service, operation }: CallStart) {
    this.#start = { service, operation };
  }

  decided({ action, resource }: AuthorizationRequest, decision: Decision): void {
    if (this.#decisions.length < maxDecisions || !decision.allowed) {
      this.#decisions.push({ question: { action, resource }, decision });
    }
  }

  succeed(result: unknown): void {
    this.#durationMs = performance.now() - this.#startedAt;
    this.#status = statusIn(result) ?? 200;
  }

  fail(error: unknown): void {
    this.#durationMs = performance.now() - this.#startedAt;
    const { code, statusCode } =
      error instanceof AwsError ? error : { code: "InternalError", statusCode: 500 };
    this.#status = statusCode;
    this.#errorCode = code;
  }

  /** @param origin when the request began, as `performance.now()` tells it. */
  view(origin: number): CallTrace {
    const { service, operation } = this.#start;
    const decisions = this.#decisions.map(shownDecision);
    const deciding = decisions.find(({ decision }) => decision === "denied") ?? decisions[0];
    return {
      service,
      operation,
      startMs: milliseconds(this.#startedAt - origin),
      ...(this.#durationMs !== undefined && { durationMs: milliseconds(this.#durationMs) }),
      ...(this.#status !== undefined && { status: this.#status }),
      ...(this.#errorCode !== undefined && { errorCode: this.#errorCode }),
      ...(deciding ?? {
        action: `${service}:${operation}`,
        resource: "*",
        decision: "not asked",
        reason: "permissions were not looked at",
      }),
      decisions,
    };
  }
}

function shownDecision({
  question: { action, resource },
  decision: { allowed, explanation },
}: {
  question: Pick<AuthorizationRequest, "action" | "resource">;
  decision: Decision;
}): DecisionTrace {
  return {
    action,
    resource: withoutSecrets(resource),
    decision: allowed ? "allowed" : "denied",
    reason: explanation,
  };
}

/** S3's replies have a status; what other services return does not. */
function statusIn(result: unknown): number | undefined {
  return typeof result === "object" &&
    result !== null &&
    "status" in result &&
    typeof result.status === "number"
    ? result.status
    : undefined;
}
