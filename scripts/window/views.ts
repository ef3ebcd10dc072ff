import type { Page } from "playwright-core";

/** A picture of a view. */
export interface ViewPicture {
  /** Of the file. */
  name: string;
  /** What the picture shows, for those who do not see it. */
  alt: string;
  /** Of the screen, in CSS pixels. `@default` 800 */
  height?: number;
  /** Brings the page to where it is to be pictured. */
  show: (page: Page) => Promise<void>;
}

/** Goes to a view, and waits until it is there. */
async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
}

/** Waits until the pictures that can be seen have come. */
async function pictures(page: Page): Promise<void> {
  await page.evaluate(`Promise.all(
    [...document.images]
      .filter((image) => image.getBoundingClientRect().top < innerHeight)
      .map((image) => image.decode()),
  ).then(() => {})`);
}

/** The views, as the README shows them. */
export const viewPictures: readonly ViewPicture[] = [
  {
    name: "images",
    alt: "The view Images: a field to drop images on, a filter by user and tag, and a grid of twelve landscapes",
    show: async (page) => {
      await go(page, "#/images");
      await page.locator(".tile").nth(11).waitFor();
      await pictures(page);
    },
  },
  {
    name: "image",
    alt: "One image: a rendition with its size, time and signed URL, the form of operations, and a table of formats side by side",
    height: 960,
    show: async (page) => {
      await go(page, "#/images");
      await page.getByRole("link", { name: "harbour-at-dusk.jpg" }).click();
      await page.getByRole("button", { name: "Clear" }).click();
      for (const [name, value] of [
        ["width", "1200"],
        ["height", "640"],
      ] as const) {
        await page.getByRole("spinbutton", { name, exact: true }).fill(value);
      }
      await page.locator("summary", { hasText: "Encode" }).click();
      await page.getByText(/^1200 × 640 · image\//).waitFor();
      await page.getByRole("button", { name: "Compare formats" }).click();
      await page.locator("tbody tr").nth(4).waitFor();
      await page.getByRole("button", { name: "Compare again" }).blur();
      await pictures(page);
    },
  },
  {
    name: "requests",
    alt: "One request: what took its time on one axis, and the calls that its function made, with the statement that allowed each",
    show: async (page) => {
      await go(page, "#/requests?text=POST+process");
      await page.getByRole("link", { name: "POST /v1/process" }).first().click();
      await page.locator(".time-chart").waitFor();
    },
  },
  {
    name: "stack",
    alt: "The view Stack: the tree of components and resources, one of them opened",
    show: async (page) => {
      await go(page, "#/stack");
      await page.getByRole("searchbox").fill("images");
      await page.getByRole("treeitem", { name: "darkroom-images s3 Bucket", exact: true }).click();
      await page.getByRole("heading", { level: 2, name: "darkroom-images" }).waitFor();
      await page.getByText("Loading …").waitFor({ state: "detached" });
    },
  },
  {
    name: "inbox",
    alt: "The view Inbox: mails, alarms and queues, with the mail of an alarm opened",
    show: async (page) => {
      await go(page, "#/inbox");
      // Lambda gives an event up after a minute and two more.
      const alarm = page.getByRole("link", { name: /ALARM/ }).first();
      await alarm.waitFor({ timeout: 300_000 });
      await alarm.click();
      await page.getByRole("heading", { level: 2 }).first().waitFor();
      await page.getByText("Loading …").waitFor({ state: "detached" });
    },
  },
  {
    name: "data",
    alt: "The view Data: a table's items",
    show: async (page) => {
      await go(page, "#/data");
      await page
        .getByRole("link", { name: /^darkroom-images/ })
        .first()
        .click();
      await page.locator("tbody tr").first().waitFor();
    },
  },
];
