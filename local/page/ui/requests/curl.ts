import type { RequestDetails } from "../../../trace/types";

/** Headers that curl sets by itself, or that a proxy on the way has set. */
const leftOut =
  /^(?:host|connection|content-length|transfer-encoding|accept-encoding|expect|sec-.*)$/i;

/**
 * The command of a POSIX shell that sends a request again. Secrets, which are masked in `details`, have
 * variables in their place.
 *
 * @param origin where it went, such as `http://127.0.0.1:4000`.
 */
export function asCurl(details: RequestDetails, origin: string): string {
  const { method, requestHeaders, requestBody } = details;
  const headers = requestHeaders.filter(([name]) => !leftOut.test(name)).map(headerOption);
  const parts = [
    ...(method === "GET" && !requestBody ? [] : [method === "HEAD" ? "--head" : `-X ${method}`]),
    word(origin + targetOf(details)),
    ...headers,
    ...bodyOption(requestBody),
  ];
  return ["curl", ...parts].join(" \\\n  ").replace(" \\\n  ", " ");
}

function targetOf({ path, query }: RequestDetails): string {
  const text = new URLSearchParams(query).toString();
  return text === "" ? path : `${path}?${text}`;
}

function headerOption([name, value]: [string, string]): string {
  return isMasked(value)
    ? `-H "${quoted(name)}: ${variableOf(name, value)}"`
    : `-H ${word(`${name}: ${value}`)}`;
}

/** Whether a part of a value is left out: no header has what stands for that. */
function isMasked(value: string): boolean {
  return value.includes("…") || value.includes("[secret]");
}

/** What stands in the place of a masked value: a variable that is called like its header, but for two. */
function variableOf(name: string, value: string): string {
  const header = name.toLowerCase();
  if (header === "x-api-key") {
    return "$API_KEY";
  }
  if (header === "authorization" && /^Bearer /i.test(value)) {
    return "Bearer $TOKEN";
  }
  return `$${name.toUpperCase().replaceAll(/^(?=\d)|\W/g, "_")}`;
}

function bodyOption(body: RequestDetails["requestBody"]): string[] {
  if (body === undefined || body.size === 0) {
    return [];
  }
  // What is no text, or not all here, has to come from a file.
  return body.text === undefined || body.truncated
    ? ["--data-binary @body"]
    : [`--data-raw ${word(body.text)}`];
}

/** `text` within double quotes of a POSIX shell. */
function quoted(text: string): string {
  return text.replaceAll(/[$`"\\]/g, "\\$&");
}

/** `text` as one word of a POSIX shell. */
function word(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
