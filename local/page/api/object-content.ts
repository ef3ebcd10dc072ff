import type { ReplyHeaders } from "../../aws/s3/reply";

/** Pictures that browsers show and that can do nothing. SVG can, but not in the sandbox it is sent in. */
const imageTypes: ReadonlySet<string> = new Set([
  "image/avif",
  "image/bmp",
  "image/gif",
  "image/jpeg",
  "image/png",
  "image/svg+xml",
  "image/webp",
]);

/** Whether an object is text by what it is said to be. */
export function isText(contentType: string): boolean {
  const type = bare(contentType);
  return /^text\/|^application\/([\w.-]+\+)?(json|xml|yaml|javascript)$/.test(type);
}

/**
 * Headers of an object's content for the page. What is no picture is only ever saved, never opened:
 * an object's type is the word of whoever stored it.
 *
 * @param headers those of S3.
 * @param asDownload also saves pictures.
 */
export function contentHeaders(
  key: string,
  headers: ReplyHeaders,
  asDownload: boolean,
): Record<string, string> {
  const type = bare(headers["content-type"] ?? "");
  const isShown = imageTypes.has(type) && !asDownload;
  const name = encodeURIComponent(key.slice(key.lastIndexOf("/") + 1) || "object");
  return {
    "content-type": isShown ? type : "application/octet-stream",
    "content-length": headers["content-length"] ?? "",
    "content-disposition": `${isShown ? "inline" : "attachment"}; filename*=UTF-8''${name}`,
  };
}

function bare(contentType: string): string {
  return contentType.split(";")[0]?.trim().toLowerCase() ?? "";
}
