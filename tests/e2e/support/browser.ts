import { existsSync } from "node:fs";
import type { Browser } from "puppeteer-core";
import type { Stack } from "./stack";

/** Where distributions of Linux and macOS install what is driven here. */
const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The Chromium of this machine, or the one that `CHROMIUM` names; none where that is empty. */
export function findChromium(): string | undefined {
  return process.env.CHROMIUM ?? places.find((place) => existsSync(place));
}

/** Starts it without a window. */
export async function launch(executablePath: string): Promise<Browser> {
  const { default: puppeteer } = await import("puppeteer-core");
  return await puppeteer.launch({
    executablePath,
    // Chromium's sandbox does not start for root. It is shown nothing but pages of the tests.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

/** A URL of the CDN as a browser can get it, which does not know the local CDN's certificate. */
export function forBrowser({ cdnPlainHttp = {} }: Stack, url: string): string {
  const { host, pathname, search } = new URL(url);
  const plain = cdnPlainHttp[host];
  return plain === undefined ? url : `${plain}${pathname}${search}`;
}
