import type { RenditionSettings } from "../shared/renditions/settings";
import { attachment } from "./attachment";
import type { ViewerResponse, ViewerResponseEvent } from "./viewer-event";

/** Written in front of the built code. */
declare const renditionSettings: RenditionSettings;

/** A format that is the same for every viewer. */
const fixedFormat = /(?:^|_)format-(?!auto)/;

/**
 * A CloudFront Function for the answers to viewers: tells caches on the way that what they have is not
 * for every browser where the format is picked by `Accept`, and names the file where a download is
 * asked for. It is not run for errors.
 */
export function handler(event: ViewerResponseEvent): ViewerResponse {
  const headers = event.response.headers;
  if (isPicked(event.request.uri)) {
    headers.vary = { value: withAccept(headers.vary?.value) };
  }
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
  const isPreset = Object.keys(renditionSettings.presets).includes(text);
  return !fixedFormat.test(isPreset ? (renditionSettings.presets[text] ?? "") : text);
}

function withAccept(vary: string | undefined): string {
  if (vary === undefined || vary === "") {
    return "accept";
  }
  const names = vary.split(",").map((name) => name.trim().toLowerCase());
  return names.includes("accept") || names.includes("*") ? vary : `${vary}, accept`;
}
