import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { close, listen } from "../../local/aws/http";
import { describeInBrowser } from "./browser";
import { openPage } from "./page";
import { closePage } from "./page-pool";

describeInBrowser("the window of tests", function () {
  this.timeout(60_000);
  let server: Server;
  let url: string;
  let asked: string[];

  before(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.url} with ${request.headers.cookie ?? "no cookie"}`);
      const headers = { "content-type": "text/html", "cache-control": "max-age=600" };
      response.writeHead(200, headers).end("<!doctype html><title>Served</title><h1>Served</h1>");
    });
    url = `http://127.0.0.1:${await listen(server)}/`;
  });
  beforeEach(() => {
    asked = [];
  });
  after(() => close(server));

  /** What a page can tell of what was done to it before. */
  const traces = `JSON.stringify({
    storage: [localStorage.length, sessionStorage.length],
    cookie: document.cookie,
    title: document.title,
    width: innerWidth,
    isDark: matchMedia("(prefers-color-scheme: dark)").matches,
    isForced: matchMedia("(forced-colors: active)").matches,
    isPrepared: "prepared" in window,
  })`;

  it("is blank again for the next one, whatever was done in it", async () => {
    const first = await openPage(url, 320);
    const before = await first.page.evaluate(traces);
    await first.prepare("window.prepared = true; document.cookie = 'a=b'; localStorage.a = 1");
    await first.page.route("**/*", (route) => route.fulfill({ body: "<h1>Made up</h1>" }));
    await first.page.emulateMedia({ colorScheme: "dark", forcedColors: "active" });
    await first.page.reload();
    assert.notEqual(await first.page.evaluate(traces), before);
    await first.page.evaluate("sessionStorage.a = 1; console.error('expected')");
    first.expect(/^expected$/);
    await first.close();
    const second = await openPage(url, 320);
    assert.equal(second.page, first.page);
    assert.equal(await second.page.evaluate(traces), before);
    const loads = asked.filter((each) => each.startsWith("/ "));
    assert.deepEqual(loads, ["/ with no cookie", "/ with no cookie"]);
    await second.close();
  });

  it("is another one when a test has failed, which may still act in it", async () => {
    const first = await openPage(url);
    await first.close();
    const late = first.page.getByText("never there").click();
    await Promise.all([assert.rejects(late, /has been closed/), closePage()]);
    const second = await openPage(url);
    assert.notEqual(second.page, first.page);
    await second.close();
  });
});
