import { Empty, hrefTo, Panel, Tabs, Time, useApi, type View, type ViewProps } from "../kit";
import type { StackAnswer } from "../../api/types";
import { Outputs } from "./outputs";
import { Permissions } from "./permissions";
import { Policies } from "./policies";
import { Resources } from "./resources";
import "./stack.css";

/** What the program has made, how it was judged, and who may do what. */
export const view: View = { id: "stack", title: "Stack", order: 200, component: Stack };

/** The sides of the view, by their names in its address. */
const sides = {
  resources: "Resources",
  outputs: "Outputs",
  policies: "Policies",
  permissions: "Permissions",
} as const;

function Stack({ path: [side = "resources", ...rest], query }: ViewProps) {
  const stack = useApi<StackAnswer>("/api/stack", { on: ["stack"] });
  const resources = stack.data?.resources ?? [];
  const count = resources.filter(({ custom }) => custom).length;
  const lead = stack.data && (
    <>
      {count} resources in {resources.length - count} components, deployed{" "}
      <Time at={stack.data.at} />
    </>
  );
  return (
    <Panel title="Stack" lead={lead} loaded={stack}>
      <Tabs
        label="Sides of the stack"
        tabs={Object.entries(sides).map(([id, title]) => ({
          title,
          href: hrefTo("stack", [id]),
          current: id === side,
        }))}
      />
      {side === "resources" && <Resources resources={resources} urn={rest[0]} query={query} />}
      {side === "outputs" && <Outputs />}
      {side === "policies" && <Policies />}
      {side === "permissions" && <Permissions query={query} />}
      {!Object.hasOwn(sides, side) && <Empty title={`The stack has no side “${side}”`} />}
    </Panel>
  );
}
