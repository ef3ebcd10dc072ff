import type { ResourceDetails, Position } from "../../api/types";
import { BackLink, Badge, CopyButton, ErrorNote, hrefTo, Json, Loading, useApi } from "../kit";
import { linksOf } from "./resource-links";

interface PaneProps {
  urn: string;
  /** Where the tree is, on screens that show one of both. */
  backTo: string;
}

/** One resource: what it is, where it is made, what it needs, its inputs and outputs. */
export function ResourceDetailsPane({ urn, backTo }: PaneProps) {
  const { data, error, reload } = useApi<ResourceDetails>(
    `/api/stack/resource?urn=${encodeURIComponent(urn)}`,
    { on: ["stack"] },
  );
  return (
    <>
      <BackLink href={backTo}>All resources</BackLink>
      {error && <ErrorNote error={error} onRetry={reload} />}
      {data ? <Details resource={data} /> : !error && <Loading />}
    </>
  );
}

function Details({ resource }: { resource: ResourceDetails }) {
  const { urn, name, type, custom, protect, violations, inputs, outputs } = resource;
  return (
    <article class="card details" aria-labelledby="resource-name">
      <header>
        <h2 id="resource-name">{name}</h2>
        <p class="muted mono">{type}</p>
        <p class="badges">
          {!custom && <Badge>component</Badge>}
          {protect && <Badge tone="accent">protected</Badge>}
          {violations > 0 && (
            <a href={hrefTo("stack", ["policies"])}>
              <Badge tone="bad">
                {violations === 1 ? "1 violation" : `${violations} violations`}
              </Badge>
            </a>
          )}
        </p>
      </header>
      <Facts resource={resource} />
      <h3>Inputs</h3>
      <Json value={inputs} label={`Inputs of ${name}`} revealBy={revealBy(urn, "inputs")} />
      <h3>Outputs</h3>
      <Json value={outputs} label={`Outputs of ${name}`} revealBy={revealBy(urn, "outputs")} />
    </article>
  );
}

function revealBy(urn: string, of: "inputs" | "outputs") {
  return { route: "/api/stack/resource/reveal", body: { urn, of } };
}

function Facts({ resource }: { resource: ResourceDetails }) {
  const { id, source, parent, dependencies, dependents } = resource;
  const links = linksOf(resource);
  return (
    <dl class="facts">
      {id !== undefined && (
        <>
          <dt>Id</dt>
          <dd>
            <code>{id}</code> <CopyButton text={id} />
          </dd>
        </>
      )}
      {source && (
        <>
          <dt>Made in</dt>
          <dd>
            <SourceText source={source} />
          </dd>
        </>
      )}
      {links.length > 0 && (
        <>
          <dt>See</dt>
          <dd>
            <ul class="inline">
              {links.map(({ text, href }) => (
                <li key={href}>
                  <a href={href} {...(href.startsWith("#") ? {} : external)}>
                    {text}
                  </a>
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
      {parent !== undefined && <Urns title="Part of" urns={[parent]} />}
      <Urns title="Needs" urns={dependencies} />
      <Urns title="Needed by" urns={dependents} />
    </dl>
  );
}

const external = { target: "_blank", rel: "noreferrer" };

/** A place in a file, as editors and terminals take it. */
export function SourceText({ source: { file, line } }: { source: Position }) {
  return (
    <code>
      {file}:{line}
    </code>
  );
}

function Urns({ title, urns }: { title: string; urns: readonly string[] }) {
  return urns.length === 0 ? null : (
    <>
      <dt>{title}</dt>
      <dd>
        <ul class="inline">
          {urns.map((urn) => (
            <li key={urn}>
              <a href={hrefTo("stack", ["resources", urn])}>
                {urn.split("::").slice(3).join("::")}
              </a>
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}
