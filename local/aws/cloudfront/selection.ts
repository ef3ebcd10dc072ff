import { parameterName } from "./query";
import type {
  CachePolicy,
  Headers,
  OriginRequestPolicy,
  Query,
  Selection,
  ViewerRequest,
} from "./types";

/** Parts of a viewer's request. */
export interface Selected {
  headers: Headers;
  query: Query;
}

/** The parts of `request` that `policy` selects. Cookies are part of the headers. */
export function select(request: ViewerRequest, policy: OriginRequestPolicy): Selected {
  const headers = selectHeaders(request.headers, policy.headers);
  const cookies = selectCookies(request.headers.cookie, policy.cookies);
  if (cookies !== "") {
    headers.cookie = cookies;
  }
  return {
    headers,
    query: request.query.filter((each) => isSelected(parameterName(each), policy.queryStrings)),
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
  const taken = new Set([...cached.query, ...more.query]);
  return {
    headers: { ...cached.headers, ...more.headers },
    query: request.query.filter((each) => taken.has(each)),
  };
}

/** Names of headers ignore case, those of cookies and query parameters do not. */
function selectHeaders(headers: Headers, { behavior, items }: Selection): Headers {
  if (behavior === "none") {
    return {};
  }
  const selection = { behavior, items: items.map((item) => item.toLowerCase()) };
  const selected = Object.entries(headers).filter(
    ([name]) => name !== "cookie" && isSelected(name, selection),
  );
  return Object.fromEntries(selected);
}

function selectCookies(header: string | undefined, selection: Selection): string {
  if (header === undefined || selection.behavior === "none") {
    return "";
  }
  return header
    .split(/;\s*/)
    .filter((cookie) => cookie !== "" && isSelected(parameterName(cookie), selection))
    .join("; ");
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
