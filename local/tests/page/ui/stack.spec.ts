import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { waitUntil } from "../../../../tests/e2e/support/wait-until";
import { describeInBrowser } from "../../../../tests/support/browser";
import {
  assertAccessible,
  openPage,
  type OpenPage,
  widths,
  exactly,
} from "../../../../tests/support/page";
import { lineOf, shopRun } from "../support/shop-run";

describeInBrowser("the view Stack", function () {
  this.timeout(60_000);

  let url: string;
  let opened: OpenPage;
  let page: Page;

  before(async function () {
    this.timeout(120_000);
    url = (await shopRun()).page;
  });
  afterEach(() => opened.close());

  async function open(hash: string, width?: number): Promise<void> {
    opened = await openPage(`${url}/${hash}`, width);
    ({ page } = opened);
  }

  it("shows components and resources as a tree, which the keyboard walks through", async () => {
    await open("#/stack");
    await waitUntil(async () => (await page.title()) === "Stack · shop local");
    await page.getByRole("searchbox", { name: "Find a resource" }).focus();
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    await focused.filter({ hasText: /shop-local/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await focused.filter({ hasText: /store\s+Store/ }).waitFor();
    assert.equal(await focused.getAttribute("aria-expanded"), "false");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("ArrowRight");
    await focused.filter({ hasText: /store-orders\s+dynamodb Table/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 2, name: "store-orders" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await exactly(page.getByRole("treeitem", { name: "store-orders" }), 0);
  });

  it("goes where it is sent in the moment in which it is there", async () => {
    await open("#/data");
    await opened.prepare(`new MutationObserver((_, observer) => {
      if (document.querySelector("h1")) {
        observer.disconnect();
        location.hash = "#/stack";
      }
    }).observe(document, { childList: true, subtree: true })`);
    await page.reload();
    await page.getByRole("searchbox", { name: "Find a resource" }).waitFor();
  });

  it("finds resources by name and type, with what they lie in", async () => {
    await open("#/stack");
    await page.getByRole("searchbox").fill("dynamodb");
    await page.getByRole("treeitem", { name: "store-orders" }).waitFor();
    assert.deepEqual(
      (await page.getByRole("treeitem").allInnerTexts()).map((text) =>
        text.replaceAll(/\s+/g, " ").trim(),
      ),
      ["▾ shop-local Stack", "▾ store Store", "store-orders dynamodb Table"],
    );
    await page.getByRole("searchbox").fill("no such thing");
    await page.getByText("Nothing is called “no such thing”").waitFor();
  });

  it("leads from a resource to where it is made, to what it needs, and to its data", async () => {
    await open("#/stack?find=orders");
    await page.getByRole("treeitem", { name: "store-orders" }).click();
    const details = page.getByRole("article", { name: "store-orders" });
    await details.getByText(`index.ts:${lineOf("new aws.dynamodb.Table")}`).waitFor();
    await details.getByRole("link", { name: "store", exact: true }).waitFor();
    await details.getByRole("link", { name: "Items" }).click();
    await page.getByRole("heading", { level: 2, name: "orders" }).waitFor();
    await page.goBack();
    await details.waitFor();
  });

  it("shows a secret when it is asked for, and not before", async () => {
    await open("#/stack?find=worker");
    await page.getByRole("treeitem", { name: "worker lambda Function", exact: true }).click();
    const inputs = page.getByRole("region", { name: "Inputs of worker" });
    await inputs.waitFor();
    assert.doesNotMatch(await page.content(), /swordfish/);
    await inputs.getByRole("button", { name: "Reveal PASSWORD" }).click();
    await inputs.getByText("swordfish").waitFor();
    await inputs.getByRole("button", { name: "Hide PASSWORD" }).click();
    assert.doesNotMatch(await page.content(), /swordfish/);
  });

  it("shows the stack's outputs", async () => {
    await open("#/stack/outputs");
    await page.getByText("photos", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Reveal password" }).click();
    await page.getByText("swordfish").waitFor();
    const limits = page.getByRole("region", { name: "limits" });
    assert.match(await limits.innerText(), /"perOrder": 3/);
    await limits.getByRole("button", { name: "Reveal code" }).click();
    await limits.getByText("marlin").waitFor();
  });

  it("copies an output, a secret without showing it", async () => {
    await open("#/stack/outputs");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    for (const [name, expected] of [
      ["bucketName", "photos"],
      ["password", "swordfish"],
    ] as const) {
      const button = page.getByRole("button", { name: `Copy ${name}`, exact: true });
      assert.equal(await button.innerText(), "Copy");
      await button.click();
      await page.getByRole("button", { name: `Copied ${name}` }).waitFor();
      assert.equal(await page.evaluate("navigator.clipboard.readText()"), expected);
    }
    assert.doesNotMatch(await page.content(), /swordfish/);
  });

  it("shows by rule what is wrong, in which line, and what is kept", async () => {
    await open("#/stack/policies");
    await page.getByText("shop-pack 1.0.0: 2 rules, 1 violated").waitFor();
    const rule = page.getByRole("listitem").filter({ hasText: "bucket-tags-required" }).first();
    const text = await rule.innerText();
    for (const part of [
      "advisory",
      "medium",
      "store-photos",
      `index.ts:${lineOf("new aws.s3.Bucket(")}`,
      "The tag Owner is missing.",
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    await page.getByText("bucket-names-short").waitFor();
    await rule.getByRole("link", { name: "store-photos" }).click();
    await page.getByRole("heading", { level: 2, name: "store-photos" }).waitFor();
  });

  it("shows what a role is granted and has not used", async () => {
    await open("#/stack/permissions?role=worker");
    const grants = page.getByRole("region", { name: "What worker is granted" });
    const row = grants.getByRole("row").filter({ hasText: "dynamodb:Query" });
    assert.match(await row.innerText(), /table\/orders.*ReadOrders.*unused/s);
  });

  it("says so where there is no such resource, and how to go on", async () => {
    await open("#/stack/resources/urn:pulumi:local::shop::some:thing::else");
    opened.expect(/status of 404/);
    await page.getByRole("alert").getByText("The stack has no resource").waitFor();
    await page.getByRole("treeitem", { name: "shop-local" }).click();
    await page.getByRole("article", { name: "shop-local" }).waitFor();
  });

  it("says of a side that it does not have that there is none", async () => {
    await open("#/stack/nope");
    await page.getByText("The stack has no side “nope”").waitFor();
    await page.getByRole("link", { name: /^Outputs/ }).waitFor();
  });

  for (const width of widths) {
    it(`is accessible in light and dark on ${width} pixels`, async () => {
      await open("#/stack?find=orders", width);
      await assertAccessible(page);
      await page.getByRole("treeitem", { name: "store-orders" }).click();
      await page.getByRole("article").waitFor();
      await assertAccessible(page);
      for (const side of ["Outputs", "Policies", "Permissions"]) {
        await page.getByRole("link", { name: side, exact: true }).click();
        await assertAccessible(page);
      }
    });
  }
});
