import type { CachePolicy, Headers, OriginRequestPolicy, Selection, ViewerRequest } from "./types";

/** Parts of a viewer's request. */
export interface Selected {
  headers: Headers;
  query: URLSearchParams;
}

/** The parts of `request` that `policy` selects. Cookies are part of the headers. */
export function select(request: ViewerRequest, policy: OriginRequestPolicy): Selected {
  // Names of headers ignore case, those of cookies and query parameters do not.
  const wanted = { ...policy.headers, items: policy.headers.items.map(lowerCase) };
  const headers = Object.entries(request.headers).filter(
    ([name]) => name !== "cookie" && isSelected(name, wanted),
  );
  const cookies = (request.headers.cookie ?? "")
    .split(/;\s*/)
    .filter((cookie) => cookie !== "")
    .filter((cookie) => isSelected(cookie.split("=")[0] ?? "", policy.cookies));
  const query = [...request.query].filter(([name]) => isSelected(name, policy.queryStrings));
  return {
    headers: {
      ...Object.fromEntries(headers),
      ...(cookies.length > 0 && { cookie: cookies.join("; ") }),
    },
    query: new URLSearchParams(query),
  };
}

/** Everything that the origin gets to see: what either policy selects. */
export function selectForOrigin(
  request: ViewerRequest,
  cachePolicy: CachePolicy,
  originRequestPolicy: OriginRequestPolicy | undefined,
): Selected {
  const cached = select(request, cachePolicy);
  if (originRequestPolicy === undefined) {
    return cached;
  }
  const more = select(request, originRequestPolicy);
  const query = new URLSearchParams(cached.query);
  for (const [name, value] of more.query) {
    if (!cached.query.has(name)) {
      query.append(name, value);
    }
  }
  return { headers: { ...cached.headers, ...more.headers }, query };
}

function isSelected(name: string, { behavior, items }: Selection): boolean {
  switch (behavior) {
    case "none":
      return false;
    case "whitelist":
      return items.includes(name);
    case "allExcept":
      return !items.includes(name);
    case "all":
      return true;
  }
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}
