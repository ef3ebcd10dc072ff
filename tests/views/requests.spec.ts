import { strict as assert } from "node:assert";
import type { Locator, Page } from "playwright-core";
import { call, postJson } from "../e2e/support/api";
import { uploadImage } from "../e2e/support/images";
import { signUrl } from "../e2e/support/renditions";
import type { Stack } from "../e2e/support/stack";
import { forBrowser } from "../e2e/support/browser";
import { describeInBrowser } from "../support/browser";
import { makeImage } from "../support/images";
import { assertAccessible, type OpenPage, openPage, widths, exactly } from "../support/page";
import { viewedRun } from "./support/run";

describeInBrowser("the view Requests", function () {
  this.timeout(120_000);

  let url: string;
  let stack: Stack;
  let opened: OpenPage;
  let page: Page;

  before(async () => {
    ({ page: url, stack } = await viewedRun());
  });
  afterEach(() => opened.close());

  async function open(hash = "#/requests", width?: number): Promise<void> {
    opened = await openPage(`${url}/${hash}`, width);
    ({ page } = opened);
    await page.getByText("Loading …").waitFor({ state: "detached" });
  }

  /** Whether all of an element is seen, below the head that stays where it is. */
  const isBelowHead = async (element: Locator) => {
    const [head, box] = await Promise.all([
      page.locator(".page-head").boundingBox(),
      element.boundingBox(),
    ]);
    return !!head && !!box && box.y >= head.y + head.height;
  };

  const rows = () => page.locator("tbody tr");
  const request = (name: string) => page.getByRole("link", { name });
  const process = (id: string) => postJson(stack, "/process", { id });

  it("says that nothing was asked for yet, and then shows requests as they come", async () => {
    await open();
    const clear = page.getByRole("button", { name: "Clear" });
    if (await clear.isEnabled()) {
      // Of other specs that share the run.
      await clear.click();
      await page.getByText("Nothing has asked for anything since the list was cleared.").waitFor();
    } else {
      await page.getByText("Nothing has asked for anything yet.").waitFor();
    }
    await process("first");
    // The event of its result has a line of its own.
    const posted = rows().filter({ hasText: "POST /v1/process" });
    await posted.filter({ hasText: "200" }).filter({ hasText: "cold" }).waitFor();
    const row = (await posted.innerText()).replaceAll(/\s+/g, " ");
    assert.match(
      row,
      /^\d\d:\d\d:\d\d POST \/v1\/process 200 [\d.]+ m?s darkroom-process-data-\w+ cold [\d.]+ B/,
    );
  });

  for (const width of widths) {
    it(`leads to the top of a request, and back to where it is in the list, ${width} pixels wide`, async () => {
      await Promise.all(Array.from({ length: 30 }, () => process("one of many")));
      await open("#/requests", width);
      const link = request("POST /v1/process").nth(25);
      const address = (await link.getAttribute("href")) ?? "";
      await link.focus();
      for (const back of [() => page.goBack(), () => page.getByText("All requests").click()]) {
        await page.keyboard.press("Enter");
        await page.getByRole("link", { name: "All requests" }).waitFor();
        await page.locator("main:focus").waitFor();
        assert.equal(await page.evaluate("scrollY"), 0);
        await back();
        await page.locator(`:focus[href="${address}"]`).waitFor();
        assert.notEqual(await page.evaluate("scrollY"), 0);
        assert.equal(await isBelowHead(page.locator(":focus")), true);
      }
    });
  }

  it("hides nothing that has the focus below the page's head", async () => {
    await open();
    await request("POST /v1/process").nth(25).focus();
    for (let step = 0; step < 24; step++) {
      await page.keyboard.press("Shift+Tab");
      assert.equal(await isBelowHead(page.locator(":focus")), true);
    }
  });

  it("stands still while it is paused", async () => {
    await open();
    // A list that is full grows no longer.
    await page.getByRole("button", { name: "Clear" }).click();
    await process("first");
    await request("POST /v1/process").first().waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    const before = await rows().count();
    await process("second");
    await page.getByText(/; [1-9]\d* more since the pause/).waitFor();
    await exactly(rows(), before);
    await page.getByRole("button", { name: "Resume" }).click();
    await rows().nth(before).waitFor();
  });

  it("stays paused while one is looked at", async () => {
    await open();
    await page.getByRole("button", { name: "Clear" }).click();
    await process("listed");
    await request("POST /v1/process").first().waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    const before = await rows().count();
    await process("held back");
    await page.getByText(/; [1-9]\d* more since the pause/).waitFor();
    await request("POST /v1/process").first().click();
    await page.getByRole("link", { name: "All requests" }).click();
    await page.getByText(/; [1-9]\d* more since the pause/).waitFor();
    await exactly(rows(), before);
    await page.getByRole("button", { name: "Resume" }).click();
    await rows().nth(before).waitFor();
  });

  it("says of a list that was cleared that it was", async () => {
    await process("cleared away");
    await open();
    await request("POST /v1/process").first().waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Nothing has asked for anything since the list was cleared.").waitFor();
  });

  it("filters by text, status and function, by an address that can be kept", async () => {
    await call(stack, "/images/00000000-0000-4000-8000-000000000000");
    await open();
    const others = rows().filter({ has: page.locator("td", { hasText: /^[1235]\d\d$/ }) });
    await page.getByRole("searchbox", { name: "Text" }).fill("process");
    await exactly(request("GET /v1/images/00000000"), 0);
    await page.getByRole("searchbox", { name: "Text" }).fill("");
    await page.getByRole("combobox", { name: "Status" }).selectOption("4xx");
    await request("GET /v1/images/00000000").first().waitFor();
    await exactly(others, 0);
    assert.equal(new URL(page.url()).hash, "#/requests?status=4xx");
    await page.reload();
    await request("GET /v1/images/00000000").first().waitFor();
    await exactly(others, 0);
    await page.getByRole("combobox", { name: "Status" }).selectOption("any");
    const functions = page.getByRole("combobox", { name: "Function" });
    const [name = ""] = (await functions.locator("option").allInnerTexts()).filter((text) =>
      text.includes("process-data"),
    );
    await functions.selectOption(name);
    await exactly(request("GET /v1/images/00000000"), 0);
    await page.getByRole("searchbox", { name: "Text" }).fill("no such thing");
    await page.getByText("No request is like that.").waitFor();
  });

  it("opens one: headers without secrets, log, calls with what allowed them, and time, by keyboard", async () => {
    await process("opened");
    await open("#/requests?text=POST");
    await request("POST /v1/process").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "POST /v1/process" }).waitFor();
    const text = (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
    const { apiKey } = stack.outputs;
    assert.ok(text.includes(`${apiKey.slice(0, 4)}…`) && !text.includes(apiKey));
    assert.match(text, /200 [\d.]+ m?s .* from a client, to the API \/process/);
    assert.match(text, /allowed dynamodb:GetItem on arn:aws:dynamodb:.*: statement "\w+" of /);
    assert.match(text, /allowed s3:PutObject on arn:aws:s3:::darkroom-results/);
    assert.match(text, /INFO received .*INFO finished .*statusCode=200/);
    assert.match(text, /"id": "opened"/);
    assert.match(text, /"message": "/);
    const bars = (await page.locator(".time-chart li").allInnerTexts()).map((bar) =>
      bar.replaceAll(/\s+/g, " "),
    );
    assert.match(bars[0] ?? "", /^POST \/process ?, whole request [\d.]+ m?s/);
    assert.ok(bars.some((bar) => /^s3:PutObject ?, call of a service [\d.]+ m?s/.test(bar)));
  });

  it("shows what took the time in the reader's own colours", async () => {
    await process("in other colours");
    await open("#/requests?text=POST");
    await page.emulateMedia({ forcedColors: "active" });
    await request("POST /v1/process").first().click();
    await page.locator(".time-bar").first().waitFor();
    const groundOf = (selector: string) =>
      page.evaluate<string>(
        `getComputedStyle(document.querySelector("${selector}")).backgroundColor`,
      );
    assert.notEqual(await groundOf(".time-bar"), await groundOf(".time-track"));
  });

  it("replays one, and opens the new one", async () => {
    const answer = await process("again");
    assert.equal(answer.status, 200);
    await open("#/requests?text=POST");
    await request("POST /v1/process").first().click();
    await page.getByRole("button", { name: "Replay" }).waitFor();
    const first = page.url();
    await page.getByRole("button", { name: "Replay" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((next) => next.href !== first);
    await page.getByText('"id": "again"').first().waitFor();
    assert.match(new URL(page.url()).hash, /^#\/requests\/[0-9a-f-]{36}$/);
    await page.getByText("200", { exact: true }).first().waitFor();
  });

  it("gives one as a command of curl, in which the key is a variable", async () => {
    await process("copied");
    await open("#/requests?text=POST");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await request("POST /v1/process").first().click();
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    await page.getByText("To be filled in for curl: $API_KEY, the header x-api-key.").waitFor();
    const command = String(await page.evaluate("navigator.clipboard.readText()"));
    assert.match(command, /^curl -X POST \\\n {2}'http:\/\/127\.0\.0\.1:\d+\/v1\/process'/);
    assert.match(command, /-H "x-api-key: \$API_KEY"/);
    assert.match(command, /--data-raw '\{"id":"copied"\}'$/);
    assert.ok(!command.includes(stack.outputs.apiKey));
  });

  it("shows what comes of an image: pictures at the edge, and the events of its upload", async () => {
    const image = await makeImage("png");
    const upload = { userId: "ada", image, contentType: "image/png" };
    const { imageId } = await uploadImage(stack, upload);
    await fetch(forBrowser(stack, await signUrl(stack, imageId, "?width=4&format=png")));
    await open();
    await request("EVENT darkroom-images").first().waitFor();
    await page.getByRole("searchbox", { name: "Text" }).fill(`edge ${imageId}`);
    await request(`GET /i/${imageId}/width-4_format-png edge`).click();
    await page.getByRole("img", { name: "Answer body" }).waitFor();
    await page.getByText("from a viewer, to the edge").waitFor();
  });

  it("says of a request that is not kept that it is not, and for how long they are", async () => {
    await open("#/requests/nowhere");
    opened.expect(/status of 404/);
    await page.getByText(/There is no request nowhere, or not any more: the last 500/).waitFor();
  });

  it("has a long path beside its method on a phone, and no line of it below that", async () => {
    await open("#/requests", 360);
    await call(stack, `/images/${"long-".repeat(20)}`);
    const link = request(`GET /v1/images/${"long-".repeat(20)}`);
    await link.first().waitFor();
    const [method, path] = await Promise.all(
      [".request-method", ".mono"].map((part) => link.first().locator(part).boundingBox()),
    );
    assert.ok(
      method && path && path.x >= method.x + method.width && path.height > 2 * method.height,
    );
  });

  it("has what came of a request on a phone's screen, beside what was asked", async () => {
    await open("#/requests", 360);
    // No route has it, so that its whole path stands at its times.
    await call(stack, `/${"0123456789".repeat(8)}`);
    const row = rows().filter({ hasText: "0123456789".repeat(8) });
    await row.getByText(/^[\d.]+ m?s$/).waitFor();
    for (const text of [/^4\d\d$/, /^[\d.]+ m?s$/]) {
      const box = await row.getByText(text).boundingBox();
      assert.ok(box && box.x + box.width <= 360, JSON.stringify(box));
    }
    await row.getByRole("link").click();
    await page.locator(".time-chart").waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
  });

  it("keeps a long path out of the next column", async () => {
    await open();
    await call(stack, `/images/${"0123456789".repeat(8)}`);
    const row = rows().filter({ hasText: "0123456789".repeat(8) });
    const path = await row.locator(".mono").boundingBox();
    const status = await row.getByRole("cell").nth(2).boundingBox();
    assert.ok(path && status && path.x + path.width <= status.x, JSON.stringify([path, status]));
  });

  for (const width of widths) {
    it(`is accessible as a list and with one opened, ${width} pixels wide`, async () => {
      await open("#/requests", width);
      await request("POST /v1/process").first().waitFor();
      await assertAccessible(page);
      await request("POST /v1/process").first().click();
      await page.locator(".time-chart").waitFor();
      await page.evaluate(
        "document.querySelectorAll('details').forEach((each) => (each.open = true))",
      );
      await assertAccessible(page);
    });
  }
});
