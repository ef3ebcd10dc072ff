import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import "./kit/kit.css";
import { hrefTo, Panel, useContext, useIsLive, useRoute, type View } from "./kit";
import { views } from "./views";

/** Shows the page: its own views and those of the program. */
export function mount(programViews: readonly View[]): void {
  const root = document.getElementById("page");
  if (root) {
    root.replaceChildren();
    const all = [...views, ...programViews].sort((one, other) => one.order - other.order);
    render(<App views={all} />, root);
  }
}

function App({ views }: { views: readonly View[] }) {
  const route = useRoute();
  const view = route.view === "" ? views[0] : views.find(({ id }) => id === route.view);
  const main = useRef<HTMLElement>(null);
  useEffect(stayWhenDroppedOn, []);
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to content
      </a>
      <Header views={views} current={view} />
      <main id="main" ref={main} tabIndex={-1}>
        {view ? (
          <view.component key={view.id} path={route.path} query={route.query} />
        ) : (
          <Panel title="Not found" lead={`The page has no view “${route.view}”.`}>
            <p>
              <a href={hrefTo("")}>The start of the page</a>
            </p>
          </Panel>
        )}
      </main>
    </>
  );
}

/**
 * Leaves the page where it is when files are dropped on it that nothing takes: browsers would open them in its place.
 *
 * @returns what ends that.
 */
function stayWhenDroppedOn(): () => void {
  const stay = (event: DragEvent) => {
    if (!event.defaultPrevented && event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    }
  };
  // After the document, where views take what they can.
  addEventListener("dragover", stay);
  addEventListener("drop", stay);
  return () => {
    removeEventListener("dragover", stay);
    removeEventListener("drop", stay);
  };
}

function Header({ views, current }: { views: readonly View[]; current: View | undefined }) {
  const { data: context } = useContext();
  const isLive = useIsLive();
  return (
    <header class="page-head">
      <p class="brand">
        <strong>{context?.project ?? "…"}</strong>
        <span class="stack">{context?.stack}</span>
      </p>
      <nav aria-label="Views" class="views">
        {views.map((view) => (
          <a
            key={view.id}
            href={hrefTo(view.id)}
            aria-current={view === current ? "page" : undefined}
          >
            {view.title}
          </a>
        ))}
      </nav>
      <p class="connection" role="status">
        {!isLive && "Run lost; looking for it …"}
      </p>
    </header>
  );
}
