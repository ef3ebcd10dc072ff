const units = ["B", "KB", "MB", "GB", "TB"] as const;

/** A size, in units of 1,024: `1.4 MB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${units[power] ?? "B"}`;
}

/** A time span: `12 ms`, `1.3 s`. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** A count with its noun: `1 mail`, `12,000 mails`. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;
}

/** A text by which a person finds something: one that shows nothing, such as a space, in quotes. */
export function formatName(text: string): string {
  return /[^\s\p{C}]/u.test(text) ? text : JSON.stringify(text);
}
