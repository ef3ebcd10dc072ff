import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { makeImage } from "../../support/images";
import { describeInBrowser } from "../../support/browser";
import { openBrowser } from "../../support/chromium";
import { forBrowser } from "../support/browser";
import type { DirectUpload } from "../support/direct-uploads";
import { signUrl } from "../support/renditions";
import { withToken } from "../support/stack";
import { waitUntil } from "../support/wait-until";
import { useIssuerStack } from "./support/issuer-stack";

/** What a script of a page comes to know of an answer; of one that it may not read, nothing. */
interface Read {
  status?: number;
  headers?: Record<string, string>;
  body?: Record<string, unknown>;
  failure?: string;
}

const unreadable = { failure: "TypeError" };

describeInBrowser("a page in Chromium that has a user's token", function () {
  this.timeout(60_000);
  const stack = useIssuerStack();
  const user = `ada-${randomUUID()}`;
  let browser: Browser;
  let token: string;
  let page: Page;

  before(async () => {
    browser = await openBrowser();
    token = await stack().token(user);
  });

  async function open(origin: string): Promise<void> {
    page = await browser.newPage();
    await page.goto(origin);
  }
  afterEach(() => page.close());

  /** Calls a function of the page. */
  const run = async (name: string, ...args: unknown[]) =>
    page.evaluate<Read>(`${name}(${args.map((each) => JSON.stringify(each)).join()})`);

  const ask = (path: string, options: { headers?: object; method?: string; body?: string } = {}) =>
    run("call", `${stack().outputs.apiUrl}${path}`, {
      ...options,
      headers: { authorization: `Bearer ${token}`, ...options.headers },
    });

  /** Announces an image of `size` bytes. */
  const announce = (size: number) =>
    ask("/uploads", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ contentType: "image/png", size }),
    });

  it("uses the API from an allowed origin, by the token alone", async () => {
    await open(stack().origins.allowed);
    const me = await ask("/me");
    assert.deepEqual([me.status, me.body?.userId], [200, user]);
    const png = await makeImage("png");
    const created = (await announce(png.length)).body as unknown as DirectUpload;
    const { url, fields } = created.upload;
    const sent = await run("sendForm", url, fields, png.toString("base64"));
    assert.equal(sent.status, 204);
    await waitUntil(
      async () => (await ask(`/uploads/${created.uploadId}`)).body?.status === "ready",
    );
    const listed = await ask("/images");
    assert.equal(listed.body?.count, 1);
    const picture = await signUrl(withToken(stack(), token), created.uploadId, "?width=20");
    assert.equal((await run("call", forBrowser(stack(), picture))).status, 200);
    const removed = await ask(`/images/${created.uploadId}`, { method: "DELETE" });
    assert.equal(removed.status, 204);
  });

  it("may read why it is refused, and how to be let in", async () => {
    await open(stack().origins.allowed);
    const forbidden = await ask("/images?userId=bob");
    assert.deepEqual([forbidden.status, forbidden.body?.code], [403, "NotYourUser"]);
    const invalid = await ask("/me", { headers: { authorization: "Bearer garbage" } });
    assert.deepEqual([invalid.status, invalid.body?.code], [401, "InvalidToken"]);
    assert.equal(invalid.headers?.["www-authenticate"], 'Bearer error="invalid_token"');
    const missing = await run("call", `${stack().outputs.apiUrl}/me`);
    assert.deepEqual([missing.status, missing.body?.code], [401, "Unauthorized"]);
    const nowhere = await ask("/nowhere");
    assert.deepEqual([nowhere.status, nowhere.body?.code], [404, "NotFound"]);
  });

  it("can do nothing from another origin", async () => {
    await open(stack().origins.other);
    for (const path of ["/me", "/images", "/images?userId=bob", "/nowhere"]) {
      assert.deepEqual(await ask(path), unreadable, path);
    }
    assert.deepEqual(await announce(3), unreadable);
    assert.deepEqual(await run("call", `${stack().outputs.apiUrl}/health`), unreadable);
  });
});
