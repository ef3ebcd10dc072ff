import { InvalidRequestError } from "./errors";
import { maxImageNameLength } from "./image-fields";

/**
 * The name that an image gets of its file, if the file's says any: without control characters, and
 * shortened before its extension.
 *
 * @param fileName without folders.
 * @throws InvalidRequestError when it was not UTF-8: then characters of it are lost already.
 */
export function nameOfFile(fileName: string | undefined): string | undefined {
  if (fileName?.includes("\ufffd")) {
    throw new InvalidRequestError([
      { field: "image", problem: "has a file name that is not UTF-8; give it an imageName" },
    ]);
  }
  const characters = Array.from((fileName ?? "").replace(/[\p{Cc}\p{Cs}]/gu, ""));
  const [extension = ""] = /\.[^.]{1,16}$/u.exec(characters.join("")) ?? [];
  const excess = characters.length - maxImageNameLength;
  if (excess > 0) {
    const end = characters.length - Array.from(extension).length;
    characters.splice(end - excess, excess);
  }
  return characters.join("") || undefined;
}
