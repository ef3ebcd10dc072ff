/** How often it is looked, in milliseconds. */
const intervalMs = 1000;

/**
 * Looks again and again what there is, while somebody wants to know.
 *
 * @param look what there is by name, each with a text that changes when it does.
 * @param onChange gets the name of what is new or has changed.
 * @returns what ends it.
 */
export function watchChanges(
  look: () => Promise<ReadonlyMap<string, string>> | ReadonlyMap<string, string>,
  onChange: (name: string) => void,
): () => void {
  let known: ReadonlyMap<string, string> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const lookAgain = async () => {
    const seen = await look();
    for (const [name, text] of known === undefined ? [] : seen) {
      if (known?.get(name) !== text && !isOver) {
        onChange(name);
      }
    }
    known = seen;
    schedule();
  };
  const schedule = () => {
    if (!isOver) {
      // What cannot be read now can perhaps be the next time.
      timer = setTimeout(() => void lookAgain().catch(schedule), intervalMs).unref();
    }
  };
  void lookAgain().catch(schedule);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
