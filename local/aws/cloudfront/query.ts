import type { Query } from "./types";

/** The parameters of a query, which are told apart as text: `a`, `a=` and `%61=` differ. */
export function parseQuery(text: string): Query {
  return text === "" ? [] : text.split("&").filter((parameter) => parameter !== "");
}

/** The query of a URL with its `?`, or nothing. */
export function searchOf(query: Query): string {
  return query.length > 0 ? `?${query.join("&")}` : "";
}

/** The name of a parameter, still percent-encoded. */
export function parameterName(parameter: string): string {
  const equals = parameter.indexOf("=");
  return equals < 0 ? parameter : parameter.slice(0, equals);
}

/** The value of a parameter, still percent-encoded. */
export function parameterValue(parameter: string): string {
  return parameter.slice(parameterName(parameter).length + 1);
}
