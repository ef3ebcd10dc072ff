import { z } from "zod";
import { areDifferent, list } from "../config/config-values";

/** Any page's. */
const anyOrigin = "*";

/**
 * Characters that the list may have as JSON: it is one of many variables of functions, whose environment
 * may have 4 KB. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const maxLength = 2000;

/** Origins of pages that may read answers: any, or those of a list. */
export function origins() {
  return list(
    z.string(),
    '["*"] for all, or a list of 1 to 20 different origins such as https://app.example.com: in small ' +
      "letters, with a port if it is not the usual one, without a slash at the end, of at most " +
      `${maxLength} characters together; http for this machine alone`,
    (items) =>
      (items.length === 1 && items[0] === anyOrigin) ||
      (items.length > 0 &&
        items.length <= 20 &&
        JSON.stringify(items).length <= maxLength &&
        areDifferent(items) &&
        items.every(isOrigin)),
  );
}

/**
 * Whether pages can have this origin, as browsers write it, and nobody between can have made them
 * up. A host with `*` is none: the gateway would have to tell what it stands for, and cannot.
 */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) {
    return false;
  }
  const { origin, protocol, hostname } = new URL(text);
  const isLoopback = loopbackHost.test(hostname);
  return (
    origin === text &&
    (isLoopback || hostname.split(".").every((label) => hostLabel.test(label))) &&
    (protocol === "https:" || (protocol === "http:" && isLoopback))
  );
}

const hostLabel = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

const loopbackHost = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
