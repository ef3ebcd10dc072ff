import type { Notify } from "../aws/notice";
import { Traces } from "./traces";

/** Options with which what happens is recorded, and what the person at the terminal is told of, too. */
export function recording<Options extends { notify: Notify }>(
  options: Options,
): Options & { recorder: Traces } {
  const recorder = new Traces();
  const notify: Notify = (line, notice) => {
    options.notify(line, notice);
    if (notice) {
      recorder.notice(notice);
    }
  };
  return { ...options, notify, recorder };
}
