import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Badge, Button, formatBytes } from "../../local/page/ui/kit";
import { mayPass } from "./api-failure";
import { FailureNote } from "./failure-note";
import { summaryOf, type UploadEntry } from "./uploads";
import { uploadQueue } from "./use-uploads";

/** What becomes of the images that were chosen. */
export function UploadList({ uploads }: { uploads: readonly UploadEntry[] }) {
  // The others are images by now, which the grid begins with.
  const open = uploads.filter(({ progress }) => progress.step !== "ready");
  const list = useRef<HTMLUListElement>(null);
  useFocusKept(list);
  return (
    <section class="uploads" aria-label="Uploads" hidden={uploads.length === 0}>
      <div class="uploads-head">
        <p role="status">{summaryOf(uploads)}</p>
        <UploadsActions uploads={uploads} />
      </div>
      <ul ref={list}>
        {open.map((upload) => (
          <UploadLine key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  );
}

/** What is done with all uploads that have ended alike. */
function UploadsActions({ uploads }: { uploads: readonly UploadEntry[] }) {
  const ready = uploads.filter(({ progress }) => progress.step === "ready");
  const failed = uploads.filter(({ progress }) => progress.step === "failed");
  const again = failed.filter(mayTryAgain);
  const dismissAll = (all: readonly UploadEntry[]) => () => {
    for (const { id } of all) {
      uploadQueue.dismiss(id);
    }
  };
  return (
    <span>
      {again.length > 1 && (
        <Button
          kind="quiet"
          onClick={() => {
            for (const { id } of again) {
              uploadQueue.retry(id);
            }
          }}
        >
          Try all again
        </Button>
      )}
      {failed.length > 1 && (
        <Button kind="quiet" onClick={dismissAll(failed)}>
          Dismiss all failed
        </Button>
      )}
      {ready.length > 0 && (
        <Button kind="quiet" onClick={dismissAll(ready)}>
          Clear
        </Button>
      )}
    </span>
  );
}

function UploadLine({ upload }: { upload: UploadEntry }) {
  const { id, name, size, progress } = upload;
  // What is looked at has gone, and becomes an image whoever waits for it.
  const isOver = progress.step === "failed" || progress.step === "checking";
  return (
    <li class="upload">
      <div class="upload-line">
        <span class="upload-name">
          <bdi>{name}</bdi>
        </span>
        <span class="muted">{formatBytes(size)}</span>
        <UploadState progress={progress} name={name} />
        <Button
          kind="quiet"
          label={`${isOver ? "Dismiss" : "Cancel"} ${name}`}
          onClick={() => {
            uploadQueue.dismiss(id);
          }}
        >
          {isOver ? "Dismiss" : "Cancel"}
        </Button>
      </div>
      {progress.step === "failed" && (
        <FailureNote
          failure={progress.failure}
          onRetry={
            mayTryAgain(upload)
              ? () => {
                  uploadQueue.retry(id);
                }
              : undefined
          }
        />
      )}
    </li>
  );
}

function mayTryAgain({ id, progress }: UploadEntry): boolean {
  return progress.step === "failed" && mayPass(progress.failure) && uploadQueue.canRetry(id);
}

/** Keeps the focus in a list of lines, from which that goes that has it. */
function useFocusKept(list: RefObject<HTMLElement | null>): void {
  const held = useRef<number | undefined>(undefined);
  useEffect(() => {
    const { current } = list;
    const hold = ({ target }: FocusEvent) => {
      const line = (target as Element).closest("li");
      held.current = [...(current?.children ?? [])].findIndex((each) => each === line);
    };
    const release = ({ target }: FocusEvent) => {
      // What goes is let go of, too, in some browsers.
      queueMicrotask(() => {
        if ((target as Element).isConnected) {
          held.current = undefined;
        }
      });
    };
    current?.addEventListener("focusin", hold);
    current?.addEventListener("focusout", release);
  }, [list]);
  useLayoutEffect(() => {
    if (held.current !== undefined && document.activeElement === document.body) {
      const buttons = list.current?.querySelectorAll<HTMLElement>(".upload-line button");
      const next = buttons?.[Math.min(held.current, buttons.length - 1)];
      (next ?? document.querySelector<HTMLElement>(".drop button"))?.focus();
    }
  });
}

function UploadState({ progress, name }: Pick<UploadEntry, "progress" | "name">) {
  switch (progress.step) {
    case "waiting":
      return <Badge>Waiting</Badge>;
    case "sending":
      return (
        <span class="upload-progress">
          <progress value={progress.part} aria-label={`Upload of ${name}`} />
          {Math.round(100 * progress.part)} %
        </span>
      );
    case "checking":
      return <Badge tone="accent">Being looked at</Badge>;
    case "ready":
      return <Badge tone="good">Uploaded</Badge>;
    case "failed":
      return <Badge tone="bad">Failed</Badge>;
  }
}
