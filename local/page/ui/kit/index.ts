/**
 * What all views of the page share. A view is a file that exports
 *
 * ```tsx
 * import { Panel, useApi, type View, type ViewProps } from "../local/page/ui/kit";
 *
 * export const view: View = { id: "images", title: "Images", order: 0, component: Images };
 *
 * function Images({ path, query }: ViewProps) {
 *   const { data, error, loading } = useApi<Answer>("/api/…", { on: ["request"] });
 *   return <Panel title="Images" …>…</Panel>;
 * }
 * ```
 *
 * - `Panel` is the frame of a view: heading, title of the document, actions, and what is shown while
 *   there is nothing yet or something is wrong. One level-1 heading a view; sections in it have `h2`.
 * - Addresses: `hrefTo("images", [id], { user })` for links, `navigate` for the rest; a view gets what
 *   follows its id as `path` and `query`. What a person would want to link to or reload has an address.
 * - The page's API: `useApi` for what is shown (asked again on the named events and after a
 *   reconnection), `getJson` and `postJson` for what people do, `useEvents` for the events themselves,
 *   `useContext` for the run: outputs, addresses of services; `readOutput` for a secret output that
 *   is needed to work, as the API's key.
 * - Services of the run, such as the stack's API, may be called by `fetch`: the page's policy allows
 *   the origins in the context. Pictures may come from them, from `blob:` and from `data:`. Nothing else
 *   may be loaded, and there are no inline scripts; `style={{…}}` is fine.
 * - Style: the custom properties at the top of `kit/kit.css` (colours in light and dark, spaces,
 *   radii), never colours of one's own. A view's own rules stand in a `.css` file beside it, which it
 *   imports, below a class named for the view. At 320 px nothing may be wider than the screen but what
 *   scrolls by itself, as `Table` and `Code` do. Tests look with axe, in light and dark.
 * - Moves: what is shown alone stands in a `Panel` of its own, or below a `BackLink` where only narrow screens show it
 *   alone. People are led to its top, and back to its link, wherever that is in a list.
 * - Real elements: `button` for what acts, `a` for what has an address, `Field` around inputs. All of
 *   it is usable by keyboard; `Dialog` closes with Escape and gives the focus back.
 */
export {
  getJson,
  PageApiError,
  postJson,
  readOutput,
  reveal,
  useApi,
  useContext,
  type Loaded,
} from "./api";
export { BackLink } from "./back-link";
export { Badge, type Tone } from "./badge";
export { Button, CopyButton } from "./button";
export { Code, Json } from "./json";
export { parseToShow } from "./json-text";
export { Dialog } from "./dialog";
export { useEvents, useIsLive } from "./events";
export { Field } from "./field";
export { formatBytes, formatCount, formatDuration, formatName } from "./format";
export { Empty, ErrorNote, Loading } from "./notes";
export { Panel, Section } from "./panel";
export { hrefTo, type Route } from "./address";
export { navigate, useRoute } from "./route";
export { Secret } from "./secret";
export { isSecret } from "./secret-mark";
export { type Column, Table } from "./table";
export { Tabs, type Tab } from "./tabs";
export { Time } from "./time";
export type { View, ViewProps } from "./view";
export type { Context, PageEvents } from "../../api/types";
