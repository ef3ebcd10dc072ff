const timestamp =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[-+]\d\d:\d\d))|(?: (\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?))?$/;

/** A date, or a time with its offset from UTC. */
export class Timestamp {
  readonly #local: Date;
  readonly #fraction: string;
  readonly #offset: string;

  /**
   * @param local the clock's time, as if it were UTC.
   * @param fraction digits of the second after the point, without zeros at the end.
   * @param offset such as `+02:00`.
   */
  constructor(local: Date, fraction: string, offset: string) {
    this.#local = local;
    this.#fraction = fraction && `.${fraction}`;
    this.#offset = offset;
  }

  /** As RFC 3339 has it. */
  toJSON(): string {
    const offset = this.#offset === "+00:00" ? "Z" : this.#offset;
    return `${this.#clock("T")}${offset}`;
  }

  /** As Pulumi's engine writes it: `2026-01-01 00:00:00 +0000 UTC`. */
  toString(): string {
    const offset = this.#offset.replace(":", "");
    return `${this.#clock(" ")} ${offset} ${offset === "+0000" ? "UTC" : offset}`;
  }

  #clock(separator: string): string {
    const [date = "", time = ""] = this.#local.toISOString().split("T");
    return `${date}${separator}${time.slice(0, 8)}${this.#fraction}`;
  }
}

/** The date or time that `text` is, if it is one of those that the YAML reader of Pulumi's engine knows. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const [, year, month, day, ...rest] = timestamp.exec(text) ?? [];
  if (year === undefined) {
    return undefined;
  }
  const [hour, minute, second, fraction = "", offset = "Z"] =
    rest[0] === undefined ? rest.slice(5) : rest;
  const parts = [year, month, day, hour, minute, second].map((part) => Number(part ?? 0));
  const local = dateOf(parts);
  const nanoseconds = fraction.slice(0, 9).replace(/0+$/, "");
  return local && new Timestamp(local, nanoseconds, offset.replace(/^Z$|^-00:00$/, "+00:00"));
}

/** None where a part is out of its range, as on 30 February. */
function dateOf(parts: readonly number[]): Date | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const read = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  return read.every((part, index) => part === parts[index]) ? date : undefined;
}
