import { apiRow, businessRow, costRow, edgeRow, storageRow } from "./dashboard-rows";
import type { KnownSubjects } from "./dashboard-subjects";
import {
  alarmStates,
  graph,
  type GraphLine,
  line,
  placed,
  text,
  type Widget,
} from "./dashboard-widgets";
import { listOfRunbooks, runbookOf } from "./runbooks";

/** The body of the dashboard, with the most urgent on top. */
export function dashboardBody(subjects: KnownSubjects) {
  const rows: Widget[][] = [
    [text(introduction(subjects), 3)],
    [alarmStates("Alarms", subjects.alarmArns)],
    ...inThrees(subjects.alarms.map((alarm) => alarmGraph(alarm, subjects.region))),
    apiRow(subjects),
    edgeRow(subjects),
    storageRow(subjects),
    ...(subjects.metrics ? [businessRow(subjects.metrics, subjects.region)] : []),
    costRow(subjects),
  ];
  return { start: "-PT24H", periodOverride: "inherit", widgets: placed(rows) };
}

function introduction({ title, repositoryUrl = "" }: KnownSubjects): string {
  const where = runbookOf(listOfRunbooks, repositoryUrl);
  const runbooks = repositoryUrl === "" ? where : `[runbooks](${where})`;
  return [
    `# ${title}`,
    `What to do about an alarm is in the ${repositoryUrl === "" ? `runbooks, ${where}` : runbooks}. ` +
      "Graphs of alarms come first, each with its threshold; then requests, images at the edge, " +
      "what is stored, and what most of the bill comes from.",
  ].join("\n");
}

/** What an alarm watches, drawn by the metrics that the alarm itself has. */
function alarmGraph({ suffix, watched, condition }: KnownAlarm, region: string): Widget {
  const { periodSeconds: period, threshold } = condition;
  const common = { title: suffix, region, period, threshold };
  if ("metric" in watched) {
    return graph({ ...common, stat: watched.statistic, lines: [line(watched.metric)] });
  }
  const parts = Object.entries(watched.sums).map(([id, metric]) =>
    line(metric, { id, visible: false }),
  );
  const made: GraphLine = [{ expression: watched.expression, id: "watched", label: suffix }];
  return graph({ ...common, lines: [made, ...parts] });
}

type KnownAlarm = KnownSubjects["alarms"][number];

function inThrees(widgets: readonly Widget[]): Widget[][] {
  const count = Math.ceil(widgets.length / 3);
  return Array.from({ length: count }, (_, row) => widgets.slice(3 * row, 3 * row + 3));
}
