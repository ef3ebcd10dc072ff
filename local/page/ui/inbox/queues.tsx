import { useState } from "preact/hooks";
import type { QueueAnswer, QueueInfo, QueueMessage, Redriven } from "../../api/types";
import {
  Badge,
  Button,
  Code,
  Empty,
  ErrorNote,
  formatCount,
  hrefTo,
  Json,
  parseToShow,
  Loading,
  postJson,
  Table,
  Time,
  useApi,
} from "../kit";

/** The queues with what waits in them, and one of them below. */
export function Queues({
  queues,
  name,
}: {
  queues: readonly QueueInfo[];
  name: string | undefined;
}) {
  if (queues.length === 0) {
    return <Empty title="The stack has no queues" />;
  }
  return (
    <>
      <Table
        label="Queues"
        rows={queues}
        keyOf={(queue) => queue.name}
        isCurrent={(queue) => queue.name === name}
        columns={[
          {
            title: "Queue",
            cell: (queue) => (
              <>
                <a href={hrefTo("inbox", ["queues", queue.name])}>{queue.name}</a>{" "}
                {queue.deadLettersOf.length > 0 && (
                  <Badge>dead letters of {queue.deadLettersOf.join(", ")}</Badge>
                )}
              </>
            ),
          },
          { title: "Waiting", numeric: true, cell: ({ visible }) => visible },
          { title: "In flight", numeric: true, cell: ({ inFlight }) => inFlight },
          { title: "Delayed", numeric: true, cell: ({ delayed }) => delayed },
        ]}
      />
      {name !== undefined && <OneQueue key={name} name={name} />}
    </>
  );
}

function OneQueue({ name }: { name: string }) {
  const { data, error, reload } = useApi<QueueAnswer>(`/api/queues/${encodeURIComponent(name)}`, {
    on: ["queue"],
  });
  return (
    <section class="section" aria-labelledby="queue-name">
      <header class="section-head">
        <h2 id="queue-name">{name}</h2>
        {data?.queue.canRedrive && <Redrive name={name} onDone={reload} />}
      </header>
      {error && <ErrorNote error={error} onRetry={reload} />}
      {!data && !error && <Loading />}
      {data?.messages.length === 0 && <Empty title="Nothing waits in this queue" />}
      {data && <Cut {...data} />}
      <ul class="messages">
        {data?.messages.map((message) => (
          <li key={message.id} class="card">
            <Message {...message} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Says that a queue has more messages than are listed. */
function Cut({ queue: { visible, inFlight, delayed }, messages }: QueueAnswer) {
  const all = visible + inFlight + delayed;
  return messages.length < all ? (
    <p class="muted cut">
      The oldest {messages.length} of {formatCount(all, "message")} are shown.
    </p>
  ) : null;
}

/** Tries again what failed, and says what came of it. */
function Redrive({ name, onDone }: { name: string; onDone: () => void }) {
  const [outcome, setOutcome] = useState<string>();
  const redrive = async () => {
    setOutcome("Trying again …");
    try {
      const path = `/api/queues/${encodeURIComponent(name)}/redrive`;
      const { redriven, left } = await postJson<Redriven>(path);
      const stay = left.length > 0 ? `; left: ${left.join("; ")}` : "";
      setOutcome(`${formatCount(redriven, "message")} redriven${stay}.`);
    } catch (error) {
      setOutcome((error as Error).message);
    }
    onDone();
  };
  return (
    <div class="actions">
      <span role="status">{outcome}</span>
      <Button kind="primary" onClick={redrive}>
        Redrive
      </Button>
    </div>
  );
}

function Message({ body, sentAt, receiveCount, from, failedFunction, id }: QueueMessage) {
  const value = parse(body);
  return (
    <>
      <p class="message-head">
        <Time at={sentAt} />
        {failedFunction !== undefined && <Badge tone="bad">{failedFunction} failed</Badge>}
        {from !== undefined && <Badge tone="warning">given up by {from}</Badge>}
        <span class="muted">received {formatCount(receiveCount, "time")}</span>
      </p>
      {value === undefined ? (
        <Code label={`Message ${id}`}>{body}</Code>
      ) : (
        <Json value={value} label={`Message ${id}`} />
      )}
    </>
  );
}

function parse(body: string): unknown {
  try {
    return parseToShow(body);
  } catch {
    // A text like any other.
    return undefined;
  }
}
