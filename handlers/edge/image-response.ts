import type { RenditionSettings } from "../renditions/settings";
import { attachment } from "./attachment";
import type { ViewerResponse, ViewerResponseEvent } from "./viewer-event";

/** Written in front of the built code. */
declare const settings: RenditionSettings;

/** A format that is the same for every viewer. */
const fixedFormat = /(?:^|_)format-(?!auto)/;

/**
 * A CloudFront Function for the answers to viewers: tells caches, of browsers above all, what else is
 * asked for by the same URL, and names the file where a download is asked for. It is not run for errors.
 */
export function handler(event: ViewerResponseEvent): ViewerResponse {
  const headers = event.response.headers;
  // CloudFront adds CORS headers for pages of other origins alone. A browser that has shown the picture
  // to a page would take what it has, without them, for what a script of the page may not read.
  const names = isPicked(event.request.uri) ? ["accept", "origin"] : ["origin"];
  headers.vary = { value: withNames(headers.vary?.value ?? "", names) };
  const name = event.request.querystring.download;
  if (name !== undefined) {
    const contentType = headers["content-type"]?.value ?? "";
    headers["content-disposition"] = { value: attachment(name.value, contentType) };
  }
  return event.response;
}

/** Of the viewer's path, or of the one that image-request.ts made of it. */
function isPicked(uri: string): boolean {
  const text = uri.slice(uri.lastIndexOf("/") + 1);
  const isPreset = Object.keys(settings.presets).includes(text);
  return !fixedFormat.test(isPreset ? (settings.presets[text] ?? "") : text);
}

/** The header `Vary` with further names, those of them that it does not have. */
function withNames(vary: string, names: readonly string[]): string {
  const present = vary.toLowerCase().split(/[\s,]+/);
  const added = names.filter((name) => !present.includes(name) && !present.includes("*"));
  return (vary === "" ? added : [vary].concat(added)).join(", ");
}
