import type { Problem } from "../http/errors";
import { maxRenditionPixels } from "../renditions/operations";
import type { ViewerEvent, ViewerResponse } from "./viewer-event";

/**
 * Written in front of the built code: the one origin whose pages may read images, or `*` where there are
 * several, which would not all fit in. The policy of the behavior, by which images are read, knows
 * them; what is answered here says nothing of an image.
 */
declare const allowedOrigin: string;

/** The answer to a path that no image has. */
export function notFound(event: ViewerEvent): ViewerResponse {
  const error = "There is no image at this path.";
  return refuse(event, 404, { error, code: "ImageNotFound" });
}

/** The answer to operations that break the contract, with all that is wrong. */
export function invalid(event: ViewerEvent, problems: readonly Problem[]): ViewerResponse {
  const sentences = problems.map((problem) => `${problem.field} ${problem.problem}`);
  return refuse(event, 400, {
    error: `${sentences.join("; ")}.`,
    code: "InvalidRequest",
    details: problems.map((problem) => Object.assign({ pointer: `/${problem.field}` }, problem)),
  });
}

/** The answer to operations whose result would be too large. */
export function tooLarge(event: ViewerEvent, pixels: number): ViewerResponse {
  return refuse(event, 413, {
    error: `The rendition would have ${pixels} pixels, of ${maxRenditionPixels} at most.`,
    code: "RenditionTooLarge",
    limit: "pixels",
    maxPixels: maxRenditionPixels,
  });
}

/** An answer in the one shape of the API's errors. Pages that may read images may read it, none may keep it. */
function refuse(
  event: ViewerEvent,
  statusCode: number,
  body: { readonly error: string; readonly code: string; readonly [member: string]: unknown },
): ViewerResponse {
  const requestId = event.context.requestId ?? "";
  return {
    statusCode,
    headers: {
      "access-control-allow-origin": { value: allowedOrigin },
      "cache-control": { value: "no-store" },
      "content-type": { value: "application/json" },
      "x-content-type-options": { value: "nosniff" },
    },
    body: JSON.stringify(Object.assign({ requestId }, body)),
  };
}

/** The answer to a browser that asks whether pages of other origins may read renditions. */
export function preflight(): ViewerResponse {
  return {
    statusCode: 204,
    headers: {
      "access-control-allow-origin": { value: allowedOrigin },
      "access-control-allow-methods": { value: "GET, HEAD" },
      "access-control-allow-headers": { value: "*" },
      "access-control-max-age": { value: "3600" },
    },
  };
}
