import * as z from "zod/mini";
import { maxImageNameLength } from "./image-fields";
import { only, string, text } from "./schema-parts";

/** The longest that any stack lets a signed URL work, in seconds: a week. */
const maxSignedSeconds = 604_800;

/**
 * Query of GET /images/{id}/url, but for the operations.
 *
 * @param maxSeconds the longest that a URL may be asked to work; OpenAPI does not tell it, as stacks
 * differ.
 */
export function imageUrlQuery(maxSeconds = maxSignedSeconds) {
  return only({
    expires: z.optional(
      string().check(
        z.refine(
          (value) => /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= maxSeconds,
          `must be an integer from 1 to ${maxSeconds}`,
        ),
        z.meta({
          type: "integer",
          minimum: 1,
          maximum: maxSignedSeconds,
          description:
            "Seconds for which the URL has to work, at most what the stack's maxUrlSeconds says; an hour, " +
            "if nothing is said. It ends with the window, as urlWindowSeconds says, that this time ends in",
        }),
      ),
    ),
    contentDisposition: z.optional(
      z.enum(["inline", "attachment"], { error: "must be inline or attachment" }).check(
        z.meta({
          description: "attachment: a browser saves the image instead of showing it",
        }),
      ),
    ),
    fileName: z.optional(
      text(1, maxImageNameLength).check(
        z.meta({
          description:
            "The name that an attachment is saved under, whose extension becomes that of the format; by " +
            "default, the image's",
        }),
      ),
    ),
  }).check(
    z.refine(
      ({ contentDisposition, fileName }) =>
        fileName === undefined || contentDisposition === "attachment",
      { path: ["fileName"], message: "needs contentDisposition=attachment" },
    ),
  );
}
