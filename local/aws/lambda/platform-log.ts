import type { FunctionSettings } from "./function-definition";
import type { Account } from "../types";
import { latest } from "./function-name";
import { runtimeVersion, runtimeVersionArn } from "./runtime-version";

/** What Lambda reports at the end of an invocation. */
export interface Report {
  requestId: string;
  status: "success" | "error" | "timeout";
  /** Such as `Runtime.ExitError`. */
  errorType?: string;
  durationMs: number;
  /** Only for the first invocation of an execution environment. */
  initDurationMs?: number;
  maxMemoryMb: number;
}

/**
 * The lines that Lambda itself writes to a function's log, in the function's log format.
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
export class PlatformLog {
  readonly #settings: FunctionSettings;
  readonly #account: Account;
  readonly #version: string;
  readonly #clock: () => Date;

  /** @param version `$LATEST`, or a number. */
  constructor(
    settings: FunctionSettings,
    { account, clock }: { account: Account; clock: () => Date },
    version = latest,
  ) {
    this.#settings = settings;
    this.#account = account;
    this.#version = version;
    this.#clock = clock;
  }

  initStart(): string[] {
    const { name, runtime } = this.#settings;
    const arn = runtimeVersionArn(runtime, this.#account);
    const record = {
      initializationType: "on-demand",
      phase: "init",
      runtimeVersion: runtimeVersion(runtime),
      runtimeVersionArn: arn,
      functionName: name,
      functionVersion: this.#version,
    };
    return this.#lines("platform.initStart", record, [
      `INIT_START Runtime Version: ${runtimeVersion(runtime)}\tRuntime Version ARN: ${arn}`,
    ]);
  }

  start(requestId: string): string[] {
    const version = this.#version;
    return this.#lines("platform.start", { requestId, version }, [
      `START RequestId: ${requestId} Version: ${version}`,
    ]);
  }

  report(report: Report): string[] {
    const { requestId, status, errorType } = report;
    const metrics = this.#metrics(report);
    return this.#lines(
      "platform.report",
      { requestId, metrics, status, ...(errorType !== undefined && { errorType }) },
      [...this.#failure(report), `END RequestId: ${requestId}`, reportLine(report, metrics)],
    );
  }

  #metrics(report: Report): Record<string, number> {
    const { initDurationMs } = report;
    return {
      durationMs: round(report.durationMs),
      // Since August 2025, AWS bills the init phase of every function.
      billedDurationMs: Math.ceil(report.durationMs + (initDurationMs ?? 0)),
      memorySizeMB: this.#settings.memoryMb,
      maxMemoryUsedMB: report.maxMemoryMb,
      ...(initDurationMs !== undefined && { initDurationMs: round(initDurationMs) }),
    };
  }

  #failure({ requestId, status }: Report): string[] {
    const seconds = this.#settings.timeoutSeconds.toFixed(2);
    return status === "timeout"
      ? [`${this.#clock().toISOString()} ${requestId} Task timed out after ${seconds} seconds`]
      : [];
  }

  #lines(type: string, record: object, text: string[]): string[] {
    if (this.#settings.logFormat === "Text") {
      return text;
    }
    // At system log level WARN, only what went wrong is written.
    if (this.#settings.systemLogLevel === "WARN" && !isFailure(record)) {
      return [];
    }
    return [JSON.stringify({ time: this.#clock().toISOString(), type, record })];
  }
}

function isFailure(record: object): boolean {
  return "status" in record && record.status !== "success";
}

function reportLine(report: Report, metrics: Record<string, number>): string {
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${metrics.durationMs} ms`,
    `Billed Duration: ${metrics.billedDurationMs} ms`,
    `Memory Size: ${metrics.memorySizeMB} MB`,
    `Max Memory Used: ${metrics.maxMemoryUsedMB} MB`,
    ...("initDurationMs" in metrics ? [`Init Duration: ${metrics.initDurationMs} ms`] : []),
    ...(report.status === "success" ? [] : [`Status: ${report.status}`]),
    ...(report.errorType === undefined ? [] : [`Error Type: ${report.errorType}`]),
  ];
  return fields.join("\t");
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
