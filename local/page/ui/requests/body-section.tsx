import type { Body } from "../../../trace/types";
import { Code, formatBytes, Json } from "../kit";
import { bodyViewOf } from "./body-view";

interface BodySectionProps {
  label: string;
  body: Body | undefined;
  /** Of the body that was sent, in bytes. */
  size: number;
}

/** A body, if it is one that can be shown and was kept. */
export function BodySection({ label, body, size }: BodySectionProps) {
  if (body === undefined) {
    return size > 0 ? (
      <p class="muted">
        {label}: {formatBytes(size)}, which were not kept.
      </p>
    ) : null;
  }
  return (
    <div class="body">
      <p class="muted">
        {[body.contentType, formatBytes(body.size), body.truncated ? "not all of it was kept" : ""]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <BodyContent label={label} body={body} />
    </div>
  );
}

function BodyContent({ label, body }: { label: string; body: Body }) {
  const view = bodyViewOf(body);
  switch (view.as) {
    case "json":
      return <Json value={view.value} label={label} />;
    case "text":
      return <Code label={label}>{view.text}</Code>;
    case "image":
      return <img class="body-image" src={view.source} alt={label} />;
    case "nothing":
      return null;
  }
}
