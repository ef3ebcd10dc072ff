import { z } from "zod";
import type { Problem } from "../../handlers/http/errors";
import { readRenditionSettings } from "../../handlers/renditions/read-settings";
import type { RenditionSettings } from "../../handlers/renditions/settings";
import { flag, list } from "./config-values";

/** Keys of the stack's config that say what renditions are made by. */
export const renditionShape = {
  presets: list(
    z.string(),
    "a list of texts such as thumb?width=240&height=240, each a name of 1 to 32 letters and digits, " +
      "from a small letter, with operations that docs/renditions.md lists",
  ),
  presetsOnly: flag(),
  publicPresets: list(
    z.string(),
    "a list of at most 10 names of presets",
    (names) => names.length <= 10,
  ),
  watermark: z
    .string()
    .describe(
      "empty, or the id of an image with options, such as " +
        "7f9c24e8-3b12-4d6a-9f0e-1c5b8a2d4e6f?position=southeast&opacity=0.5&scale=0.2",
    ),
};

const keys = z.object(renditionShape);

/** What renditions are made by, or what is wrong with values that are each well formed. */
export function readRenditions(given: Readonly<Record<string, string | undefined>>): {
  settings?: RenditionSettings;
  problems: readonly Problem[];
} {
  const values = keys.safeParse(given);
  return values.success
    ? { problems: [], ...readRenditionSettings(values.data) }
    : { problems: [] };
}
