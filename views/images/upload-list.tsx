import { Badge, Button, formatBytes } from "../../local/page/ui/kit";
import { FailureNote } from "./failure-note";
import { summaryOf, type UploadEntry } from "./uploads";
import { uploadQueue } from "./use-uploads";

/** What becomes of the images that were chosen. */
export function UploadList({ uploads }: { uploads: readonly UploadEntry[] }) {
  const ready = uploads.filter(({ progress }) => progress.step === "ready");
  // The others are images by now, which the grid begins with.
  const open = uploads.filter(({ progress }) => progress.step !== "ready");
  return (
    <section class="uploads" aria-label="Uploads" hidden={uploads.length === 0}>
      <div class="uploads-head">
        <p role="status">{summaryOf(uploads)}</p>
        {ready.length > 0 && (
          <Button
            kind="quiet"
            onClick={() => {
              for (const { id } of ready) {
                uploadQueue.dismiss(id);
              }
            }}
          >
            Clear
          </Button>
        )}
      </div>
      <ul>
        {open.map((upload) => (
          <UploadLine key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  );
}

function UploadLine({ upload: { id, name, size, progress } }: { upload: UploadEntry }) {
  const isOver = progress.step === "failed";
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
            uploadQueue.canRetry(id)
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
