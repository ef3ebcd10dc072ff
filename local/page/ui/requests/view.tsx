import type { View, ViewProps } from "../kit";
import { RequestPage } from "./request-page";
import { RequestsPage } from "./requests-page";
import "./requests.css";

/** What clients and events have asked of the stack, and all that came of it. */
export const view: View = { id: "requests", title: "Requests", order: 100, component: Requests };

function Requests({ path: [id], query }: ViewProps) {
  return (
    <div class="requests">
      {id === undefined ? <RequestsPage query={query} /> : <RequestPage key={id} id={id} />}
    </div>
  );
}
