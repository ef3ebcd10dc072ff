/**
 * Takes the pictures of the page of the local run that the README shows, as `docs/window/*.webp`: starts
 * a run, fills it by requests, and opens its views in a browser.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import type { CommandContext } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { startLocalRun } from "../tests/support/local-run";
import { type ViewPicture, viewPictures } from "./window/views";

const folder = join(__dirname, "..", "docs", "window");

/** Bytes that a picture has at most: the README has several. */
const maxBytes = 120 * 1024;

async function main({ shutdown }: CommandContext): Promise<number> {
  const description = "Takes the pictures of the page of the local run that the README shows.";
  parseNoOptions("docs:window", description, process.argv.slice(2));
  // Browser and SDK take half a second to load, which help and errors of the command line can do without.
  const { chromium } = await import("playwright-core");
  const { connect } = await import("../tests/e2e/support/stack.js");
  const { fill } = await import("./window/fill.js");
  const run = await startLocalRun();
  shutdown.add(() => run.remove());
  await fill(connect(run.dataDir));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // It does not start for root. Chromium is shown nothing but this page.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  shutdown.add(() => browser.close());
  const { page: url } = JSON.parse(readFileSync(join(run.dataDir, "endpoints.json"), "utf8")) as {
    page: string;
  };
  const page = await browser.newPage({ locale: "en-GB", colorScheme: "light" });
  await page.goto(url);
  mkdirSync(folder, { recursive: true });
  for (const picture of viewPictures) {
    await take(page, picture);
  }
  return 0;
}

/** Takes a picture of a view, in the best quality that is small enough. */
async function take(page: Page, { name, height = 800, show }: ViewPicture): Promise<void> {
  await page.setViewportSize({ width: 1280, height });
  await show(page);
  // What was filled in may have been scrolled to, in parts that scroll by themselves, too.
  await page.evaluate("document.querySelectorAll('*').forEach((each) => each.scrollTo(0, 0))");
  const screenshot = await page.screenshot({ animations: "disabled" });
  const { default: sharp } = await import("sharp");
  for (const quality of [92, 85, 75, 60]) {
    const picture = await sharp(screenshot).webp({ quality, effort: 6 }).toBuffer();
    if (picture.length <= maxBytes) {
      writeFileSync(join(folder, `${name}.webp`), picture);
      console.log(`docs/window/${name}.webp: ${picture.length} bytes, quality ${quality}`);
      return;
    }
  }
  throw new Error(`The picture of ${name} has more than ${maxBytes} bytes in any quality.`);
}

void runCommand(main, interruptedExitCode).then((exitCode) => {
  process.exitCode = exitCode;
});
