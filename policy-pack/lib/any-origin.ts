import { anyOf, type Truth } from "./truth";
import { entriesOf, isKnown, unknownValue } from "./values";

/** Where documents and resources of APIs set the header in an answer. */
const mapping =
  /^(gatewayresponse\.header\.|method\.response\.header\.|(overwrite|append):header\.)access-control-allow-origin$/i;
/** The same in a template of Velocity. */
const override = /responseOverride\.header\.access-control-allow-origin\s*=\s*["']\*["']/i;
/** Of the settings of an HTTP API, a list. */
const origins = /^allowOrigins$/i;

/** Whether something in an API, or in its document, lets the pages of any origin read answers. */
export function allowsAnyOrigin(value: unknown): Truth {
  if (!isKnown(value)) {
    return unknownValue;
  }
  if (typeof value === "string") {
    return override.test(value);
  }
  const parts: [string, unknown][] = Array.isArray(value)
    ? value.map((item: unknown) => ["", item])
    : entriesOf(value);
  return anyOf(
    parts.map(([key, item]) => {
      if (mapping.test(key)) {
        return isKnown(item) ? isAny(item) : unknownValue;
      }
      return origins.test(key) && Array.isArray(item)
        ? anyOf(item.map((one) => (isKnown(one) ? isAny(one) : unknownValue)))
        : allowsAnyOrigin(item);
    }),
  );
}

/** `'*'` as mappings have it, `*` as lists do, and `https://*`, which is any page as well. */
function isAny(origin: unknown): boolean {
  return typeof origin === "string" && /^'?(https?:\/\/)?\*'?$/.test(origin.trim());
}
