import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** All lines of all logs of a local run: of functions, of access and of the gateway's execution. */
export function readLogs(dataDir: string): string {
  const folder = join(dataDir, "logs");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".log"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

/** So long a piece of a secret must not be in a log. */
const pieceLength = 16;

/**
 * Pieces of secrets that a text holds: any part of one that has twice their length has a whole piece.
 */
export function leaksIn(text: string, secrets: Iterable<string>): string[] {
  const pieces = new Set<string>();
  for (const secret of secrets) {
    for (let start = 0; start + pieceLength <= secret.length; start += pieceLength) {
      pieces.add(secret.slice(start, start + pieceLength));
    }
  }
  const found = new Set<string>();
  for (let start = 0; start + pieceLength <= text.length; start++) {
    const piece = text.slice(start, start + pieceLength);
    if (pieces.has(piece)) {
      found.add(piece);
    }
  }
  return [...found];
}
