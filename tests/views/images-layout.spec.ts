import { strict as assert } from "node:assert";
import type { Locator, Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { exactly, type OpenPage, openPage } from "../support/page";
import { photograph } from "./support/photographs";
import { viewedRun } from "./support/run";

/** Edges of the first place at which a text stands, in CSS pixels. */
const edges = (text: string, within: string) => `(() => {
  const walker = document.createTreeWalker(document.querySelector(${JSON.stringify(within)}), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(${JSON.stringify(text)});
    if (at !== -1) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + ${text.length});
      const { left, right } = range.getBoundingClientRect();
      return { left, right };
    }
  }
})()`;

/** As browsers have it. */
type StyleOf = (element: unknown) => Readonly<Record<string, string>>;

describeInBrowser("the view Images, as it is laid out", function () {
  this.timeout(120_000);

  let url: string;
  let opened: OpenPage;
  let page: Page;

  before(async () => {
    ({ page: url } = await viewedRun());
  });
  afterEach(() => opened.close());

  async function open(hash = "#/images", width?: number): Promise<void> {
    opened = await openPage(`${url}/${hash}`, width);
    ({ page } = opened);
    await page.getByText("Loading …").waitFor({ state: "detached" });
  }

  const colour = async (element: Locator | undefined, of: string) =>
    await element?.evaluate(
      (shown, name) =>
        (globalThis as unknown as { getComputedStyle: StyleOf }).getComputedStyle(shown)[name],
      of,
    );

  async function upload(user: string, ...names: string[]): Promise<void> {
    const field = page.getByRole("textbox", { name: "Upload for user" });
    await field.fill(user);
    await field.press("Enter");
    const files = await Promise.all(names.map((name, at) => photograph(at, name)));
    await page.locator("input[type=file]").setInputFiles(files);
    for (const name of names) {
      await page.getByRole("link", { name }).waitFor();
    }
  }

  it("reads sizes from left to right beside what is written from right to left", async () => {
    await open();
    await upload("مستخدم", "صورة.jpg");
    const facts = (text: string) =>
      page.evaluate<{ left: number; right: number }>(edges(text, ".tile-facts"));
    const [user, width, height] = [await facts("مستخدم"), await facts("300"), await facts("200")];
    assert.ok(user.right <= width.left, JSON.stringify({ user, width }));
    assert.ok(width.right <= height.left, JSON.stringify({ width, height }));
    const name = (text: string) =>
      page.evaluate<{ left: number; right: number }>(edges(text, ".tile-name"));
    assert.ok((await name("jpg")).right <= (await name("صورة")).left, "the name is all Arabic");
  });

  it("has two images beside each other on a phone, and all views in its header", async () => {
    await open();
    await upload("ada", "left.jpg", "right.jpg");
    await page.setViewportSize({ width: 320, height: 800 });
    const boxes = await Promise.all(
      [0, 1].map((at) => page.locator(".tile").nth(at).boundingBox()),
    );
    assert.equal(boxes[0]?.y, boxes[1]?.y);
    for (const view of await page
      .getByRole("navigation", { name: "Views" })
      .getByRole("link")
      .all()) {
      await view.click();
      const hidden = await page.evaluate<number>(
        "((views) => views.scrollWidth - views.clientWidth)(document.querySelector('.views'))",
      );
      assert.equal(hidden, 0, `${await view.innerText()} pushes others out`);
    }
  });

  it("tells what is chosen where colours are the reader's own", async () => {
    await open();
    await upload("ada", "chosen.jpg");
    await page.getByRole("link", { name: "chosen.jpg" }).click();
    const [chosen, other] = [true, false].map((pressed) =>
      page.getByRole("group", { name: "Presets" }).getByRole("button", { pressed }).first(),
    );
    await page.emulateMedia({ forcedColors: "active" });
    assert.notEqual(
      await colour(chosen, "backgroundColor"),
      await colour(other, "backgroundColor"),
    );
    const views = page.getByRole("navigation", { name: "Views" }).getByRole("link");
    assert.notEqual(
      await colour(views.nth(0), "borderBottomColor"),
      await colour(views.nth(1), "borderBottomColor"),
    );
  });

  it("keeps the picture in sight while its operations are looked through", async () => {
    await open();
    await upload("ada", "seen.jpg");
    await page.getByRole("link", { name: "seen.jpg" }).click();
    await page.locator(".preview-frame img").waitFor();
    await page.evaluate(
      "document.querySelectorAll('details').forEach((each) => (each.open = true))",
    );
    await page.getByRole("spinbutton", { name: "frames", exact: true }).focus();
    const { top, bottom } = await page.evaluate<{ top: number; bottom: number }>(
      "(({ top, bottom }) => ({ top, bottom }))(document.querySelector('.preview-frame').getBoundingClientRect())",
    );
    assert.ok(top >= 0 && bottom <= 800, `from ${top} to ${bottom}`);
  });

  it("tells after it was loaded again what was not uploaded, which can only be chosen once more", async () => {
    await open();
    opened.expect(/status of 415/);
    const buffer = Buffer.from("no picture");
    await page
      .locator("input[type=file]")
      .setInputFiles([{ name: "left-behind.png", mimeType: "image/png", buffer }]);
    await page.getByText("1 failed").waitFor();
    await page.reload();
    await page.getByText("1 failed").waitFor();
    await page.getByText("It was not uploaded before the page was loaded again.").waitFor();
    await exactly(page.getByRole("button", { name: "Try again" }), 0);
    await page.getByRole("button", { name: "Dismiss left-behind.png" }).click();
    await page.reload();
    await page.locator(".tile").first().waitFor();
    await exactly(page.getByText("left-behind.png"), 0);
  });
});
