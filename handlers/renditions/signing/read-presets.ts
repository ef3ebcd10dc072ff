import { InvalidRequestError, type Problem } from "../../http/errors";
import { readPreset } from "../read-operations";
import type { RenditionSettings } from "../settings";

/**
 * The presets that a query names, joined by commas; none where it has no `preset`.
 *
 * @throws InvalidRequestError for a name that is none, or that is given twice.
 */
export function readPresets(text: string | undefined, settings: RenditionSettings): string[] {
  const names = text?.split(",") ?? [];
  const problems = names.flatMap((name, index) => problemsOf(name, names.indexOf(name) < index));
  if (problems.length > 0) {
    throw new InvalidRequestError(problems.slice(0, 1));
  }
  return names;

  function problemsOf(name: string, isRepeated: boolean): readonly Problem[] {
    if (isRepeated) {
      return [{ field: "preset", problem: `names ${name} twice` }];
    }
    const reading = readPreset(name, settings);
    return "problems" in reading ? reading.problems : [];
  }
}
