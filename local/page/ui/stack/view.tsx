import { Json, Panel, useContext, type View } from "../kit";

/** What the program has made. */
export const view: View = { id: "stack", title: "Stack", order: 200, component: Stack };

function Stack() {
  const context = useContext();
  return (
    <Panel title="Stack" lead="What the program has made" loaded={context}>
      <Json
        value={context.data?.outputs}
        label="Stack outputs"
        revealBy={{ route: "/api/outputs/reveal" }}
      />
    </Panel>
  );
}
