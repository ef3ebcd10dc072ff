import type { Behavior } from "./behavior";
import { searchOf } from "./query";
import { select } from "./selection";
import type { ViewerRequest } from "./types";

/** What an object is kept under. */
export interface CacheKey {
  /** Requests of equal keys get the same object; `HEAD` shares it with `GET`. */
  key: string;
  /** Path and the query in the key, such as `/a.jpg?size=large`: what invalidations name. */
  url: string;
}

/**
 * @param acceptEncoding as CloudFront normalises it.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html
 */
export function cacheKeyOf(
  { cachePolicy }: Behavior,
  request: ViewerRequest,
  acceptEncoding: string,
): CacheKey {
  const { headers, query } = select(request, cachePolicy);
  const kind = request.method === "OPTIONS" ? "OPTIONS" : "GET";
  const url = request.path + searchOf(query);
  const names = Object.keys(headers).sort();
  // A line break is in no path, parameter or header.
  const lines = names.map((name) => `${name}: ${headers[name] ?? ""}`);
  return { key: [kind, url, acceptEncoding, ...lines].join("\n"), url };
}
