import { useEffect, useRef, useState } from "preact/hooks";
import {
  Button,
  type Column,
  formatBytes,
  formatDuration,
  Section,
  Table,
} from "../../local/page/ui/kit";
import { type ApiFailure, asFailure } from "./api-failure";
import { weighPicture } from "./browser-transport";
import { forBrowser } from "./browser-url";
import { FailureNote } from "./failure-note";
import {
  compare,
  type Compared,
  comparedFormats,
  formatNames,
  inFormat,
  type Measured,
  originalName,
} from "./formats";
import { measure } from "./measure";
import { type GivenOperations, queryOf, without } from "./rendition-form";
import type { Session } from "./use-session";

interface FormatsTableProps {
  session: Session;
  imageId: string;
  given: GivenOperations;
}

/** What was measured, for which operations. */
interface Measurement {
  readonly query: string;
  readonly lines: readonly Measured[];
  readonly failure?: ApiFailure;
  readonly isRunning: boolean;
}

const columns: readonly Column<Compared>[] = [
  { title: "Format", cell: ({ name }) => name },
  {
    title: "Size",
    cell: ({ bytes, part }) => (
      <span class="bar-cell">
        <span class="bar-track" aria-hidden="true">
          <span class="bar-fill" style={{ width: `${100 * part}%` }} />
        </span>
        {formatBytes(bytes)}
      </span>
    ),
  },
  {
    title: "Of the original",
    numeric: true,
    cell: ({ percent }) =>
      percent !== undefined && `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`,
  },
  { title: "First", numeric: true, cell: ({ firstMs }) => formatDuration(firstMs) },
  { title: "Again", numeric: true, cell: ({ againMs }) => formatDuration(againMs) },
  { title: "Type", wide: true, cell: ({ contentType }) => <code>{contentType}</code> },
];

/** The same rendition in every format, side by side. */
export function FormatsTable({ session, imageId, given }: FormatsTableProps) {
  const [measurement, setMeasurement] = useState<Measurement>();
  const query = queryOf(without(given, "format"));
  const isCurrent = useIsMounted();
  const run = async () => {
    const show = (lines: readonly Measured[], rest: Partial<Measurement> = {}) => {
      if (isCurrent()) {
        setMeasurement({ query, lines, isRunning: true, ...rest });
      }
    };
    const lines: Measured[] = [];
    show(lines);
    try {
      for (const measured of measurements(session, imageId, given)) {
        lines.push(await measured());
        show([...lines]);
      }
      show([...lines], { isRunning: false });
    } catch (error) {
      show([...lines], { failure: asFailure(error), isRunning: false });
    }
  };
  const isStale = measurement !== undefined && measurement.query !== query;
  return (
    <Section
      title="Formats side by side"
      actions={
        <Button onClick={run}>
          {measurement === undefined ? "Compare formats" : "Compare again"}
        </Button>
      }
    >
      <p class="muted" role="status">
        {statusOf(measurement, isStale)}
      </p>
      {measurement?.failure && <FailureNote failure={measurement.failure} />}
      {measurement && measurement.lines.length > 0 && (
        <div class={isStale ? "stale" : ""}>
          <Table
            label="Size and time of each format"
            columns={columns}
            rows={compare(measurement.lines)}
            keyOf={({ name }) => name}
          />
        </div>
      )}
    </Section>
  );
}

function statusOf(measurement: Measurement | undefined, isStale: boolean): string {
  if (measurement?.isRunning) {
    return `Measured: ${measurement.lines.length} of ${comparedFormats.length + 1} …`;
  }
  if (isStale) {
    return "The operations have changed since.";
  }
  return "First: until the last byte, being made if it was not there. Again: the same at once, from the CDN.";
}

/** What is to be measured, one after the other: at once, they would slow each other down. */
function measurements(
  { api, settings, plainHttp }: Session,
  imageId: string,
  given: GivenOperations,
): (() => Promise<Measured>)[] {
  const tools = { load: weighPicture, now: () => performance.now() };
  const weigh = (name: string, url: string) => measure(name, forBrowser(url, plainHttp), tools);
  return [
    async () => weigh(originalName, await api.originalUrl(imageId)),
    ...comparedFormats.map((format) => async () => {
      const query = queryOf(inFormat(given, format, settings));
      return await weigh(formatNames[format], await api.renditionUrl(imageId, query));
    }),
  ];
}

function useIsMounted(): () => boolean {
  const isMounted = useRef(true);
  useEffect(
    () => () => {
      isMounted.current = false;
    },
    [],
  );
  return () => isMounted.current;
}
