import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { describeInBrowser } from "../support/browser";
import { openBrowser } from "../support/chromium";
import { forBrowser } from "./support/browser";
import { call } from "./support/api";
import { uploadImage } from "./support/images";
import { signUrl } from "./support/renditions";
import { useStack } from "./support/use-stack";

/** A page with the functions that the tests call. */
const html = readFileSync(join(__dirname, "support", "pictures.html"));

/** What a script of a page is given by `fetch`. */
interface Fetched {
  status: number;
  headers: Record<string, string>;
  body?: Record<string, unknown>;
}

describeInBrowser("a page in Chromium", function () {
  this.timeout(60_000);
  const stack = useStack();
  let browser: Browser;
  let pages: Server;
  let page: Page;
  let imageId: string;
  let urls: Record<string, string>;

  before(async () => {
    browser = await openBrowser();
    pages = createServer((_request, response) => {
      response.setHeader("content-type", "text/html").end(html);
    });
    await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
    const create = { width: 1000, height: 800, channels: 3, background: "#c86428" } as const;
    const image = await sharp({ create }).jpeg().toBuffer();
    const upload = { userId: "e2e-browser", image, contentType: "image/jpeg" };
    ({ imageId } = await uploadImage(stack(), upload));
    const { body } = await call(stack(), `/images/${imageId}?preset=thumb,small`);
    urls = Object.fromEntries(
      Object.entries(body.urls as Record<string, string>).map(([preset, url]) => [
        preset,
        forBrowser(stack(), url),
      ]),
    );
  });
  after(async () => {
    pages.closeAllConnections();
    await new Promise((resolve) => pages.close(resolve));
  });
  beforeEach(() => open(1));
  afterEach(() => page.close());

  /** Opens the page on a screen that has so many pixels a point in each direction. */
  async function open(deviceScaleFactor: number): Promise<void> {
    page = await browser.newPage({ deviceScaleFactor });
    await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}`);
  }

  /** Calls a function of the page. */
  const run = async <Result>(name: string, ...args: unknown[]) =>
    (await page.evaluate(`${name}(${args.map((each) => JSON.stringify(each)).join()})`)) as Result;

  const signed = async (query: string) =>
    forBrowser(stack(), await signUrl(stack(), imageId, query));

  for (const [ratio, preset, natural] of [
    [1, "thumb", [240, 240]],
    // Pixels of the device, two of which are one of the page.
    [2, "small", [320, 256]],
  ] as const) {
    it(`shows what is for its screen of ${ratio} pixels a point, as AVIF`, async () => {
      await page.close();
      await open(ratio);
      const loaded = page.waitForResponse((response) => response.url() === urls[preset]);
      const { thumb = "", small = "" } = urls;
      const shown = await run("show", { srcset: `${thumb} 1x, ${small} 2x` });
      assert.deepEqual(shown, { source: urls[preset], size: natural });
      const response = await loaded;
      assert.equal(response.status(), 200);
      assert.equal(response.headers()["content-type"], "image/avif");
    });
  }

  it("shows what is asked for in other formats", async () => {
    for (const format of ["webp", "jpeg", "png", "gif"]) {
      const url = await signed(`?width=50&format=${format}`);
      const shown = await run("show", { src: url });
      assert.deepEqual(shown, { source: url, size: [50, 40] }, format);
    }
  });

  it("may fetch a picture of another origin that it has shown, and read its pixels", async () => {
    const url = await signed("?width=60&format=png");
    await run("show", { src: url });
    const { status, headers } = await run<Fetched>("get", url);
    assert.deepEqual([status, headers["content-type"]], [200, "image/png"]);
    assert.match(headers.etag ?? "", /^"[0-9a-f]{32}"$/);
    const pixel = await run<number[]>("pixelAt", url, 30, 20);
    // What the JPEG had made of it.
    for (const [index, value] of [0xc8, 0x64, 0x28, 255].entries()) {
      assert.ok(Math.abs((pixel[index] ?? 0) - value) <= 2, String(pixel));
    }
  });

  it("may send headers of its own, after asking", async () => {
    const url = await signed("?width=61&format=png");
    const { status } = await run<Fetched>("get", url, { "x-requested-with": "page" });
    assert.equal(status, 200);
  });

  it("may read why it gets no picture", async () => {
    const [path = ""] = (await signed("?width=62")).split("?");
    const { status, body } = await run<Fetched>("get", path);
    assert.deepEqual([status, body?.code], [403, "InvalidSignature"]);
  });

  it("is told under which name a picture is to be saved", async () => {
    const url = await signed("?width=63&format=webp&contentDisposition=attachment&fileName=a.jpg");
    const { headers } = await run<Fetched>("get", url);
    assert.equal(
      headers["content-disposition"],
      `attachment; filename="a.webp"; filename*=UTF-8''a.webp`,
    );
  });
});
