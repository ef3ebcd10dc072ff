import type { Rejection } from "../../handlers/images/images-table";
import type { PlannedProcess, PlannedUpload } from "./plan";
import { type Kept, RecordLedger } from "./records/record-ledger";

/** How a request ended for its client. */
export type Ending = "acknowledged" | "failed" | "unknown";

/** An upload as its client remembers it. */
export interface UploadEntry {
  plan: PlannedUpload;
  ending: Ending;
  imageId?: string;
  /** What POST /images answered, as text. */
  answer?: string;
  /** What it was refused with. */
  refusal?: string;
  /** Of the form that a direct upload is sent by; unset while it was not sent. */
  sending?: Ending;
  /** Whether a client was told that the direct upload was ready. */
  wasReady?: boolean;
  /** Why the direct upload was rejected, if a client was told so. */
  rejection?: Rejection;
  /** Unset while it was not asked for. */
  deletion?: Ending;
  /** Of the last focal point that was set; unset while none was. */
  refocus?: Ending;
  /** Of renditions, as they were signed. */
  urls?: Set<string>;
}

/** A processed document as its client remembers it. */
export interface ProcessEntry {
  plan: PlannedProcess;
  /** What may have been kept under its id meanwhile. */
  over: readonly Kept[];
  ending: Ending;
  /** What POST /process answered, as text. */
  answer?: string;
}

/** What the clients know: all that they can hold the product to. */
export class Ledger {
  readonly uploads: UploadEntry[] = [];
  readonly processes: ProcessEntry[] = [];
  readonly records = new RecordLedger();
  /** What should never have happened, such as a 4xx; one sentence each. */
  readonly complaints: string[] = [];
  /** Requests that were acknowledged. */
  acknowledged = 0;
  /** Uploads that were refused because of their users' limits. */
  limited = 0;
  /** Renditions that were shown. */
  viewed = 0;

  /** Images that can be deleted, those that are still on their way included. */
  get deletable(): (UploadEntry & { imageId: string })[] {
    return this.known.filter(({ deletion }) => deletion === undefined);
  }

  /** Images that clients may look at and change: all that are meant to become some. */
  get viewable(): (UploadEntry & { imageId: string })[] {
    return this.known.filter(({ plan }) => plan.defect === undefined);
  }

  /** Images that clients know of, those that are deleted included. */
  get known(): (UploadEntry & { imageId: string })[] {
    return this.uploads.filter(
      (entry): entry is UploadEntry & { imageId: string } => entry.imageId !== undefined,
    );
  }

  /** Requests of which the clients do not know whether they were carried out. */
  get unknown(): number {
    const endings = [
      ...this.uploads.flatMap(({ ending, sending, deletion, refocus }) => {
        return [ending, sending, deletion, refocus];
      }),
      ...this.processes.map(({ ending }) => ending),
    ];
    return endings.filter((ending) => ending === "unknown").length + this.records.unknown;
  }
}

/** Whether the image must be there, must not, or may be. */
export function expectationOf(entry: UploadEntry): "absent" | "either" | "present" {
  if (entry.deletion === "acknowledged" || entry.plan.defect !== undefined) {
    return "absent";
  }
  const ending = entry.plan.way === "direct" ? (entry.sending ?? "failed") : entry.ending;
  if (ending === "failed") {
    return "absent";
  }
  return ending === "unknown" || entry.deletion !== undefined ? "either" : "present";
}
