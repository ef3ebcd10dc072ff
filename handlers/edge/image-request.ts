import { acceptClass } from "../renditions/accept";
import { withAccepted } from "../renditions/normal-form";
import { readPath } from "../renditions/read-operations";
import type { RenditionSettings } from "../renditions/settings";
import { invalid, notFound, preflight, tooLarge } from "./refusals";
import type { Field, ViewerEvent, ViewerRequest, ViewerResponse } from "./viewer-event";

/** Written in front of the built code. */
declare const settings: RenditionSettings;

/**
 * `/i/<id of an image>/<preset or operations>`, and nothing that could be taken for another path: no
 * encoding, no further slash, and not more than is read in time: the longest normal form has fewer than
 * 300 characters. That is what makes a behaviour without signatures safe whose pattern has
 * an asterisk between `/i/` and `/thumb`: to CloudFront the asterisk stands for slashes too, but what
 * passes here and ends so asks for one image and the preset, and nothing else.
 */
const path = /^(\/i\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/)([^/%]{1,500})$/;

/**
 * A CloudFront Function for viewers' requests: brings the path into the normal form, which is the key
 * of the cache and of the bucket, and picks the format `auto` by what the viewer accepts. Who was not
 * to ask has been refused by the signature before. What it refuses never gets to an origin.
 */
export function handler(event: ViewerEvent): ViewerRequest | ViewerResponse {
  const request = event.request;
  if (request.method === "OPTIONS") {
    return preflight();
  }
  const match = path.exec(request.uri);
  if (match === null) {
    return notFound(event);
  }
  const reading = readPath(match[2] ?? "", settings);
  if ("problems" in reading) {
    return invalid(event, reading.problems);
  }
  if ("pixels" in reading) {
    return tooLarge(event, reading.pixels);
  }
  const accepts = acceptClass(joined(request.headers.accept));
  request.uri = (match[1] ?? "") + withAccepted(reading.text, accepts);
  // For the answer's name, which image-response.ts gives it; no origin gets a query.
  const name = request.querystring.download;
  request.querystring = name === undefined ? {} : { download: { value: name.value } };
  return request;
}

/** Several lines of a header are one list. */
function joined(field: Field | undefined): string | undefined {
  return field?.multiValue === undefined
    ? field?.value
    : field.multiValue.map((line) => line.value).join(",");
}
