import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { describeInBrowser } from "../../../../tests/support/browser";
import { makeImage } from "../../../../tests/support/images";
import {
  assertAccessible,
  openPage,
  type OpenPage,
  widths,
  exactly,
} from "../../../../tests/support/page";
import type { ShopRun } from "../support/shop-run";
import { shopRun } from "../support/shop-run";

describeInBrowser("the view Data", function () {
  this.timeout(60_000);

  let run: ShopRun;
  let opened: OpenPage;
  let page: Page;
  const root = { kind: "root", arn: "arn:aws:iam::000000000000:root" } as const;

  before(async function () {
    this.timeout(120_000);
    run = await shopRun();
    for (let number = 1; number <= 55; number += 1) {
      await run.cloud.services.dynamodb.perform(root, "PutItem", {
        TableName: "orders",
        Item: {
          customer: { S: number > 50 ? "zoe" : "ada" },
          number: { N: String(number) },
          status: { S: number % 2 === 0 ? "paid" : "open" },
          total: { N: "12345678901234567890123456789" },
          note: { S: "<b>thanks</b>" },
        },
      });
    }
    await run.cloud.services.dynamodb.perform(root, "PutItem", {
      TableName: "orders",
      Item: { customer: { S: " " }, number: { N: "1" } },
    });
    const png = await makeImage("png");
    await put("photos/2026/a+b c.png", "image/png", png);
    await put("photos/2026/a+b c.png", "image/png", png);
    await put("page.html", "text/html", Buffer.from("<script>document.title = 'run'</script>"));
    const settings = '{"size": 3, "id": 12345678901234567890, "like": {"$secret": true}}';
    await put("settings.json", "application/json", Buffer.from(settings));
    await put("blank/ ", "text/plain", Buffer.from("blank"));
    await put("gone.txt", "text/plain", Buffer.from("gone"));
    await s3("DELETE", "gone.txt");
  });
  afterEach(() => opened.close());

  async function put(key: string, type: string, body: Buffer): Promise<void> {
    await s3("PUT", key, { "content-type": type }, body);
  }
  async function s3(method: string, key: string, headers = {}, body?: Buffer): Promise<void> {
    const call = { method: method as "PUT", bucket: "photos", key, headers, principal: root };
    const { status } = await run.cloud.services.s3.handle({ ...call, ...(body && { body }) });
    assert.ok(status < 300, `${method} ${key}: ${status}`);
  }

  async function open(hash: string, width?: number): Promise<void> {
    opened = await openPage(`${run.page}/${hash}`, width);
    ({ page } = opened);
  }
  const items = () => page.getByRole("region", { name: "Items of orders" }).getByRole("row");

  it("says of a kind of store that there is none of it, and leads back to those that there are", async () => {
    await open("#/data/nope/x", 320);
    await page.getByText("There are no “nope” here, only tables and buckets").waitFor();
    await page.getByRole("link", { name: "All tables and buckets" }).click();
    await page.getByRole("link", { name: "orders" }).waitFor();
  });

  it("pages through a table, and shows an item as it is", async () => {
    await open("#/data");
    await page.getByRole("link", { name: "orders" }).click();
    await page.getByText("50 items on this page").waitFor();
    await page.getByRole("link", { name: "Next page" }).click();
    await page.getByText("6 items on this page").waitFor();
    await page.getByRole("link", { name: "First page" }).click();
    await page.getByText("50 items on this page").waitFor();
    await items().nth(1).getByRole("button").click();
    const dialog = page.getByRole("dialog");
    // More digits than JavaScript has.
    await dialog.getByText('"12345678901234567890123456789"').waitFor();
    await dialog.getByText('"<b>thanks</b>"').waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await page.locator(":focus").getAttribute("aria-haspopup"), "dialog");
  });

  it("goes on at the heading when the keyboard turns a page or opens a folder", async () => {
    await open("#/data/tables/orders");
    await page.getByRole("link", { name: "Next page" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "First page" }).waitFor();
    await page.locator("h2:focus", { hasText: "orders" }).waitFor();
    await page.goto(`${run.page}/#/data/buckets/photos`);
    await page.getByRole("link", { name: "photos/", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "2026/", exact: true }).waitFor();
    await page.locator("h2:focus", { hasText: "photos" }).waitFor();
  });

  it("has ids in one line each, however narrow the screen is", async () => {
    await run.cloud.services.dynamodb.perform(root, "PutItem", {
      TableName: "orders",
      Item: { customer: { S: "0f8fad5b-d9cb-469f-a165-70867728950e" }, number: { N: "1" } },
    });
    await open("#/data/tables/orders?customer=0f8fad5b-d9cb-469f-a165-70867728950e", 360);
    const id = page.getByRole("button", { name: "0f8fad5b-d9cb-469f-a165-70867728950e" });
    await id.waitFor();
    const lines = await page.evaluate(`(() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector("tbody button"));
      return range.getClientRects().length;
    })()`);
    assert.equal(lines, 1);
  });

  it("keeps a long key out of the next column", async () => {
    const customer = "0123456789".repeat(7);
    await run.cloud.services.dynamodb.perform(root, "PutItem", {
      TableName: "orders",
      Item: {
        customer: { S: customer },
        number: { N: "1" },
        ...Object.fromEntries(
          ["a", "b", "c"].map((name) => [name, { S: "many words ".repeat(7) }]),
        ),
      },
    });
    await open(`#/data/tables/orders?partition=${customer}`);
    const key = await page.getByRole("button", { name: customer }).boundingBox();
    const next = await page.getByRole("cell", { name: "1", exact: true }).boundingBox();
    assert.ok(key && next && key.x + key.width <= next.x, JSON.stringify([key, next]));
  });

  it("finds items by the key of the table and of an index, and shows them as JSON", async () => {
    await open("#/data/tables/orders");
    await page.getByRole("textbox", { name: "customer" }).fill("zoe");
    await page.keyboard.press("Enter");
    await page.getByText("5 items on this page").waitFor();
    await page.getByRole("textbox", { name: "number is" }).fill("52");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByText("1 item on this page").waitFor();
    await page.getByRole("combobox", { name: "Find by" }).selectOption("ByStatus");
    await page.getByRole("textbox", { name: "status" }).fill("open");
    await page.getByRole("textbox", { name: "customer begins with" }).fill("z");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByText("3 items on this page").waitFor();
    await page.getByRole("link", { name: "As JSON" }).click();
    await page.getByRole("link", { name: "As table" }).waitFor();
    const json = page.getByRole("region", { name: "Items of orders" });
    assert.deepEqual(
      (JSON.parse(await json.innerText()) as { number: number }[]).map((item) => item.number),
      [51, 53, 55],
    );
    await page.getByRole("link", { name: "All items" }).click();
    await page.getByRole("link", { name: "Next page" }).waitFor();
  });

  it("says what a key has to be", async () => {
    await open("#/data/tables/orders?partition=ada&sort=many");
    opened.expect(/status of 400/);
    await page.getByRole("alert").getByText('number is a number, not "many".').waitFor();
  });

  it("leaves the form with what was typed, and the focus in it, when a search is refused", async () => {
    await open("#/data/tables/orders");
    opened.expect(/status of 400/);
    await page.getByRole("textbox", { name: "customer" }).fill("ada");
    const sort = page.getByRole("textbox", { name: "number is" });
    await sort.fill("abc");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText('number is a number, not "abc".').waitFor();
    assert.equal(await page.getByRole("textbox", { name: "customer" }).inputValue(), "ada");
    assert.equal(await sort.inputValue(), "abc");
    await page.locator('input[name="sort"]:focus').waitFor();
    await sort.fill("7");
    await page.keyboard.press("Enter");
    await page.getByText("1 item on this page").waitFor();
    await page.locator('input[name="sort"]:focus').waitFor();
    await page.goBack();
    await page.getByRole("alert").waitFor();
    assert.equal(await sort.inputValue(), "abc");
  });

  it("asks for the partition key where only a sort key is given", async () => {
    await open("#/data/tables/orders");
    await page.getByRole("textbox", { name: "number is" }).fill("7");
    await page.keyboard.press("Enter");
    await page.locator('input[name="partition"]:focus:invalid').waitFor();
    assert.equal(new URL(page.url()).hash, "#/data/tables/orders");
  });

  it("says that a binary key is in Base64", async () => {
    await run.cloud.services.dynamodb.perform(root, "CreateTable", {
      TableName: "marks",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "mark", AttributeType: "B" }],
      KeySchema: [{ AttributeName: "mark", KeyType: "HASH" }],
    });
    await open("#/data/tables/marks");
    opened.expect(/status of 400/);
    const mark = page.getByRole("textbox", { name: "mark" });
    await mark.fill("hello");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText('mark is binary, in Base64, not "hello".').waitFor();
    assert.equal(await mark.inputValue(), "hello");
  });

  it("walks through a bucket by folders, and shows a picture and what is known of it", async () => {
    await open("#/data/buckets/photos");
    await page.getByRole("link", { name: "photos/", exact: true }).click();
    await page.getByRole("link", { name: "2026/", exact: true }).click();
    await page.getByRole("link", { name: "a+b c.png" }).click();
    const dialog = page.getByRole("dialog", { name: "photos/2026/a+b c.png" });
    await dialog.getByRole("img").waitFor();
    await page.evaluate("document.querySelector('dialog img').decode()");
    await dialog.getByText("x-amz-version-id").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("link", { name: "bucket", exact: true }).click();
    await page.getByRole("link", { name: "settings.json" }).click();
    const content = page.getByRole("region", { name: "Content" });
    await content.getByText('"size"').waitFor();
    assert.equal(
      (await content.innerText()).replaceAll(/\s+/g, " "),
      '{ "size": 3, "id": 12345678901234567890, "like": { "$secret": true } }',
    );
  });

  it("says of a text that is too large to be shown that it is", async () => {
    await put("long.txt", "text/plain", Buffer.alloc(100 * 1024, "long "));
    await open("#/data/buckets/photos?key=long.txt");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("text/plain, 100 KB").waitFor();
    await dialog.getByText("This text is not shown, as it is larger than 64.0 KB.").waitFor();
    await dialog.getByRole("link", { name: "Download" }).waitFor();
  });

  it("opens no object again by a step back after it was closed", async () => {
    await open("#/data/buckets/photos");
    await page.getByRole("link", { name: "settings.json" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("x-amz-version-id").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.goBack();
    assert.equal(new URL(page.url()).hash, "#/data/buckets/photos");
    await exactly(dialog, 0);
  });

  it("names in quotes what would show nothing", async () => {
    await open("#/data/tables/orders?partition=%20");
    await page.getByText("1 item on this page").waitFor();
    await page.getByRole("button", { name: '" "', exact: true }).click();
    await page.getByRole("dialog", { name: '" " · 1' }).waitFor();
    await page.goto(`${run.page}/#/data/buckets/photos?prefix=blank/`);
    await page.getByRole("link", { name: '" "', exact: true }).click();
    await page.getByRole("dialog").getByText("blank", { exact: true }).waitFor();
  });

  it("shows versions and delete markers where they are wanted", async () => {
    await open("#/data/buckets/photos");
    await page.getByRole("link", { name: "settings.json" }).waitFor();
    await exactly(page.getByText("gone.txt"), 0);
    await page.getByRole("link", { name: "Show versions" }).click();
    await page.getByText("delete marker").waitFor();
    const rows = page.getByRole("row").filter({ hasText: "gone.txt" });
    await exactly(rows, 2);
    assert.match(await rows.first().innerText(), /latest\s+delete marker/);
    await page.goto(`${run.page}/#/data/buckets/photos?versions=true&prefix=photos/2026/`);
    await page.getByRole("link", { name: "a+b c.png" }).nth(1).waitFor();
    await exactly(page.getByText("latest"), 1);
  });

  it("runs nothing of what is stored: what is no picture is saved, and pictures are in a sandbox", async () => {
    await open("#/data/buckets/photos?key=page.html");
    await page.getByRole("region", { name: "Content" }).getByText("<script>").waitFor();
    const content = async (key: string) =>
      await fetch(`${run.page}/api/buckets/photos/object/content?key=${encodeURIComponent(key)}`);
    const html = await content("page.html");
    assert.equal(html.headers.get("content-type"), "application/octet-stream");
    assert.match(html.headers.get("content-disposition") ?? "", /^attachment/);
    const png = await content("photos/2026/a+b c.png");
    assert.equal(png.headers.get("content-type"), "image/png");
    for (const { headers } of [html, png]) {
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("content-security-policy"), "default-src 'none'; sandbox");
      assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
    }
  });

  for (const width of widths) {
    it(`is accessible in light and dark on ${width} pixels`, async () => {
      await open("#/data", width);
      await assertAccessible(page);
      for (const [hash, shown] of [
        ["tables/orders", "50 items"],
        ["buckets/photos?versions=true", "delete marker"],
        ["buckets/photos?key=settings.json", "x-amz-version-id"],
      ] as const) {
        await page.goto(`${run.page}/#/data/${hash}`);
        await page.getByText(shown).waitFor();
        await assertAccessible(page);
      }
    });
  }
});
