import assert from "node:assert/strict";
import { connect } from "node:net";
import { inLab, openApi, proxied, raw } from "./lab";

const document = openApi({ "/things": { get: proxied(), post: proxied() } });

describe("Listener", () => {
  for (const [what, text] of [
    ["no HTTP at all", "hello\r\n\r\n"],
    ["a bad header", "GET /prod/things HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n"],
    [
      "two contradicting lengths",
      "POST /prod/things HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    ],
  ] as const) {
    it(`answers ${what} with 400 and goes on serving`, () =>
      inLab(async (lab) => {
        const { url } = await lab.deploy(document);
        const answer = await exchange(url, text);
        assert.match(answer, /^HTTP\/1\.1 400 /);
        assert.equal((await fetch(`${url}/things`)).status, 200);
      }));
  }

  it("answers a request before it refuses what follows it on the connection", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      const answers = await exchange(url, "GET /prod/things HTTP/1.1\r\nHost: x\r\n\r\n\0\r\n\r\n");
      assert.match(answers, /^HTTP\/1\.1 200 .+HTTP\/1\.1 400 /s);
    }));

  it("refuses headers of more than 10 KB", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      const response = await raw(url, "/things", { headers: { "X-Big": "x".repeat(11_000) } });
      assert.equal(response.status, 400);
      assert.equal(lab.invocations.length, 0);
    }));

  it("records nothing for a client that goes away in the middle of its body", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      socket.write("POST /prod/things HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\npart");
      await new Promise((resolve) => socket.once("ready", resolve));
      socket.destroy();
      assert.equal((await fetch(`${url}/things`)).status, 200);
      assert.equal(lab.invocations.length, 1);
      assert.equal(lab.metrics.filter(({ name }) => name === "Count").length, 2);
      assert.deepEqual(lab.notices, []);
    }));
});

/** What the server says to `text` until it closes. */
async function exchange(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.write(text);
  await new Promise((resolve) => socket.once("close", resolve));
  return Buffer.concat(chunks).toString();
}
