import type { CallTrace, InvocationTrace } from "../../../trace/types";
import { Badge, type Column, Code, formatDuration, Section, Table } from "../kit";
import { LogLines } from "./log-lines";
import { graveness } from "./time-bars";

const columns: readonly Column<CallTrace>[] = [
  {
    title: "Call",
    cell: ({ service, operation }) => (
      <span class="mono call">
        {service}:{operation}
      </span>
    ),
  },
  { title: "Answer", cell: (call) => <CallAnswer call={call} /> },
  {
    title: "Took",
    numeric: true,
    cell: ({ durationMs }) => durationMs !== undefined && formatDuration(durationMs),
  },
  { title: "Permission", cell: (call) => <Decisions call={call} /> },
];

/** What a function did: its error, if it had one, its calls, its log. */
export function InvocationSection({ invocation }: { invocation: InvocationTrace }) {
  const { functionName, requestId, cold, error, logLines, calls } = invocation;
  return (
    <Section
      title={`Function ${functionName}`}
      actions={
        <>
          <Badge tone={cold ? "accent" : "neutral"}>{cold ? "cold" : "warm"}</Badge>
          <code>{requestId}</code>
        </>
      }
    >
      {error && (
        <div class="function-error">
          <p>
            <Badge tone="bad">{error.type}</Badge> {error.message}
          </p>
          {error.stack.length > 0 && <Code label="Stack">{error.stack.join("\n")}</Code>}
        </div>
      )}
      {calls.length > 0 ? (
        <Table
          label={`Calls of ${functionName}`}
          columns={columns}
          rows={calls}
          keyOf={({ startMs, service, operation }) => `${startMs} ${service} ${operation}`}
        />
      ) : (
        <p class="muted">It called no service.</p>
      )}
      <LogLines lines={logLines} functionName={functionName} />
    </Section>
  );
}

function CallAnswer({ call }: { call: CallTrace }) {
  const { status, errorCode, durationMs } = call;
  return durationMs === undefined ? (
    <Badge tone="accent">under way</Badge>
  ) : (
    <Badge tone={graveness(call)}>{[status ?? "done", errorCode].filter(Boolean).join(" ")}</Badge>
  );
}

/** What was asked of IAM for a call, and by what it was decided. */
function Decisions({ call }: { call: CallTrace }) {
  if (call.decisions.length === 0) {
    return (
      <>
        <Badge>{call.decision}</Badge> <span class="muted">{call.reason}</span>
      </>
    );
  }
  return (
    <ul class="decisions">
      {call.decisions.map(({ action, resource, decision, reason }) => (
        <li key={`${action} ${resource}`}>
          <Badge tone={decision === "allowed" ? "good" : "bad"}>{decision}</Badge>{" "}
          <code>{action}</code>{" "}
          <span class="muted">
            on <code>{resource}</code>: {reason}
          </span>
        </li>
      ))}
    </ul>
  );
}
