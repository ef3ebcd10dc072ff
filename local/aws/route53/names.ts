/** A name without the dot of the root at its end. */
export function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}

/** What a record is sorted by. */
interface Sorted {
  /** Without a dot at the end. */
  name: string;
  type: string;
  setIdentifier?: string | undefined;
}

/**
 * The order of records: by the labels of their names from the last to the first, then by type.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html
 */
export function byName(one: Sorted, other: Sorted): number {
  const [a, b] = [sortKey(one), sortKey(other)];
  return a < b ? -1 : Number(a > b);
}

function sortKey({ name, type, setIdentifier = "" }: Sorted): string {
  // What ends a name is before what goes on with another label.
  return [reversed(name), "", type, setIdentifier].join(between);
}

/** Before all that names have. */
const between = "\u0000";

/** Such as `com.example.www`, with a character between labels that is before all others. */
export function reversed(name: string): string {
  return name.toLowerCase().split(".").reverse().join(between);
}

/** A name as the API writes it: in small letters, with a dot at its end, other characters in octal. */
export function shownName(name: string): string {
  const escaped = name
    .toLowerCase()
    .replace(/[^a-z\d_.-]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`);
  return `${escaped}.`;
}

/** The domain that all names are in, or above a single one; empty where they have nothing in common. */
export function commonDomain(names: readonly string[]): string {
  const [first = [], ...others] = names.map((name) => name.toLowerCase().split(".").reverse());
  const end = first.findIndex((label, index) => others.some((labels) => labels[index] !== label));
  const most = others.length === 0 ? first.length - 1 : first.length;
  return first
    .slice(0, end < 0 ? most : end)
    .reverse()
    .join(".");
}
