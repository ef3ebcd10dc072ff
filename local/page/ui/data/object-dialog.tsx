import type { ObjectDetails } from "../../api/types";
import {
  Code,
  Dialog,
  ErrorNote,
  formatBytes,
  formatName,
  Json,
  Loading,
  navigate,
  parseToShow,
  useApi,
} from "../kit";

interface ObjectDialogProps {
  bucket: string;
  objectKey: string;
  versionId: string | undefined;
  /** Where closing leads to. */
  closeTo: string;
}

/** One object or version: its picture or text, and what S3 says of it. */
export function ObjectDialog({ bucket, objectKey, versionId, closeTo }: ObjectDialogProps) {
  const query = new URLSearchParams({ key: objectKey, ...(versionId && { versionId }) }).toString();
  const base = `/api/buckets/${encodeURIComponent(bucket)}/object`;
  const { data, error, reload } = useApi<ObjectDetails>(`${base}?${query}`);
  return (
    <Dialog
      title={formatName(objectKey)}
      onClose={() => {
        navigate(closeTo, { replace: true });
      }}
    >
      {error && <ErrorNote error={error} onRetry={reload} />}
      {!data && !error && <Loading />}
      {data && <Content object={data} url={`${base}/content?${query}`} />}
    </Dialog>
  );
}

function Content({ object, url }: { object: ObjectDetails; url: string }) {
  const { key, bytes, contentType, headers, text, maxTextBytes } = object;
  return (
    <div class="object">
      <p>
        <span class="muted">
          {contentType || "no type"}, {formatBytes(bytes)}
        </span>{" "}
        <a href={`${url}&download`} download>
          Download
        </a>
      </p>
      {contentType.startsWith("image/") && (
        <img src={url} alt={`Content of ${key}`} loading="lazy" />
      )}
      {maxTextBytes !== undefined && (
        <p>
          This text is not shown, as it is larger than {formatBytes(maxTextBytes)}. The download has
          all of it.
        </p>
      )}
      {text !== undefined && <Text text={text} contentType={contentType} />}
      <dl class="facts">
        {headers.map(([name, value]) => (
          <div key={name} class="fact">
            <dt>{name}</dt>
            <dd class="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Text({ text, contentType }: { text: string; contentType: string }) {
  if (contentType.includes("json")) {
    try {
      const value = parseToShow(text);
      return <Json value={value} label="Content" />;
    } catch {
      // Said to be JSON, but is not: shown as it is.
    }
  }
  return <Code label="Content">{text}</Code>;
}
