import {
  Badge,
  CopyButton,
  Empty,
  ErrorNote,
  Json,
  Loading,
  Secret,
  isSecret,
  reveal,
  useContext,
} from "../kit";

/** The stack's outputs, secrets hidden until somebody wants to see them. */
export function Outputs() {
  const { data, error, reload } = useContext();
  if (!data) {
    return error ? <ErrorNote error={error} onRetry={reload} /> : <Loading />;
  }
  const outputs = Object.entries(data.outputs);
  if (outputs.length === 0) {
    return (
      <Empty title="The stack has no outputs">
        <p>What the program exports stands here.</p>
      </Empty>
    );
  }
  return (
    <dl class="outputs card">
      {outputs.map(([name, value]) => (
        <div key={name}>
          <dt>
            {name} {isSecret(value) && <Badge tone="accent">secret</Badge>}
          </dt>
          <dd>
            <Output name={name} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function Output({ name, value }: { name: string; value: unknown }) {
  const revealBy = { route: "/api/outputs/reveal" };
  if (isSecret(value)) {
    return (
      <>
        <Secret {...revealBy} path={[name]} />{" "}
        <CopyButton
          text={async () => textOf(await reveal(revealBy.route, { path: [name] }))}
          of={name}
        />
      </>
    );
  }
  if (typeof value !== "string") {
    return <Json value={value} label={name} revealBy={{ ...revealBy, within: [name] }} />;
  }
  return (
    <>
      {/^https?:/.test(value) ? (
        <a href={value} target="_blank" rel="noreferrer">
          {value}
        </a>
      ) : (
        <code>{value}</code>
      )}{" "}
      <CopyButton text={value} of={name} />
    </>
  );
}
