import type { ApiFailure } from "./api-failure";

/** How far an upload is. */
export type UploadProgress =
  | { readonly step: "waiting" }
  | { readonly step: "sending"; /** 0–1. */ readonly part: number }
  /** All has gone; the image is looked at before it is one. */
  | { readonly step: "checking" }
  | { readonly step: "ready"; readonly imageId: string }
  | { readonly step: "failed"; readonly failure: ApiFailure };

/** An upload of this page. */
export interface UploadEntry {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly progress: UploadProgress;
}

/** A file by which a person knows it. */
export type ChosenFile = Pick<UploadEntry, "name" | "size">;

/** What is lost with the page: what has gone to its end becomes an image without it. */
export function unfinished(uploads: readonly UploadEntry[]): ChosenFile[] {
  return uploads
    .filter(({ progress: { step } }) => step !== "ready" && step !== "checking")
    .map(({ name, size }) => ({ name, size }));
}

/** What happens to uploads. */
export type UploadEvent =
  | { readonly type: "chosen"; readonly uploads: readonly Omit<UploadEntry, "progress">[] }
  | { readonly type: "moved"; readonly id: string; readonly progress: UploadProgress }
  /** Taken off the list: given up, or read. */
  | { readonly type: "dismissed"; readonly id: string };

/** The uploads after what has happened; the newest ones come first. */
export function uploadsReducer(
  uploads: readonly UploadEntry[],
  event: UploadEvent,
): readonly UploadEntry[] {
  switch (event.type) {
    case "chosen":
      return [
        ...event.uploads.map((upload) => ({ ...upload, progress: { step: "waiting" } as const })),
        ...uploads,
      ];
    case "moved":
      return uploads.map((upload) =>
        upload.id === event.id ? { ...upload, progress: event.progress } : upload,
      );
    case "dismissed":
      return uploads.filter(({ id }) => id !== event.id);
  }
}

/** Of all uploads, a sentence to be read out: what is under way, and what has ended how. */
export function summaryOf(uploads: readonly UploadEntry[]): string {
  const count = (...steps: UploadProgress["step"][]) =>
    uploads.filter(({ progress }) => steps.includes(progress.step)).length;
  const parts = [
    [count("waiting", "sending", "checking"), "under way"],
    [count("ready"), "uploaded"],
    [count("failed"), "failed"],
  ] as const;
  return parts
    .filter(([many]) => many > 0)
    .map(([many, what]) => `${many} ${what}`)
    .join(", ");
}
