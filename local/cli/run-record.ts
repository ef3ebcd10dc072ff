import type { Notice } from "../aws/notice";
import type { DiagnosticEvent } from "../engine/events";
import type { Violation } from "../engine/policy-types";
import type { RequestSummary } from "../trace/types";

/**
 * What a run prints with `--json`: one object a line, told apart by `type`. Readers have to leave out
 * types and members that they do not know.
 */
export type RunRecord =
  | AttemptRecord
  | DiagnosticRecord
  | LossRecord
  | MessageRecord
  | Notice
  | OutputsRecord
  | PolicyRecord
  | ReadyRecord
  | RequestRecord
  | ResourcesRecord
  | StartRecord
  | StepRecord;

/** The run has begun. */
export interface StartRecord {
  type: "start";
  project: string;
  stack: string;
}

/** A policy is violated, or cannot be judged before the program is deployed. */
export interface PolicyRecord extends Pick<Violation, "message" | "policy" | "urn"> {
  type: "policy";
  level: Violation["level"] | "undecided";
}

/** Something has been done with a resource. */
export interface StepRecord {
  type: "step";
  op: "create" | "delete" | "delete-replaced" | "replace" | "update";
  urn: string;
  /** Such as `aws:s3/bucket:Bucket`. */
  resourceType: string;
  name: string;
  seconds?: number;
  /** Whether there is more of it than a record of what was asked for. */
  emulated: boolean;
  /** Properties that are others than before. */
  changed?: readonly string[];
}

/** A resource would be replaced or deleted, which is to be agreed to first. */
export interface LossRecord extends Pick<StepRecord, "name" | "resourceType" | "urn"> {
  type: "loss";
  /** What would be done. */
  op: "delete" | "replace";
  /** What it means, such as how many objects go with it. */
  meaning: string;
}

/** The program said something, or its engine did. */
export interface DiagnosticRecord {
  type: "diagnostic";
  severity: DiagnosticEvent["severity"];
  /** Absent when it is about the whole program. */
  urn?: string;
  message: string;
}

/** The stack's outputs; secrets are `[secret]`. */
export interface OutputsRecord {
  type: "outputs";
  outputs: Readonly<Record<string, unknown>>;
}

/** How many resources were changed, by what was done. */
export interface ResourcesRecord {
  type: "resources";
  counts: Readonly<Record<string, number>>;
}

/** The program is up. */
export interface ReadyRecord {
  type: "ready";
  /** Since the start of the process. */
  seconds: number;
  /** Where `outputs.json` and `endpoints.json` are, with secrets and all. */
  dataFolder: string;
  /** Address of the page that shows the run. */
  page: string;
}

/** A request has been answered. */
export interface RequestRecord extends RequestSummary {
  type: "request";
}

/** A function was run for an event or a schedule; a failure may be followed by another attempt. */
export interface AttemptRecord extends RequestSummary {
  type: "attempt";
}

/** Anything else. */
export interface MessageRecord {
  type: "message";
  text: string;
}
