import type { Page } from "playwright-core";
import { openBrowser } from "./chromium";

/** The page of this process that no test has at present. */
let free: Page | undefined;

/**
 * A blank page that shares nothing with earlier tests. It is the same window as theirs if that is free: Chromium takes
 * longer to open one than most tests take in it.
 *
 * @param width of the screen, in CSS pixels.
 */
export async function takePage(width: number): Promise<Page> {
  const taken = free;
  free = undefined;
  const viewport = { width, height: 800 };
  if (taken === undefined) {
    const browser = await openBrowser();
    return await browser.newPage({ viewport, locale: "en-GB" });
  }
  await taken.setViewportSize(viewport);
  return taken;
}

/** Takes a page back, without whatever a test has left in it but its scripts. */
export async function leavePage(page: Page): Promise<void> {
  page.removeAllListeners();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  const { origin } = new URL(page.url());
  await page.goto("about:blank");
  await forget(page, origin);
  await page.emulateMedia({
    media: null,
    colorScheme: null,
    reducedMotion: null,
    forcedColors: null,
    contrast: null,
  });
  free = page;
}

/** Closes the window that no test has at present. */
export async function closePage(): Promise<void> {
  const closed = free;
  free = undefined;
  await closed?.close();
}

/** @param origin whose storage is emptied. */
async function forget(page: Page, origin: string): Promise<void> {
  const context = page.context();
  await context.clearPermissions();
  await context.clearCookies();
  const session = await context.newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  await session.detach();
}
