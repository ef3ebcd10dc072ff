import { dashboardBody } from "../../components/operations/dashboard-body";
import type { KnownSubjects } from "../../components/operations/dashboard-subjects";

/** Pixels of a column and of a row of a dashboard. */
const unit = { column: 44, row: 24 };

const colors = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b"];

/** Lines of which a graph names the first. */
const maxNamed = 5;

type Widget = ReturnType<typeof dashboardBody>["widgets"][number];

/** What a widget draws, as far as the picture tells of it. */
interface Drawn {
  title?: string;
  markdown?: string;
  metrics?: readonly unknown[][];
  alarms?: readonly string[];
  annotations?: { horizontal: { value: number }[] };
}

/** A picture of a dashboard's layout: what is where, under which names. Lines are drawn where there is no data: straight. */
export function dashboardPicture(subjects: KnownSubjects): string {
  const { widgets } = dashboardBody(subjects);
  const bottom = Math.max(...widgets.map(({ y, height }) => y + height));
  const [width, height] = [24 * unit.column, bottom * unit.row];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<title>Layout of the dashboard ${escaped(subjects.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#f2f3f3"/>`,
    ...widgets.flatMap(drawWidget),
    "</svg>",
    "",
  ].join("\n");
}

function drawWidget({ x, y, width, height, properties }: Widget): string[] {
  const drawn = properties as Drawn;
  const [w, h] = [width * unit.column - 6, height * unit.row - 6];
  return [
    `<g transform="translate(${x * unit.column + 3} ${y * unit.row + 3})">`,
    `<rect width="${w}" height="${h}" rx="3" fill="#fff" stroke="#d5dbdb"/>`,
    ...(drawn.markdown === undefined ? [label(drawn.title ?? "", 8, 17, "bold")] : []),
    ...(drawn.markdown?.split("\n").flatMap(paragraph) ?? []),
    ...(drawn.alarms?.map(alarmState) ?? []),
    ...(drawn.metrics === undefined ? [] : drawGraph(drawn, w, h)),
    "</g>",
  ];
}

function paragraph(text: string, index: number): string[] {
  const isTitle = text.startsWith("# ");
  const words = isTitle ? [text.slice(2)] : wrapped(text, 190);
  return words.map((line, row) =>
    label(line, 8, 20 + index * 20 + row * 15, isTitle ? "bold" : "normal"),
  );
}

function alarmState(arn: string, index: number): string {
  const name = arn.slice(arn.lastIndexOf(":") + 1);
  const left = 8 + index * 130;
  return [
    `<rect x="${left}" y="22" width="124" height="16" rx="2" fill="#e9f5e9"/>`,
    label(`✓ ${name.replace(/^[^-]*-/, "")}`, left + 4, 34),
  ].join("");
}

function drawGraph({ metrics = [], annotations }: Drawn, w: number, h: number): string[] {
  const shown = metrics.flatMap((parts) => {
    const options = parts.at(-1) as { label?: string; visible?: boolean; expression?: string };
    return options.visible === false ? [] : [options.label ?? String(parts[1])];
  });
  const bottom = h - 22 - 13 * Math.ceil(Math.min(shown.length, maxNamed) / 2);
  const threshold = annotations?.horizontal[0]?.value;
  return [
    `<path d="M8 26V${bottom}H${w - 8}" fill="none" stroke="#aab7b8"/>`,
    ...(threshold === undefined
      ? []
      : [
          `<path d="M8 36H${w - 8}" stroke="#d62728" stroke-dasharray="4 3"/>`,
          label(`alarm at ${threshold}`, w - 90, 33),
        ]),
    ...shown.slice(0, maxNamed).map((_, index) => {
      const y = bottom - 8 - index * 7;
      return `<path d="M8 ${y}H${w - 8}" stroke="${colorOf(index)}" stroke-width="1.5"/>`;
    }),
    ...legendOf(shown).map((name, index) => {
      const [left, top] = [8 + (index % 2) * (w / 2), bottom + 15 + Math.floor(index / 2) * 13];
      return (
        `<rect x="${left}" y="${top - 8}" width="8" height="8" fill="${colorOf(index)}"/>` +
        label(name, left + 12, top)
      );
    }),
  ];
}

function legendOf(names: readonly string[]): string[] {
  const more = names.length - maxNamed;
  return more > 0 ? [...names.slice(0, maxNamed), `and ${more} more`] : [...names];
}

function colorOf(index: number): string {
  return colors[index % colors.length] ?? "#000";
}

function label(text: string, x: number, y: number, weight = "normal"): string {
  return `<text x="${x}" y="${y}" font-weight="${weight}" fill="#16191f">${escaped(text)}</text>`;
}

function wrapped(text: string, length: number): string[] {
  return text.match(new RegExp(`.{1,${length}}(?:\\s|$)`, "g")) ?? [];
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
