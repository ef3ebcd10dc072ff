import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atEnd } from "../../../../tests/support/at-end";
import { parseOptions } from "../../../cli/options";
import { Redactor } from "../../../cli/redactor";
import { Shutdown } from "../../../cli/shutdown";
import { start } from "../../../cli/start";
import { startCloud } from "../../../cloud";
import type { RunningCloud } from "../../../cloud";

/** The program in `fixtures/shop`, as `npm start` runs it, in this process. */
export interface ShopRun {
  /** Its cloud, which tests use as clients and services do. */
  cloud: RunningCloud;
  /** Address of its page. */
  page: string;
  dataDir: string;
  /** What it has printed so far. */
  output(): string;
}

const projectDir = join(__dirname, "..", "fixtures", "shop");

/** The line of the program that has `text` in it, counted from 1. */
export function lineOf(text: string): number {
  const lines = readFileSync(join(projectDir, "index.ts"), "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

let shared: Promise<ShopRun> | undefined;

/** The run that all specs of the page share; it ends with the last test. */
export async function shopRun(): Promise<ShopRun> {
  shared ??= startShop();
  return await shared;
}

async function startShop(): Promise<ShopRun> {
  const dataDir = mkdtempSync(join(tmpdir(), "page-"));
  const shutdown = new Shutdown();
  let cloud: RunningCloud | undefined;
  let printed = "";
  atEnd(async () => {
    await shutdown.run();
    rmSync(dataDir, { recursive: true });
  });
  await start({
    ...parseOptions(["--port=0", `--data=${dataDir}`]),
    projectDir,
    startCloud: async (options) => {
      cloud = await startCloud(options);
      return cloud;
    },
    terminal: { write: (text) => (printed += text) },
    redactor: new Redactor(),
    signal: new AbortController().signal,
    shutdown,
  });
  if (!cloud) {
    throw new Error("The run has started no cloud.");
  }
  const endpoints = JSON.parse(readFileSync(join(dataDir, "endpoints.json"), "utf8")) as {
    page: string;
  };
  return { cloud, page: endpoints.page, dataDir, output: () => printed };
}
