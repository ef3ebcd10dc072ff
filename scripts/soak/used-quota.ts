import { readFileSync } from "node:fs";
import { join } from "node:path";

/** How many requests a local run, which has ended, has counted on behalf of usage plans. */
export function usedQuota(dataDir: string): number {
  const text = readFileSync(join(dataDir, "apigateway", "usage.json"), "utf8");
  const usage = Object.values(JSON.parse(text) as Record<string, { used: number }>);
  return usage.reduce((sum, { used }) => sum + used, 0);
}
