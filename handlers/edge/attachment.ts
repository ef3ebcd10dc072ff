/** As much of a percent-encoded name as is kept: 100 characters. */
const firstCharacters = /^(?:[^%]|%[0-7].|%[CD].%..|%E.%..%..|%F.%..%..%..){0,100}/;

/** What has a meaning in a header, and is not encoded otherwise. */
const escapes: Readonly<Record<string, string | undefined>> = {
  "!": "%21",
  "'": "%27",
  "(": "%28",
  ")": "%29",
};

/** Extensions by the content types that renditions have. */
const extensions: Readonly<Record<string, string | undefined>> = {
  "image/avif": "avif",
  "image/webp": "webp",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
};

/**
 * The header `Content-Disposition` that lets a browser save a rendition. Its extension is that of what
 * it is, whatever the name was: a picture called `.jpg` may be sent as AVIF.
 * https://www.rfc-editor.org/rfc/rfc6266, https://www.rfc-editor.org/rfc/rfc8187
 *
 * @param name percent-encoded, as in a query. It comes from anybody.
 */
export function attachment(name: string, contentType: string): string {
  const extension = extensions[contentType];
  const stem = stemOf(decoded(name));
  const fileName = extension === undefined ? stem : `${stem}.${extension}`;
  // A percent sign would be decoded by some browsers.
  const ascii = fileName.replace(/[^ -~]+|%/g, "_");
  const encoded = encodeURIComponent(fileName).replace(/['()!]/g, (mark) => escapes[mark] ?? "");
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** What is no percent-encoded UTF-8 is taken as it is, without what is no ASCII. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name.replace(/[^ -~]/g, "");
  }
}

/**
 * A name without folders, an image's extension, and any character that does not show, that turns the
 * direction of writing, that file systems refuse, or that would end the header or its quotes.
 */
function stemOf(name: string): string {
  const harmless = name
    // oxlint-disable-next-line no-control-regex -- these are what must not get into a header
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, "")
    .replace(/["\\/:*?<>|]/g, "_")
    .replace(/\.(?:avif|webp|jpe?g|png|gif|hei[cf]|tiff?|bmp)$/i, "")
    .replace(/^[. ]+/, "");
  return shortened(harmless).replace(/[. ]+$/, "") || "image";
}

/**
 * The first characters of a text. They are counted in its encoding: the halves of pairs, which could be
 * separated otherwise, are nothing that expressions of this runtime can name.
 */
function shortened(text: string): string {
  const first = firstCharacters.exec(encodeURIComponent(text));
  return first === null ? "" : decodeURIComponent(first[0]);
}
