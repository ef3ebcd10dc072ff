import { useState } from "preact/hooks";
import { Badge, Button, Code, Time, type Tone } from "../kit";
import { type LogLine, readLogLine } from "./log-line";

interface LogLinesProps {
  lines: readonly string[];
  functionName: string;
}

/** Lines of a function's log, read or as they are. */
export function LogLines({ lines, functionName }: LogLinesProps) {
  const [isRaw, setRaw] = useState(false);
  if (lines.length === 0) {
    return <p class="muted">No line of its log is kept.</p>;
  }
  return (
    <div class="log">
      <p class="log-head">
        <span class="muted">Log</span>
        <Button
          kind="quiet"
          onClick={() => {
            setRaw(!isRaw);
          }}
        >
          {isRaw ? "Read" : "As it is"}
        </Button>
      </p>
      {isRaw ? (
        <Code label={`Log of ${functionName}`}>{lines.join("\n")}</Code>
      ) : (
        <ol class="log-lines" tabIndex={0} aria-label={`Log of ${functionName}`}>
          {lines.map((line, index) => (
            <LogEntry key={index} line={readLogLine(line)} />
          ))}
        </ol>
      )}
    </div>
  );
}

function LogEntry({ line: { level, at, message, fields, isPlatform } }: { line: LogLine }) {
  return (
    <li class={isPlatform ? "muted" : undefined}>
      {at !== undefined && <Time at={at} as="clock" />}
      {level !== undefined && <Badge tone={toneOf(level)}>{level}</Badge>}
      <span class="log-message">
        {message}
        {fields &&
          Object.entries(fields).map(([name, value]) => (
            <span key={name} class="log-field">
              {" "}
              <span class="muted">{name}=</span>
              {typeof value === "string" ? value : JSON.stringify(value)}
            </span>
          ))}
      </span>
    </li>
  );
}

function toneOf(level: string): Tone {
  if (/ERROR|FATAL|CRITICAL/.test(level)) {
    return "bad";
  }
  return level.startsWith("WARN") ? "warning" : "neutral";
}
