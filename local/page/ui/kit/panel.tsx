import type { ComponentChildren } from "preact";
import { useEffect, useId } from "preact/hooks";
import { useContext, type Loaded } from "./api";
import { arrive } from "./arrival";
import { ErrorNote, Loading } from "./notes";

interface PanelProps {
  /** The view's heading, and the document's title before the stack's name. */
  title: string;
  /** What it shows, in a few words below the heading. */
  lead?: ComponentChildren;
  /** Buttons and filters beside the heading. */
  actions?: ComponentChildren;
  /** What has to be there before the children are shown; while it is not, why. */
  loaded?: Pick<Loaded<unknown>, "data" | "error" | "reload">;
  children?: ComponentChildren;
}

/** The frame of a view, or of one thing that a view shows alone: what is shown with it, people are led to. */
export function Panel({ title, lead, actions, loaded, children }: PanelProps) {
  const { data: context } = useContext();
  useEffect(arrive, []);
  useEffect(() => {
    document.title = context ? `${title} · ${context.project} ${context.stack}` : title;
  }, [title, context?.project, context?.stack]);
  return (
    <>
      <header class="panel-head">
        <div>
          <h1>
            <bdi>{title}</bdi>
          </h1>
          {lead !== undefined && <p class="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </header>
      {loaded?.error && <ErrorNote error={loaded.error} onRetry={loaded.reload} />}
      {loaded === undefined || loaded.data !== undefined ? children : !loaded.error && <Loading />}
    </>
  );
}

interface SectionProps {
  title: string;
  /** Beside the heading. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A part of a view, with a heading of its own. */
export function Section({ title, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section class="section" aria-labelledby={id}>
      <header class="section-head">
        <h2 id={id}>{title}</h2>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
