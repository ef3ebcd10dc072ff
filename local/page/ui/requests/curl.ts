import type { Body, RequestDetails } from "../../../trace/types";

/** Headers that curl sets by itself, or that a proxy on the way has set. */
const leftOut =
  /^(?:host|connection|content-length|transfer-encoding|accept-encoding|expect|sec-.*)$/i;

/**
 * The command of a POSIX shell that sends a request again. Secrets of headers and query, which are masked in `details`,
 * have variables in their place; those of path and body stay masked: {@link missingIn} names them all.
 *
 * @param origin where it went, such as `http://127.0.0.1:4000`.
 */
export function asCurl(details: RequestDetails, origin: string): string {
  const { method, requestBytes } = details;
  const parts = [
    ...(method === "GET" && requestBytes === 0
      ? []
      : [method === "HEAD" ? "--head" : `-X ${method}`]),
    targetWord(details, origin),
    ...sentHeaders(details).map(headerOption),
    ...bodyOption(details),
  ];
  return ["curl", ...parts].join(" \\\n  ").replace(" \\\n  ", " ");
}

/** What a command lacks, and whoever runs it has to give. */
export interface Missing {
  /** A variable, or a file; absent of what stands in the command itself. */
  readonly name?: string;
  /** Such as `the header X-Api-Key`. */
  readonly what: string;
}

/** What has to be given before the command of a request sends the same. */
export function missingIn(details: RequestDetails): Missing[] {
  const { path, query } = details;
  const headers = sentHeaders(details).filter(([, value]) => isMasked(value));
  const parameters = query.filter(([, value]) => isMasked(value));
  return [
    ...headers.map(([name, value]) => ({
      name: variableOf(name, value),
      what: `the header ${name}${bearer(name, value) && ", after “Bearer”"}`,
    })),
    ...parameters.map(([name]) => ({
      name: parameterVariable(name),
      what: `${name} of the query, encoded as in a URL`,
    })),
    ...(isMasked(path) ? [{ what: "the secrets in the path" }] : []),
    ...missingInBody(details),
  ];
}

function missingInBody(details: RequestDetails): Missing[] {
  const body = bodyOf(details);
  if (body === undefined) {
    return [{ name: bodyFile, what: "a file with the body" }];
  }
  return body.masked ? [{ what: "the secrets in the body" }] : [];
}

function sentHeaders({ requestHeaders }: RequestDetails): [string, string][] {
  return requestHeaders.filter(([name]) => !leftOut.test(name));
}

function targetWord({ path, query }: RequestDetails, origin: string): string {
  const pairs = query.map(([name, value]) => {
    const given = new URLSearchParams([[name, value]]).toString();
    return isMasked(value)
      ? `${quoted(given.slice(0, given.indexOf("=") + 1))}${parameterVariable(name)}`
      : quoted(given);
  });
  if (query.some(([, value]) => isMasked(value))) {
    return `"${quoted(origin + path)}?${pairs.join("&")}"`;
  }
  const text = new URLSearchParams(query).toString();
  return word(origin + (text === "" ? path : `${path}?${text}`));
}

function headerOption([name, value]: [string, string]): string {
  return isMasked(value)
    ? `-H "${quoted(name)}: ${bearer(name, value)}${variableOf(name, value)}"`
    : `-H ${word(`${name}: ${value}`)}`;
}

/** Whether a part of a value is left out: no header has what stands for that. */
function isMasked(value: string): boolean {
  return value.includes("…") || value.includes("[secret]");
}

/** What stands before the token in a header that has one. */
function bearer(name: string, value: string): "" | "Bearer " {
  return name.toLowerCase() === "authorization" && /^Bearer /i.test(value) ? "Bearer " : "";
}

/** What stands in the place of a masked value: a variable that is called like its header, but for two. */
function variableOf(name: string, value: string): string {
  if (name.toLowerCase() === "x-api-key") {
    return "$API_KEY";
  }
  return bearer(name, value) ? "$TOKEN" : `$${variableName(name).replace(/^(?=\d)/, "_")}`;
}

/** The same for a parameter of the query, called otherwise than any header is and a shell has. */
function parameterVariable(name: string): string {
  return `$QUERY_${variableName(name)}`;
}

function variableName(name: string): string {
  return name.toUpperCase().replaceAll(/\W/g, "_");
}

/** Where the body comes from that is not in the command. */
const bodyFile = "body";

/** The text of a body, empty without one; `undefined` of what is no text, or is not here or not all. */
function bodyOf({
  requestBytes,
  requestBody,
}: RequestDetails): Pick<Body, "text" | "masked"> | undefined {
  if (requestBytes === 0) {
    return { text: "" };
  }
  return requestBody?.text === undefined || requestBody.truncated ? undefined : requestBody;
}

function bodyOption(details: RequestDetails): string[] {
  const body = bodyOf(details);
  if (body === undefined) {
    return [`--data-binary @${bodyFile}`];
  }
  return body.text ? [`--data-raw ${word(body.text)}`] : [];
}

/** `text` within double quotes of a POSIX shell. */
function quoted(text: string): string {
  return text.replaceAll(/[$`"\\]/g, "\\$&");
}

/** `text` as one word of a POSIX shell. */
function word(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
