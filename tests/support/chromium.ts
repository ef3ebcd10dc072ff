import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { atEnd } from "./at-end";

/**
 * Where distributions of Linux and macOS install what is driven here. First the one that has no windows to show,
 * which takes less of the processor for the same pages.
 */
const places = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The Chromium of this machine, or the one that `CHROMIUM` names; none where that is empty. */
export const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place));

let shared: Promise<Browser> | undefined;

/** The Chromium that all specs of this process share, without a window; it ends with the last test. */
export async function openBrowser(): Promise<Browser> {
  shared ??= launch();
  return await shared;
}

async function launch(): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: executablePath ?? "",
    // It does not start for root. Chromium is shown nothing but pages of the tests.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  atEnd(() => browser.close());
  return browser;
}
