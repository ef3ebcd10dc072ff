import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeInBrowser } from "../../../tests/support/browser";
import { openPage } from "../../../tests/support/page";
import { contextRoutes } from "../../page/api/context";
import type { EventSource } from "../../page/event-stream";
import { PageServer } from "../../page/page-server";

describe("PageServer", () => {
  let dir: string;
  let server: PageServer;
  const done: unknown[] = [];
  const config = { values: {}, secretKeys: [] };

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "page-"));
    await startServer();
  });
  afterEach(async () => {
    await server.stop();
    rmSync(dir, { recursive: true });
    done.length = 0;
  });

  function newServer(): PageServer {
    return new PageServer({
      dataDir: join(dir, "page"),
      viewsDir: join(__dirname, "fixtures", "shop", "views"),
      notify: () => undefined,
    });
  }

  async function startServer(): Promise<void> {
    server = newServer();
    await server.start();
    show({});
  }

  function show(stackOutputs: Record<string, unknown>, events: readonly EventSource[] = []): void {
    server.show({
      title: "shop",
      routes: [
        ...contextRoutes({
          project: "shop",
          stack: "local",
          stackOutputs,
          config,
          endpoints: {},
        }),
        {
          method: "POST",
          path: "/api/things/{name}",
          answer: ({ params, body }) => {
            done.push([params, body]);
            return { done: true };
          },
        },
      ],
      events,
      serviceOrigins: [],
    });
  }

  /** Sends a request as no browser would, and gets status and body. */
  async function send(
    path: string,
    { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; text: string }> {
    const { port } = new URL(server.url);
    return await new Promise((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, text });
        });
      });
      sent.on("error", reject).end();
    });
  }

  async function token(): Promise<string> {
    const { text } = await send("/");
    return /name="page-token" content="([^"]+)"/.exec(text)?.[1] ?? "";
  }

  it("answers to its own names only, so that no name can be made to lead to it", async () => {
    const { port } = new URL(server.url);
    for (const name of [
      "evil.example",
      `evil.example:${port}`,
      "127.0.0.1",
      `127.0.0.1.evil:${port}`,
    ]) {
      assert.equal(
        (await send("/api/context", { headers: { host: name } })).status,
        421,
        `Host: ${name}`,
      );
    }
    for (const name of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`]) {
      assert.equal((await send("/api/context", { headers: { host: name } })).status, 200, name);
    }
  });

  it("tells pages of other sites nothing, but can be linked to", async () => {
    const others: Record<string, string>[] = [
      { origin: "http://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
      { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" },
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
    ];
    for (const headers of others) {
      assert.equal((await send("/api/context", { headers })).status, 403, JSON.stringify(headers));
    }
    const link = {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    assert.equal((await send("/", { headers: link })).status, 200);
  });

  it("changes something for the page alone: with its origin and its token", async () => {
    const path = "/api/things/a%2Fb";
    const own = { origin: server.url, "x-page-token": await token() };
    const incomplete: Record<string, string>[] = [
      {},
      { origin: own.origin },
      { "x-page-token": own["x-page-token"] },
      { ...own, origin: "http://evil.example" },
      { ...own, "x-page-token": "x".repeat(own["x-page-token"].length) },
    ];
    for (const headers of incomplete) {
      assert.equal(
        (await send(path, { method: "POST", headers })).status,
        403,
        JSON.stringify(headers),
      );
    }
    assert.equal((await send(path, { method: "PUT", headers: own })).status, 405);
    assert.deepEqual(done, []);
    assert.equal((await send(path, { method: "POST", headers: own })).status, 200);
    assert.deepEqual(done, [[{ name: "a/b" }, {}]]);
  });

  it("has no files but those of the page", async () => {
    for (const path of [
      "/../ports.json",
      "/%2e%2e/ports.json",
      "//etc/passwd",
      "/bundle/page.js",
      "http://127.0.0.1/page.js",
      "/api/../ports.json",
      "/page.json",
      "*",
    ]) {
      assert.equal((await send(path)).status, 404, path);
    }
    assert.equal((await send("/api/things/%zz", { method: "GET" })).status, 404);
  });

  it("sends the page with a policy that allows nothing of other machines", async () => {
    const { headers } = await fetch(server.url);
    const policy = headers.get("content-security-policy") ?? "";
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]) {
      assert.ok(policy.split("; ").includes(part), part);
    }
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("cache-control"), "no-store");
    assert.equal(headers.get("access-control-allow-origin"), null);
  });

  it("keeps its address over restarts, and makes no bundle before somebody looks", async () => {
    const { url } = server;
    assert.equal(existsSync(join(dir, "page", "bundle")), false);
    await server.stop();
    await startServer();
    assert.equal(server.url, url);
    assert.equal((await send("/api/context")).status, 200);
    assert.equal(existsSync(join(dir, "page", "bundle")), false);
    assert.equal((await send("/page.js")).status, 200);
    assert.equal(existsSync(join(dir, "page", "bundle", "page.js")), true);
  });

  it("says that the run is still starting", async () => {
    await server.stop();
    server = newServer();
    await server.start();
    const { status, text } = await send("/");
    assert.equal(status, 503);
    assert.match(text, /<h1>The run is still starting …<\/h1>/);
    const answer = await send("/api/context");
    assert.equal(answer.status, 503);
    assert.match(answer.text, /"code":"Starting"/);
  });

  it("tells open pages of a stack that was deployed anew, and of what happens there from then on", async () => {
    const watched: string[] = [];
    const source =
      (name: string): EventSource =>
      (send) => {
        watched.push(`${name} begins`);
        send("queue", { name });
        return () => watched.push(`${name} ends`);
      };
    show({}, [source("old")]);
    const leaving = new AbortController();
    const { body } = await fetch(`${server.url}/api/events`, { signal: leaving.signal });
    const told: string[] = [];
    const hear = async (event: string) => {
      for await (const text of body
        ?.pipeThrough(new TextDecoderStream())
        .values({ preventCancel: true }) ?? []) {
        told.push(text);
        if (text.includes(`event: ${event}`)) {
          return;
        }
      }
    };
    show({ shopUrl: "http://127.0.0.1/new" }, [source("new")]);
    await hear("stack");
    assert.match(told.join(""), /"name":"old"[^]*"name":"new"[^]*event: stack\ndata: \{"at":"20/);
    assert.match((await send("/api/context")).text, /"shopUrl":"http:\/\/127\.0\.0\.1\/new"/);
    assert.deepEqual(watched, ["old begins", "old ends", "new begins"]);
    leaving.abort();
  });

  describeInBrowser("in a browser", () => {
    it("shows the views of the program first, finds the run again, and knows of no other view", async () => {
      const opened = await openPage(server.url);
      const { page } = opened;
      opened.expect(
        /ERR_CONNECTION_(REFUSED|RESET)|ERR_SOCKET_NOT_CONNECTED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|status of 40[34]/,
      );
      await page.getByText("A print costs two thalers.").waitFor();
      assert.deepEqual(
        await page.getByRole("navigation", { name: "Views" }).getByRole("link").allInnerTexts(),
        ["Prices", "Requests", "Stack", "Inbox", "Data"],
      );
      await page.goto(`${server.url}/#/nothing`);
      await page.getByText("The page has no view “nothing”.").waitFor();
      await page.getByRole("link", { name: "The start of the page" }).click();
      await page.getByText("A print costs two thalers.").waitFor();
      await page.getByRole("link", { name: "Inbox" }).click();
      await server.stop();
      await page.getByText("Run lost; looking for it …").waitFor();
      await startServer();
      await page.getByText("Run lost; looking for it …").waitFor({ state: "hidden" });
      await opened.close();
    }).timeout(60_000);

    it("is the page of the run that is there: loads itself again for another one, while that starts, too, and for nothing else", async () => {
      const opened = await openPage(`${server.url}/#/inbox`);
      const { page } = opened;
      opened.expect(/ERR_|status of (404|503)/);
      const loads: string[] = [];
      page.on("load", () => loads.push(page.url()));
      const change = () =>
        page.evaluate<number>(`fetch("/api/things/a", {
          method: "POST",
          headers: { "x-page-token": document.querySelector("meta[name=page-token]").content },
        }).then(({ status }) => status)`);
      show({ shopUrl: "http://127.0.0.1/new" });
      assert.equal(await change(), 200);
      assert.deepEqual(loads, []);
      await server.stop();
      await page.getByText("Run lost; looking for it …").waitFor();
      const loaded = page.waitForEvent("load");
      await startServer();
      await loaded;
      await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
      assert.equal(await change(), 200);
      await server.stop();
      server = newServer();
      await server.start();
      await page.reload();
      await page.getByText("The run is still starting …").waitFor();
      show({});
      await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
      await opened.close();
    }).timeout(60_000);

    it("can be walked through by keyboard", async () => {
      const opened = await openPage(server.url);
      const { page } = opened;
      const focused = page.locator(":focus");
      await page.keyboard.press("Tab");
      assert.equal(await focused.innerText(), "Skip to content");
      await page.keyboard.press("Enter");
      assert.equal(await focused.getAttribute("id"), "main");
      await page.keyboard.press("Shift+Tab");
      assert.equal(await focused.innerText(), "Data");
      assert.notEqual(
        await focused.evaluate((element: { matches(selector: string): boolean }) =>
          element.matches(":focus-visible"),
        ),
        false,
      );
      await opened.close();
    }).timeout(60_000);
  });
});
