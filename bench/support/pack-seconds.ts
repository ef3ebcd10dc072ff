import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import {
  type AnalyzeRequest,
  type AnalyzerResource,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";

/** What the engine asks a policy pack about resources. */
export interface PackRequests {
  /** About each by itself. */
  analyze: readonly AnalyzeRequest[];
  /** Those that it then asks about all together. */
  stack: AnalyzerResource[];
}

/** Writes the file that {@link packSeconds} measures a pack with. */
export async function saveRequests(file: string, { analyze, stack }: PackRequests): Promise<void> {
  const requests = {
    analyze: analyze.map(base64),
    analyzeStack: base64(new AnalyzeStackRequest().setResourcesList(stack)),
  };
  await writeFile(file, JSON.stringify(requests));
}

/**
 * Processor time, in seconds, that a pack takes for requests, in a process of its own.
 *
 * @param pack its folder.
 * @param file as {@link saveRequests} wrote it.
 */
export async function packSeconds(
  pack: string,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const script = path.join(__dirname, "measure-pack.cjs");
  const { stdout } = await promisify(execFile)(process.execPath, [script, pack, file], { signal });
  return Number(stdout);
}

function base64(message: { serializeBinary(): Uint8Array }): string {
  return Buffer.from(message.serializeBinary()).toString("base64");
}
