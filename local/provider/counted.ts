/** How many there are, such as `1 object` and `3 objects`; nothing where there is none. */
export function counted(count: number, noun: string): string | undefined {
  return count === 0 ? undefined : `${count} ${noun}${count === 1 ? "" : "s"}`;
}
