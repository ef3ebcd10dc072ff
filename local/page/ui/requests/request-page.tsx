import { Fragment } from "preact";
import type { RequestTrace } from "../../../trace/types";
import {
  Badge,
  Button,
  CopyButton,
  ErrorNote,
  formatBytes,
  formatDuration,
  hrefTo,
  navigate,
  Panel,
  postJson,
  Section,
  Time,
  useApi,
  useEvents,
} from "../kit";
import type { ReplayAnswer, RequestAnswer } from "../../api/types";
import { useState } from "preact/hooks";
import { BodySection } from "./body-section";
import { asCurl, missingIn } from "./curl";
import { HeaderTable } from "./header-table";
import { InvocationSection } from "./invocation-section";
import { StatusBadge } from "./request-badges";
import { TimeChart } from "./time-chart";

/** One request: what was asked and answered, what took its time, what functions did for it. */
export function RequestPage({ id }: { id: string }) {
  const loaded = useApi<RequestAnswer>(`/api/requests/${encodeURIComponent(id)}`);
  // It may still be under way, or have its events handled after it has ended.
  useEvents(["request"], (_, { requests }) => {
    if (requests.some((request) => request.id === id)) {
      loaded.reload();
    }
  });
  const request = loaded.data;
  return (
    <div class="request-title">
      <Panel
        title={request ? `${request.method} ${request.path}` : "Request"}
        lead={<a href={hrefTo("requests")}>All requests</a>}
        actions={request && <RequestActions request={request} />}
        loaded={loaded}
      >
        {request && <RequestParts request={request} />}
      </Panel>
    </div>
  );
}

function RequestParts({ request }: { request: RequestAnswer }) {
  return (
    <>
      <RequestFacts request={request} />
      {hostOf(request) !== undefined && <MissingInCurl request={request} />}
      <Section title="Time">
        <TimeChart request={request} />
      </Section>
      {request.invocations.map((invocation) => (
        <InvocationSection key={invocation.requestId} invocation={invocation} />
      ))}
      <div class="halves">
        <Section title="Request">
          {request.query.length > 0 && <HeaderTable label="Query" pairs={request.query} />}
          <HeaderTable label="Request headers" pairs={request.requestHeaders} />
          <BodySection
            label="Request body"
            body={request.requestBody}
            size={request.requestBytes}
          />
        </Section>
        <Section title="Answer">
          <HeaderTable label="Answer headers" pairs={request.responseHeaders} />
          <BodySection
            label="Answer body"
            body={request.responseBody}
            size={request.responseBytes}
          />
        </Section>
      </div>
    </>
  );
}

const sources: Readonly<Record<RequestTrace["source"], string>> = {
  api: "a client, to the API",
  edge: "a viewer, to the edge",
  url: "a client, to a function's URL",
  event: "an event",
  schedule: "a schedule",
  invoke: "a call of Invoke",
};

function RequestFacts({ request }: { request: RequestAnswer }) {
  const { id, at, source, route, durationMs, cache, requestBytes, responseBytes } = request;
  return (
    <p class="request-facts">
      <StatusBadge {...request} />
      {durationMs !== undefined && <span>{formatDuration(durationMs)}</span>}
      <Time at={at} as="full" />
      <span>from {sources[source]}</span>
      {route !== undefined && <code>{route}</code>}
      {cache !== undefined && <Badge>cache: {cache}</Badge>}
      <span>
        {formatBytes(requestBytes)} in, {formatBytes(responseBytes)} out
      </span>
      <code>{id}</code>
    </p>
  );
}

/** Says what the copied command lacks. */
function MissingInCurl({ request }: { request: RequestAnswer }) {
  const missing = missingIn(request);
  return missing.length === 0 ? null : (
    <p class="muted">
      To be filled in for curl:{" "}
      {missing.map(({ name, what }, index) => (
        <Fragment key={index}>
          {index > 0 && "; "}
          {name !== undefined && (
            <>
              <code>{name}</code>,{" "}
            </>
          )}
          {what}
        </Fragment>
      ))}
      .
    </p>
  );
}

function hostOf({ requestHeaders }: RequestAnswer): string | undefined {
  return requestHeaders.find(([name]) => name.toLowerCase() === "host")?.[1];
}

function RequestActions({ request }: { request: RequestAnswer }) {
  const [error, setError] = useState<Error>();
  const { id, origin } = request;
  const host = hostOf(request);
  const replay = async () => {
    try {
      const answer = await postJson<ReplayAnswer>(`/api/requests/${encodeURIComponent(id)}/replay`);
      setError(undefined);
      navigate(hrefTo("requests", answer.id === undefined ? [] : [answer.id]));
    } catch (failure) {
      setError(failure as Error);
    }
  };
  return (
    <>
      {error && <ErrorNote error={error} />}
      {host !== undefined && (
        <>
          <CopyButton text={asCurl(request, origin ?? `http://${host}`)} label="Copy as curl" />
          {origin === undefined ? (
            <span class="muted">
              {request.durationMs === undefined
                ? "Under way"
                : "Not to be replayed: its body was not kept"}
            </span>
          ) : (
            <Button kind="primary" onClick={replay}>
              Replay
            </Button>
          )}
        </>
      )}
    </>
  );
}
