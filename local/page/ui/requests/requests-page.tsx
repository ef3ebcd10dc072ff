import type { RequestSummary } from "../../../trace/types";
import {
  Badge,
  Button,
  type Column,
  Empty,
  formatBytes,
  formatDuration,
  hrefTo,
  Loading,
  Panel,
  Table,
  Time,
} from "../kit";
import { FilterFields } from "./filter-fields";
import { StatusBadge } from "./request-badges";
import { isShown, readStatusClass, type RequestFilter } from "./request-filter";
import { countsOf } from "./request-list";
import { type LiveRequests, useRequests } from "./use-requests";

const columns: readonly Column<RequestSummary>[] = [
  { title: "Time", wide: true, cell: ({ at }) => <Time at={at} as="clock" /> },
  { title: "Request", cell: (request) => <RequestLink request={request} /> },
  { title: "Status", cell: (request) => <StatusBadge {...request} /> },
  {
    title: "Took",
    numeric: true,
    cell: ({ durationMs }) => durationMs !== undefined && formatDuration(durationMs),
  },
  { title: "Function", wide: true, cell: (request) => <Functions request={request} /> },
  {
    title: "Answer",
    numeric: true,
    wide: true,
    cell: ({ responseBytes }) => responseBytes > 0 && formatBytes(responseBytes),
  },
];

/** The list of requests, which goes on by itself. */
export function RequestsPage({ query }: { query: URLSearchParams }) {
  const live = useRequests();
  const filter: RequestFilter = {
    text: query.get("text") ?? undefined,
    status: readStatusClass(query.get("status")),
    functionName: query.get("function") ?? undefined,
  };
  const shown = live.requests.filter((request) => isShown(request, filter));
  const loaded = { data: live.isLoaded || undefined, error: live.error, reload: live.reload };
  return (
    <Panel
      title="Requests"
      lead={countsOf(live, shown.length)}
      actions={<ListActions live={live} />}
      loaded={loaded}
    >
      <FilterFields filter={filter} requests={live.requests} />
      {shown.length > 0 ? (
        <Table
          label="Requests, the newest first"
          columns={columns}
          rows={shown}
          keyOf={({ id, seq }) => `${seq} ${id}`}
        />
      ) : live.isLoaded ? (
        <NoRequests isFiltered={live.requests.length > 0} isCleared={live.clearedSeq > 0} />
      ) : (
        <Loading />
      )}
    </Panel>
  );
}

function ListActions({ live }: { live: LiveRequests }) {
  return (
    <>
      <Button onClick={live.held ? live.resume : live.pause}>
        {live.held ? "Resume" : "Pause"}
      </Button>
      <Button onClick={live.clear} disabled={live.requests.length === 0}>
        Clear
      </Button>
    </>
  );
}

function NoRequests({ isFiltered, isCleared }: { isFiltered: boolean; isCleared: boolean }) {
  return isFiltered ? (
    <Empty title="No request is like that.">
      <p>
        <a href={hrefTo("requests")}>Show all</a>
      </p>
    </Empty>
  ) : (
    <Empty
      title={
        isCleared
          ? "Nothing has asked for anything since the list was cleared."
          : "Nothing has asked for anything yet."
      }
    >
      <p>
        Requests to the stack's API and distributions, and events of its functions, show up here.
      </p>
    </Empty>
  );
}

function RequestLink({ request: { id, method, path, source } }: { request: RequestSummary }) {
  return (
    <a class="request-link" href={hrefTo("requests", [id])}>
      <span class="request-method">{method}</span>{" "}
      <span>
        <span class="mono">{path}</span>
        {source === "edge" && <span class="request-source"> edge</span>}
      </span>
    </a>
  );
}

function Functions({ request: { functions, cache } }: { request: RequestSummary }) {
  return (
    <>
      {functions.map(({ functionName, requestId, cold, errorType }) => (
        <span key={requestId} class="request-function">
          {functionName} {cold && <Badge tone="accent">cold</Badge>}{" "}
          {errorType !== undefined && <Badge tone="bad">{errorType}</Badge>}
        </span>
      ))}
      {functions.length === 0 && cache !== undefined && <span class="muted">cache: {cache}</span>}
    </>
  );
}
