/** What stands before and after a part of a document that a script writes. */
export type Marks = readonly [start: string, end: string];

/**
 * A document with another part between its marks.
 *
 * @param name of the document, for who has taken one of them away.
 * @throws Error when they are not there, one after the other.
 */
export function betweenMarks(
  document: string,
  [start, end]: Marks,
  part: string,
  name: string,
): string {
  const from = document.indexOf(start);
  const to = document.indexOf(end, from);
  if (from < 0 || to < 0) {
    throw new Error(`${name} lacks ${start} or ${end}`);
  }
  return `${document.slice(0, from)}${start}\n\n${part}\n\n${document.slice(to)}`;
}
