import type { AlarmsAnswer, MailsAnswer, QueuesAnswer } from "../../api/types";
import { Empty, hrefTo, Panel, Tabs, useApi, type View, type ViewProps } from "../kit";
import { Alarms } from "./alarms";
import { Mails } from "./mails";
import { Queues } from "./queues";
import "./inbox.css";

/** What the stack tells people: mails, alarms, and what waits for somebody. */
export const view: View = { id: "inbox", title: "Inbox", order: 300, component: Inbox };

function Inbox({ path: [side = "mails", name] }: ViewProps) {
  const mails = useApi<MailsAnswer>("/api/inbox", { on: ["mail"] });
  const alarms = useApi<AlarmsAnswer>("/api/alarms", { on: ["alarm", "stack"] });
  const queues = useApi<QueuesAnswer>("/api/queues", { on: ["queue", "stack"] });
  const sides = [
    { id: "mails", title: "Mails", count: mails.data?.mails.length },
    { id: "alarms", title: "Alarms", count: soundingIn(alarms.data) },
    { id: "queues", title: "Queues", count: waitingIn(queues.data) },
  ];
  const loaded = { mails, alarms, queues }[side] ?? mails;
  return (
    <Panel
      title="Inbox"
      lead="What the stack tells people, and what waits for them"
      loaded={loaded}
    >
      <Tabs
        label="Sides of the inbox"
        tabs={sides.map(({ id, title, count }) => ({
          title,
          href: hrefTo("inbox", [id]),
          current: id === side,
          ...(count ? { count } : {}),
        }))}
      />
      {side === "mails" && <Mails mails={mails.data?.mails ?? []} file={name} />}
      {side === "alarms" && <Alarms alarms={alarms.data?.alarms ?? []} />}
      {side === "queues" && <Queues queues={queues.data?.queues ?? []} name={name} />}
      {!sides.some(({ id }) => id === side) && <Empty title={`The inbox has no side “${side}”`} />}
    </Panel>
  );
}

function soundingIn(answer: AlarmsAnswer | undefined): number | undefined {
  return answer?.alarms.filter(({ state }) => state === "ALARM").length;
}

function waitingIn(answer: QueuesAnswer | undefined): number | undefined {
  return answer?.queues.reduce((sum, { visible }) => sum + visible, 0);
}
