import { createHash } from "node:crypto";

/** What tells apart the versions of something, such as `E2QWRUHAPOMQZ`. @param content plain data. */
export function etagOf(content: unknown): string {
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return `E${digest.slice(0, 13).toUpperCase()}`;
}
