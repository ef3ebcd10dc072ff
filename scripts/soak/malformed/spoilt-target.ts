import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { Header, HttpRequest } from "./request";
import type { Template } from "./templates";
import { hostileText } from "./values";

/** Beyond it, servers refuse a request before the API sees it. */
const maxTargetLength = 7000;

/** Queries with values of other types, parameters that are unknown or repeated, broken encoding. */
export function spoiltQuery(template: Template, marker: string): fc.Arbitrary<HttpRequest> {
  const { valid, parameters } = template;
  const [path = "", query = ""] = valid.target.split("?");
  const pairs = query === "" ? [] : query.split("&");
  const names = parameters.filter((one) => one.in === "query").map(({ name }) => name);
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names, "limit", "unknown") },
    fc.constantFrom("__proto__", "constructor", "limit%5B%5D", "", "%", marker),
  );
  const value = fc.oneof(
    { weight: 5, arbitrary: hostileText(marker).map(encode) },
    fc.constantFrom("0", "-1", "1.5", "1e2", "abc", "101", "99999999999999999999", "TRUE", "%20"),
    fc.constantFrom("%", "%zz", "%c0%80", "%ff%fe", "%u0041", "a=b=c", "+", "a%26b"),
  );
  const pair = fc.tuple(name, value).map(([key, text]) => `${key}=${text}`);
  const forged = forgeries(pairs).map((changed) => changed.join("&"));
  return fc
    .oneof(
      { weight: 4, arbitrary: fc.array(pair, { minLength: 1, maxLength: 4 }).map(joined) },
      {
        weight: 4,
        arbitrary: fc
          .array(pair, { minLength: 1, maxLength: 2 })
          .map((added) => joined([...pairs, ...added])),
      },
      { weight: 3, arbitrary: forged },
      fc.constantFrom("&", "=", "&&=&", "?", marker),
    )
    .map((changed) => ({ ...valid, target: `${path}?${changed}`.slice(0, maxTargetLength) }));
}

function joined(pairs: readonly string[]): string {
  return pairs.join("&");
}

/** The valid pairs with one of them cut, twice, left out or changed in a character. */
function forgeries(pairs: readonly string[]): fc.Arbitrary<string[]> {
  if (pairs.length === 0) {
    return fc.constant([]);
  }
  return fc.tuple(fc.nat(pairs.length - 1), fc.nat(200), fc.nat(3)).map(([index, at, how]) => {
    const pair = pairs[index] ?? "";
    const position = at % (pair.length + 1);
    const changed = [
      [pair.slice(0, position)],
      [pair, pair],
      [],
      [`${pair.slice(0, position)}A${pair.slice(position + 1)}`],
    ][how];
    return [...pairs.slice(0, index), ...(changed ?? []), ...pairs.slice(index + 1)];
  });
}

/** Paths that are odd, climb, or have ids that are none. Logs may hold paths, so no marker is in them. */
export function spoiltPath({ valid, path }: Template): fc.Arbitrary<HttpRequest> {
  const id = fc.oneof(
    hostileText("").map((text) => encode(text).slice(0, maxTargetLength / 2)),
    fc.constantFrom("..", ".", "%2e%2e", "%2F", "a%2Fb", "%", "%zz", "%ff", ";a=b", "*", "{id}"),
    fc.constantFrom(
      "00000000-0000-0000-0000-000000000000",
      "{00000000-0000-4000-8000-000000000000}",
    ),
    fc.constant(randomUUID().toUpperCase()),
  );
  const whole = fc.constantFrom(
    `/${path}`,
    `${path}/`,
    `${path}//`,
    path.toUpperCase(),
    `${path};x`,
    "",
    "/",
  );
  return fc
    .oneof(
      { weight: 3, arbitrary: id.map((text) => path.replace("{id}", text)) },
      fc.tuple(whole, id).map(([odd, text]) => odd.replace("{id}", text)),
      id.map((text) => `${path.replace("{id}", "a")}/${text}`),
    )
    .map((target) => ({ ...valid, target }));
}

/** Texts of headers that have a grammar; to the others, any text is sent. */
const headerTexts: Readonly<Record<string, readonly string[]>> = {
  Range: [
    "bytes=0-",
    "bytes=-0",
    "bytes=9-1",
    "bytes=0-0,2-3",
    "items=0-1",
    `bytes=${"9".repeat(40)}-`,
    "bytes=--1",
  ],
  "If-None-Match": ["*", '"', 'W/"x"', '"a",'.repeat(200), "*, *", 'w/"'],
  "If-Range": ['"x"', 'W/"x"', "Wed, 21 Oct 2015 07:28:00 GMT"],
  "Idempotency-Key": ["", "a b", "k".repeat(256), "\u00e9", "a,b", "k"],
  Accept: ["image/*", "image/png,,", "image/png;q=x", "*/*", "image/", ",", "application/xml"],
  "Content-Type": [
    "",
    "application/json; charset=utf-16",
    "APPLICATION/JSON",
    "application/json, image/png",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "multipart/form-data",
    "multipart/mixed; boundary=x",
    "Image/PNG",
    "image/gif",
    "image/svg+xml",
    "text/plain",
    "text/html; charset=\u00e9",
    "image",
    "/",
    ";",
  ],
  "Content-Encoding": ["gzip", "deflate", "br", "identity, gzip"],
  "Accept-Encoding": ["gzip;q=0", "*"],
  "X-Amzn-Trace-Id": [
    "Root=1-0-0;Sampled=1",
    "Root=",
    "Self=x;Root=1-67891233-abcdef012345678912345678",
  ],
  "X-HTTP-Method-Override": ["DELETE"],
  "X-Forwarded-For": ["127.0.0.1, ::1", ","],
  "X-Api-Key": ["", "k".repeat(40)],
  Origin: ["null", "https://example.com"],
  Cookie: ["a=b; ".repeat(100)],
  Upgrade: ["websocket"],
};

/** Headers of the route and others, with odd values, and twice. */
export function spoiltHeaders(template: Template, marker: string): fc.Arbitrary<HttpRequest> {
  const { valid, parameters } = template;
  const own = parameters.filter((one) => one.in === "header").map(({ name }) => name);
  const name = fc.constantFrom(...own, ...own, "Content-Type", ...Object.keys(headerTexts));
  const header = name.chain((key): fc.Arbitrary<Header> =>
    fc
      .oneof(
        { weight: 3, arbitrary: fc.constantFrom(...(headerTexts[key] ?? [marker])) },
        hostileText(marker).map((text) => visible(text).slice(0, 2000)),
      )
      .map((value) => [key, value]),
  );
  return fc
    .tuple(fc.array(header, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([added, isFirst]) => ({
      ...valid,
      headers: isFirst ? [...added, ...valid.headers] : [...valid.headers, ...added],
    }));
}

/** Methods that the path does not have, and those that it has, with a body that they do not take. */
export function spoiltMethod({ valid }: Template): fc.Arbitrary<HttpRequest> {
  return fc
    .constantFrom(
      "HEAD",
      "PUT",
      "PATCH",
      "DELETE",
      "OPTIONS",
      "TRACE",
      "GET",
      "POST",
      "PROPFIND",
      "PURGE",
      "QUERY",
    )
    .map((method) => ({ ...valid, method }));
}

/** As a part of a URL. Unpaired surrogates cannot be sent there. */
function encode(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Cs}/gu, "\ufffd"));
}

/** Without what would end the header. */
function visible(text: string): string {
  return Buffer.from(text)
    .toString("latin1")
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?");
}
