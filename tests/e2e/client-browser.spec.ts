import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { describeInBrowser } from "../support/browser";
import { openBrowser } from "../support/chromium";
import { makeImage } from "../support/images";
import { useStack } from "./support/use-stack";

/** What the page's script tells. */
interface Told {
  sent: number[];
  names: string[];
  bytes: number;
  error: { name: string; status: number; code: string; requestId: string };
}

/** Uploads, lists, gets and removes an image, and asks for what is not there. */
const script = `async (options, userId, base64) => {
  const darkroom = new client.Darkroom(options);
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const file = new File([bytes], "harbour.png", { type: "image/png" });
  const sent = [];
  const onProgress = ({ sentBytes, totalBytes }) => sent.push(sentBytes / totalBytes);
  const { imageId } = await darkroom.uploadDirectly(file, { userId }, { onProgress });
  await darkroom.upload(file, { userId });
  const names = [];
  for await (const { imageName } of darkroom.images({ userId, limit: 1 })) names.push(imageName);
  const { size } = await darkroom.content(imageId);
  for await (const image of darkroom.images({ userId })) await darkroom.deleteImage(image.imageId);
  const { name, status, code, requestId } = await darkroom.getImage(imageId).catch((error) => error);
  return { sent, names, bytes: size, error: { name, status, code, requestId } };
}`;

describeInBrowser("the client in a page of another origin", function () {
  this.timeout(60_000);
  const stack = useStack();
  let browser: Browser;
  let pages: Server;
  let page: Page;

  before(async () => {
    browser = await openBrowser();
    const { outputFiles } = await build({
      entryPoints: ["client/src/index.ts"],
      bundle: true,
      format: "iife",
      globalName: "client",
      write: false,
    });
    const html = `<!doctype html><title>Client</title><script>${outputFiles[0]?.text ?? ""}</script>`;
    pages = createServer((_request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8").end(html);
    });
    await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}`);
  });
  after(async () => {
    await page.close();
    pages.closeAllConnections();
    await new Promise((resolve) => pages.close(resolve));
  });

  it("sends images and tells how far they are, lists, gets and removes them, and reads errors", async () => {
    const { "x-api-key": apiKey, authorization } = stack().credentials;
    const token = authorization?.replace(/^Bearer /, "");
    const options = { apiUrl: stack().outputs.apiUrl, apiKey, token };
    const png = await makeImage("png");
    const given = [options, `page-${randomUUID()}`, png.toString("base64")];
    const told = await page.evaluate<Told>(
      `(${script})(${given.map((each) => JSON.stringify(each)).join()})`,
    );
    assert.equal(told.sent.at(-1), 1);
    assert.ok(told.sent.every((share) => share >= 0 && share <= 1));
    assert.deepEqual(told.names, ["harbour.png", "harbour.png"]);
    assert.equal(told.bytes, png.length);
    const { requestId, ...error } = told.error;
    assert.deepEqual(error, { name: "DarkroomError", status: 404, code: "ImageNotFound" });
    assert.match(requestId, /^[0-9a-f-]{36}$/);
  });
});
