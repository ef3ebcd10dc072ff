import type { ObjectEntry, ObjectsAnswer } from "../../api/types";
import {
  Badge,
  Button,
  Empty,
  ErrorNote,
  formatBytes,
  formatName,
  hrefTo,
  Loading,
  Table,
  Time,
  useApi,
  type Column,
} from "../kit";
import { ObjectDialog } from "./object-dialog";
import { Pages } from "./pages";
import { useKeptFocus } from "./use-kept-focus";

/** What is in a bucket, folder by folder; all versions and delete markers, where those are wanted. */
export function BucketObjects({ name, query }: { name: string; query: URLSearchParams }) {
  const prefix = query.get("prefix") ?? "";
  const withVersions = query.get("versions") === "true";
  const search = new URLSearchParams(query);
  search.delete("key");
  search.delete("versionId");
  const path = `/api/buckets/${encodeURIComponent(name)}/objects?${search.toString()}`;
  const { data, error, reload } = useApi<ObjectsAnswer>(path);
  const heading = useKeptFocus(path);
  const here = (changes: Record<string, string | undefined>) =>
    hrefTo("data", ["buckets", name], { ...Object.fromEntries(search), ...changes });
  const key = query.get("key");
  return (
    <section aria-labelledby="bucket-name">
      <header class="section-head">
        <h2 id="bucket-name" ref={heading} tabIndex={-1}>
          {name}
        </h2>
        <div class="actions">
          <Button kind="quiet" onClick={reload}>
            Refresh
          </Button>
          <a href={here({ versions: withVersions ? undefined : "true", cursor: undefined })}>
            {withVersions ? "Hide versions" : "Show versions"}
          </a>
        </div>
      </header>
      <Breadcrumbs prefix={prefix} hrefOf={(to) => here({ prefix: to, cursor: undefined })} />
      {error && <ErrorNote error={error} onRetry={reload} />}
      {!data && !error && <Loading />}
      {data && <Objects answer={data} prefix={prefix} here={here} withVersions={withVersions} />}
      {data && (
        <Pages
          first={query.has("cursor") ? here({ cursor: undefined }) : undefined}
          next={data.cursor && here({ cursor: data.cursor })}
        />
      )}
      {key !== null && (
        <ObjectDialog
          bucket={name}
          objectKey={key}
          versionId={query.get("versionId") ?? undefined}
          closeTo={here({})}
        />
      )}
    </section>
  );
}

interface BreadcrumbsProps {
  prefix: string;
  hrefOf: (prefix: string) => string;
}

function Breadcrumbs({ prefix, hrefOf }: BreadcrumbsProps) {
  const folders = prefix.split("/").slice(0, -1);
  return (
    <nav class="breadcrumbs mono" aria-label="Folders">
      <a href={hrefOf("")}>bucket</a>
      {folders.map((folder, index) => {
        const path = `${folders.slice(0, index + 1).join("/")}/`;
        return (
          <span key={path}>
            {" / "}
            <a href={hrefOf(path)} aria-current={path === prefix ? "page" : undefined}>
              {folder || "(no name)"}
            </a>
          </span>
        );
      })}
    </nav>
  );
}

/** A folder, or an object or a version of one. */
type Row = { folder: string } | ObjectEntry;

interface ObjectsProps {
  answer: ObjectsAnswer;
  prefix: string;
  here: (changes: Record<string, string | undefined>) => string;
  withVersions: boolean;
}

function Objects({ answer: { folders, entries }, prefix, here, withVersions }: ObjectsProps) {
  const rows: Row[] = [...folders.map((folder) => ({ folder })), ...entries];
  if (rows.length === 0) {
    return (
      <Empty title={prefix ? `Nothing is below ${prefix}` : "There are no objects"}>
        {!withVersions && <p>What was deleted may be there as versions.</p>}
      </Empty>
    );
  }
  const columns: Column<Row>[] = [
    {
      title: "Key",
      cell: (row) =>
        "folder" in row ? (
          <a class="mono" href={here({ prefix: row.folder, cursor: undefined })}>
            {formatName(row.folder.slice(prefix.length))}
          </a>
        ) : (
          <ObjectName entry={row} prefix={prefix} here={here} />
        ),
    },
    {
      title: "Size",
      numeric: true,
      cell: (row) => ("folder" in row || row.isDeleteMarker ? "" : formatBytes(row.bytes)),
    },
    { title: "Changed", cell: (row) => ("folder" in row ? "" : <Time at={row.modifiedAt} />) },
  ];
  const versionColumn: Column<Row> = {
    title: "Version",
    cell: (row) => ("folder" in row ? "" : <Version {...row} />),
  };
  return (
    <Table
      label="Objects"
      rows={rows}
      keyOf={(row) => ("folder" in row ? row.folder : `${row.key}\n${row.versionId ?? ""}`)}
      columns={withVersions ? [...columns, versionColumn] : columns}
    />
  );
}

function Version({ versionId = "", isLatest, isDeleteMarker }: ObjectEntry) {
  return (
    <>
      <code class="version">{versionId}</code> {isLatest && <Badge tone="good">latest</Badge>}{" "}
      {isDeleteMarker && <Badge tone="bad">delete marker</Badge>}
    </>
  );
}

interface NameProps {
  entry: ObjectEntry;
  prefix: string;
  here: (changes: Record<string, string | undefined>) => string;
}

function ObjectName({ entry: { key, versionId, isDeleteMarker }, prefix, here }: NameProps) {
  const name = formatName(key.slice(prefix.length) || key);
  return isDeleteMarker ? (
    <s class="mono muted">{name}</s>
  ) : (
    <a class="mono" href={here({ key, versionId })}>
      {name}
    </a>
  );
}
