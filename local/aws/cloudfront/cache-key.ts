import type { Behavior } from "./behavior";
import { select } from "./selection";
import type { ViewerRequest } from "./types";

/**
 * What one object is kept under: requests of equal keys get the same object. `HEAD` shares the
 * object with `GET`.
 *
 * @param acceptEncoding as CloudFront normalises it.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html
 */
export function cacheKey(
  { cachePolicy }: Behavior,
  request: ViewerRequest,
  acceptEncoding: string,
): string {
  const { headers, query } = select(request, cachePolicy);
  const kind = request.method === "OPTIONS" ? "OPTIONS" : "GET";
  const names = Object.keys(headers).sort();
  // A line break is in no path, parameter or header.
  return [
    kind,
    request.path,
    query.join("&"),
    acceptEncoding,
    ...names.map((name) => `${name}: ${headers[name] ?? ""}`),
  ].join("\n");
}
