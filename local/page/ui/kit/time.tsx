import { useEffect, useState } from "preact/hooks";

const steps = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", Number.POSITIVE_INFINITY],
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "narrow" });

/** How long ago `at` was, as `2 min ago`. */
function ago(at: Date, now: number): string {
  let value = Math.round((at.getTime() - now) / 1000);
  if (Math.abs(value) < 5) {
    return "now";
  }
  for (const [unit, size] of steps) {
    if (Math.abs(value) < size) {
      return relative.format(value, unit);
    }
    value = Math.round(value / size);
  }
  return at.toLocaleString();
}

interface TimeProps {
  /** ISO 8601. */
  at: string;
  /** `ago` says how long ago it was and keeps it true, `clock` says the time of day, `full` date and time. `@default` "ago" */
  as?: "ago" | "clock" | "full";
}

/** A moment, with the full date and time on hovering. */
export function Time({ at, as = "ago" }: TimeProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (as !== "ago") {
      return undefined;
    }
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 5000);
    return () => {
      clearInterval(timer);
    };
  }, [as]);
  const date = new Date(at);
  const texts = {
    ago: () => ago(date, Math.max(now, Date.now())),
    clock: () => date.toLocaleTimeString("en-GB"),
    full: () => date.toLocaleString("en-GB"),
  };
  return (
    <time dateTime={at} title={date.toLocaleString("en-GB")}>
      {texts[as]()}
    </time>
  );
}
