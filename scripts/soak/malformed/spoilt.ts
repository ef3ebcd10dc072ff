import fc from "fast-check";
import { type HttpRequest, type SpoiltRequest, toBytes, withHeader } from "./request";
import { oversized, spoiltForm, spoiltJson, spoiltText } from "./spoilt-body";
import { mutated } from "./spoilt-bytes";
import { misframed } from "./spoilt-framing";
import { spoiltHeaders, spoiltMethod, spoiltPath, spoiltQuery } from "./spoilt-target";
import type { Template } from "./templates";

/** How requests are spoilt. */
export interface SpoilOptions {
  apiUrl: URL;
  /** Is in nearly all values that are sent, and nowhere else. */
  marker: string;
  /** All of them: pieces of one are put into others. */
  templates: readonly Template[];
}

/** One in so many requests comes without an API key. */
const keylessShare = 40;

/** Malformed requests to the route of `template`. */
export function spoilt(template: Template, options: SpoilOptions): fc.Arbitrary<SpoiltRequest> {
  const { apiUrl, marker } = options;
  const http = fc.oneof(
    ...Object.entries(waysToSpoil(template, options)).map(([kind, { weight, request }]) => ({
      weight,
      arbitrary: fc
        .tuple(request, fc.nat(keylessShare - 1))
        .map(([whole, share]): SpoiltRequest => {
          const sent = share === 0 ? withoutKey(whole) : whole;
          return {
            kind: share === 0 ? "no API key" : kind,
            route: template.name,
            bytes: toBytes(sent, apiUrl),
            isHead: sent.method === "HEAD",
            isHttp: true,
            isKeyed:
              sent.method === "POST" && sent.headers.some(([name]) => name === "Idempotency-Key"),
          };
        }),
    })),
  );
  const noHttp = misframed(template, marker, apiUrl).map((bytes): SpoiltRequest => ({
    kind: "framing",
    route: template.name,
    bytes,
    isHead: bytes.subarray(0, 4).toString() === "HEAD",
    isHttp: false,
    isKeyed: false,
  }));
  return fc.oneof({ weight: 12, arbitrary: http }, { weight: 1, arbitrary: noHttp });
}

function withoutKey(request: HttpRequest): HttpRequest {
  return { ...request, headers: withHeader(request.headers, "x-api-key", undefined) };
}

/** Those that suit the template, by kind. */
function waysToSpoil(template: Template, { marker, templates }: SpoilOptions) {
  const contentType = template.valid.headers.find(([name]) => name === "Content-Type")?.[1] ?? "";
  const way = (weight: number, request: fc.Arbitrary<HttpRequest>) => ({ weight, request });
  return {
    query: way(15, spoiltQuery(template, marker)),
    path: way(template.path.includes("{") ? 15 : 5, spoiltPath(template)),
    headers: way(15, spoiltHeaders(template, marker)),
    method: way(5, spoiltMethod(template)),
    mutated: way(20, mutated(template, templates)),
    ...(contentType === "application/json" && {
      "JSON values": way(30, spoiltJson(template, marker)),
      "JSON text": way(15, spoiltText(template, marker)),
    }),
    ...(contentType.startsWith("multipart/") && { form: way(30, spoiltForm(template, marker)) }),
    ...(contentType !== "" && { size: way(1, oversized(template, marker)) }),
  };
}
