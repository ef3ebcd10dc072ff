import assert from "node:assert/strict";
import axe, { type AxeResults } from "axe-core";
import type { Disposable, Locator, Page } from "playwright-core";
import { leavePage, takePage } from "./page-pool";

/** A page in the browser, and what went wrong in it so far. */
export interface OpenPage {
  page: Page;
  /** Runs a script before those of the page, whenever it is loaded again. */
  prepare(script: string): Promise<void>;
  /** Takes complaints that the test itself brings about for none. */
  expect(complaint: RegExp): void;
  /** Closes it; fails when it has complained, or has asked another machine for anything. */
  close(): Promise<void>;
}

/**
 * Opens a page and waits until it shows its heading.
 *
 * @param width of the screen, in CSS pixels.
 */
export async function openPage(url: string, width = 1280): Promise<OpenPage> {
  const page = await takePage(width);
  const scripts: Disposable[] = [];
  const problems: string[] = [];
  const expected: RegExp[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      problems.push(message.text());
    }
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    if (!/^(blob|data):|^https?:\/\/127\.0\.0\.1:/.test(request.url())) {
      problems.push(`asked for ${request.url()}`);
    }
  });
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return {
    page,
    prepare: async (script) => {
      scripts.push(await page.addInitScript(script));
    },
    expect: (complaint) => expected.push(complaint),
    close: async () => {
      await Promise.all(scripts.map((script) => script.dispose()));
      await leavePage(page);
      const unexpected = problems.filter((text) => !expected.some((each) => each.test(text)));
      assert.deepEqual(unexpected, []);
    },
  };
}

/** Waits until there are so many elements, neither fewer nor more. */
export async function exactly(elements: Locator, count: number): Promise<void> {
  if (count > 0) {
    await elements.nth(count - 1).waitFor();
  }
  await elements.nth(count).waitFor({ state: "detached" });
}

/**
 * Widths at which a page has to be good, in CSS pixels: a desk's, and the least of phones, which a desk's has at 400 %.
 * https://www.w3.org/WAI/WCAG22/Understanding/reflow
 */
export const widths = [1280, 320] as const;

/**
 * Fails when axe finds a serious problem in a page, in light or dark, or it is wider than its screen.
 */
export async function assertAccessible(page: Page): Promise<void> {
  await page.getByText("Loading …").waitFor({ state: "detached" });
  await page.evaluate(axe.source);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Half way through an animation, colours are others than before and after it. One may be cancelled.
    await page.evaluate(
      "Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => {})",
    );
    const { violations } = await page.evaluate<AxeResults>(
      "axe.run({ resultTypes: ['violations'] })",
    );
    const serious = violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
    assert.deepEqual(serious, [], `${colorScheme}, ${page.url()}`);
  }
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  assert.equal(overflow, 0, `${page.url()} is ${overflow} pixels wider than the screen`);
}
