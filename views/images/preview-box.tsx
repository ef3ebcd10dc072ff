import { useState } from "preact/hooks";
import { CopyButton, formatBytes, formatDuration } from "../../local/page/ui/kit";
import { forBrowser } from "./browser-url";
import { FailureNote } from "./failure-note";
import type { ImageMetadata } from "./images-api";
import { shownSize } from "./image-shape";
import { placeholderOf } from "./placeholder";
import type { Session } from "./use-session";
import type { Preview, Rendition } from "./use-rendition";

interface PreviewBoxProps {
  image: ImageMetadata;
  preview: Preview;
  session: Session;
}

/** The rendition as it is asked for, what it came to, and the URL of it. */
export function PreviewBox({ image, preview, session }: PreviewBoxProps) {
  const { rendition, failure, state } = preview;
  const [size, setSize] = useState<{ width: number; height: number }>();
  const { width, height } = shownSize(image);
  const placeholder = placeholderOf(image);
  return (
    <div class={`preview preview-${state}`} aria-busy={state === "loading"}>
      <div
        class="preview-frame"
        style={
          rendition
            ? {}
            : {
                aspectRatio: `${width} / ${height}`,
                backgroundColor: image.dominantColor,
                backgroundImage: placeholder && `url(${placeholder})`,
              }
        }
      >
        {rendition && (
          <img
            src={rendition.source}
            alt={`${image.imageName} as a rendition`}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
              setSize({ width: naturalWidth, height: naturalHeight });
            }}
          />
        )}
      </div>
      <p class="preview-facts" role="status">
        {state === "loading" && "Being made …"}
        {state === "stale" && "What is asked for cannot be made: see the operations."}
        {state === "current" &&
          rendition &&
          size &&
          `${size.width} × ${size.height} · ${rendition.contentType} · ${formatBytes(rendition.bytes)} · ${formatDuration(rendition.milliseconds)}`}
      </p>
      {failure && <FailureNote failure={failure} />}
      {rendition && state !== "stale" && <RenditionUrl rendition={rendition} session={session} />}
    </div>
  );
}

function RenditionUrl({ rendition: { url }, session }: { rendition: Rendition; session: Session }) {
  const plain = forBrowser(url, session.plainHttp);
  return (
    <div class="signed">
      <label class="field">
        <span class="field-label">Signed URL, for whoever has it</span>
        <input
          readOnly
          value={url}
          class="mono"
          onFocus={({ currentTarget }) => {
            currentTarget.select();
          }}
        />
      </label>
      <span class="signed-actions">
        <CopyButton text={url} label="Copy URL" />
        {plain !== url && <CopyButton text={plain} label="Copy for this browser" />}
        <a href={plain} target="_blank" rel="noreferrer">
          Open
        </a>
      </span>
    </div>
  );
}
