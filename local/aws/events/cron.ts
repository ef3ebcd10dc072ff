/** A field of a cron expression: its least and greatest value, and names for values. */
interface Field {
  min: number;
  max: number;
  names?: readonly string[];
  /** What else may stand in it. */
  special?: RegExp;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions */
const fields: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31, special: /^(\?|L|LW|([1-9]|[12]\d|3[01])W)$/ },
  { min: 1, max: 12, names: months },
  { min: 1, max: 7, names: weekdays, special: /^(\?|L|[1-7]L|([1-7]|[A-Z]{3})#[1-5])$/ },
  { min: 1970, max: 2199 },
];

/** Whether EventBridge takes a text such as `cron(0 12 * * ? *)`. */
export function isCron(expression: string): boolean {
  const [, inner = ""] = /^cron\((.*)\)$/.exec(expression) ?? [];
  const parts = inner.split(" ");
  // One of the two day fields has to be left open.
  const open = [parts[2], parts[4]].filter((part) => part === "?").length;
  return (
    parts.length === fields.length &&
    open === 1 &&
    fields.every((field, index) =>
      (parts[index] ?? "").split(",").every((part) => fits(field, part)),
    )
  );
}

function fits(field: Field, part: string): boolean {
  if (field.special?.test(part)) {
    return true;
  }
  const [range = "", step, ...more] = part.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) {
    return false;
  }
  const ends = range.split("-").map((end) => valueOf(field, end));
  return (
    range === "*" || (ends.length <= 2 && ends.every((end) => end >= field.min && end <= field.max))
  );
}

function valueOf({ names = [], min }: Field, text: string): number {
  const named = names.indexOf(text.toUpperCase());
  return named >= 0 ? named + min : /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
