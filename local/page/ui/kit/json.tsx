import { Fragment } from "preact";
import { WrittenNumber } from "./json-text";
import { Secret } from "./secret";
import { isSecret } from "./secret-mark";

/** Where secrets in a value can be asked for. */
export interface RevealBy {
  /** A route that ends with `/reveal`. */
  route: string;
  /** What it needs beside the path. */
  body?: object;
  /** The place of the value in what the route knows. */
  within?: readonly string[];
}

/** Text as it is, in lines that scroll by themselves. */
export function Code({ children, label }: { children: string; label?: string }) {
  return (
    // Scrolls, so the keyboard has to reach it.
    <pre
      class="code"
      tabIndex={0}
      role={label === undefined ? undefined : "region"}
      aria-label={label}
    >
      {children}
    </pre>
  );
}

interface JsonProps {
  value: unknown;
  /** What is read out for the box. */
  label: string;
  /** How secrets in it are revealed; without, there are none. */
  revealBy?: RevealBy;
}

/** A value as JSON, indented and coloured, of a text as `parseToShow` reads it; secrets are hidden until somebody wants to see them. */
export function Json({ value, label, revealBy }: JsonProps) {
  return (
    <pre class="code" tabIndex={0} role="region" aria-label={label}>
      <Value value={value} path={[]} revealBy={revealBy} />
    </pre>
  );
}

interface ValueProps {
  value: unknown;
  path: readonly (string | number)[];
  revealBy: RevealBy | undefined;
}

function Value({ value, path, revealBy }: ValueProps) {
  // Nothing else has marks of secrets: there, what looks like one is what it is.
  if (revealBy && isSecret(value)) {
    const { within = [], ...by } = revealBy;
    return <Secret {...by} path={[...within, ...path]} />;
  }
  if (value instanceof WrittenNumber) {
    return <span class="json-number">{value.text}</span>;
  }
  if (typeof value === "object" && value !== null) {
    return <Container value={value} path={path} revealBy={revealBy} />;
  }
  return (
    <span class={`json-${value === null ? "null" : typeof value}`}>{JSON.stringify(value)}</span>
  );
}

function Container({ value, path, revealBy }: ValueProps & { value: object }) {
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length === 0) {
    return <>{`${open}${close}`}</>;
  }
  const indent = "  ".repeat(path.length);
  return (
    <>
      {open}
      {entries.map(([key, each], index) => (
        <Fragment key={key}>
          {`\n${indent}  `}
          {!Array.isArray(value) && (
            <>
              <span class="json-key">{JSON.stringify(key)}</span>:{" "}
            </>
          )}
          <Value value={each} path={[...path, key]} revealBy={revealBy} />
          {index < entries.length - 1 && ","}
        </Fragment>
      ))}
      {`\n${indent}${close}`}
    </>
  );
}
