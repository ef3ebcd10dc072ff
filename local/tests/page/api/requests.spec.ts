import { strict as assert } from "node:assert";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { close, listen } from "../../../aws/http";
import type { RequestStart } from "../../../aws/recorder";
import { requestEvents, requestRoutes } from "../../../page/api/requests";
import type { RequestAnswer, RequestsAnswer } from "../../../page/api/types";
import { Traces } from "../../../trace/traces";

/** What the route of that method and path answers. */
async function ask(
  traces: Traces,
  method: string,
  path: string,
  id = "",
  query = "",
): Promise<unknown> {
  const route = requestRoutes(traces, redact).find(
    (each) => each.method === method && each.path === path,
  );
  assert.ok(route);
  return await route.answer({ params: { id }, query: new URLSearchParams(query), body: {} });
}

const redact = (text: string) => text.replaceAll("swordfish", "[secret]");

const replayPath = "/api/requests/{id}/replay";

describe("the page's requests", () => {
  let traces: Traces;
  let server: Server;
  let port: number;
  let received: { message: IncomingMessage; body: string }[];

  beforeEach(async () => {
    traces = new Traces();
    received = [];
    server = createServer((message, response) => {
      void buffer(message).then((body) => {
        received.push({ message, body: body.toString() });
        const id = `again-${received.length}`;
        response.writeHead(200, { "x-amzn-RequestId": id }).end("answer");
      });
    });
    port = await listen(server, 0);
  });
  afterEach(() => close(server));

  const begin = (id: string, start: Partial<RequestStart> = {}) =>
    traces.beginRequest({ source: "api", id, method: "GET", url: `/v1/${id}`, ...start });

  it("are listed in one line each, from a number on if one is given", async () => {
    for (const id of ["a", "b", "c"]) {
      begin(id).end({ status: 200 });
    }
    const idsOf = (answer: unknown) => (answer as RequestsAnswer).requests.map(({ id }) => id);
    assert.deepEqual(idsOf(await ask(traces, "GET", "/api/requests")), ["a", "b", "c"]);
    assert.deepEqual(idsOf(await ask(traces, "GET", "/api/requests", "", "after=2")), ["c"]);
  });

  it("have nowhere what is known to be secret, and keep their ids", async () => {
    const rawHeaders = ["X-Note", "a swordfish"];
    const request = begin("swordfish", { url: "/v1/swordfish?q=swordfish", rawHeaders });
    request.end({ status: 200, requestBody: '{"note":"swordfish"}' });
    const { requests } = (await ask(traces, "GET", "/api/requests")) as RequestsAnswer;
    assert.deepEqual(
      requests.map(({ id, path }) => [id, path]),
      [["swordfish", "/v1/[secret]"]],
    );
    const { id, ...rest } = (await ask(
      traces,
      "GET",
      "/api/requests/{id}",
      "swordfish",
    )) as RequestAnswer;
    assert.equal(id, "swordfish");
    assert.deepEqual(rest.query, [["q", "[secret]"]]);
    assert.equal(rest.requestBody?.masked, true);
    assert.ok(!JSON.stringify(rest).includes("swordfish"));
    const told = new Promise((resolve) => {
      const stop = requestEvents(
        traces,
        redact,
      )((...event) => {
        stop();
        resolve(event);
      });
    });
    begin("b", { url: "/v1/swordfish" }).end({ status: 200 });
    assert.match(JSON.stringify(await told), /"path":"\/v1\/\[secret\]"/);
  });

  it("have an origin once they can be sent again", async () => {
    const origin = `http://127.0.0.1:${port}`;
    const request = begin("a", { origin });
    const originOf = async () =>
      ((await ask(traces, "GET", "/api/requests/{id}", "a")) as RequestAnswer).origin;
    assert.equal(await originOf(), undefined);
    request.end({ status: 200 });
    assert.equal(await originOf(), origin);
  });

  it("are sent again as they came, secrets included, and the new one is named", async () => {
    const rawHeaders = [
      ["Host", "api.example.com"],
      ["X-Api-Key", "abcdefghijklmnopqrst"],
      ["X-Twice", "1"],
      ["X-Twice", "2"],
      ["Connection", "keep-alive"],
      ["Transfer-Encoding", "chunked"],
    ].flat();
    const start = { method: "POST", url: "/v1/process?a=%20", origin: `http://127.0.0.1:${port}` };
    begin("a", { ...start, rawHeaders }).end({ status: 200, requestBody: '{"id":"1"}' });
    assert.deepEqual(await ask(traces, "POST", replayPath, "a"), { id: "again-1" });
    const [{ message, body } = assert.fail("nothing was sent")] = received;
    assert.deepEqual(
      [message.method, message.url, body],
      ["POST", "/v1/process?a=%20", '{"id":"1"}'],
    );
    const { host, "x-api-key": key, "x-twice": twice, "content-length": length } = message.headers;
    assert.deepEqual(
      [host, key, twice, length],
      ["api.example.com", "abcdefghijklmnopqrst", "1, 2", "10"],
    );
  });

  it("are not sent again where they are no HTTP requests, and the way out is told", async () => {
    begin("a", { source: "event", method: "EVENT", url: "s3" }).end({});
    await assert.rejects(ask(traces, "POST", replayPath, "a"), {
      status: 409,
      code: "NotReplayable",
    });
  });

  it("are not found where nobody has asked for them", async () => {
    await assert.rejects(ask(traces, "GET", "/api/requests/{id}", "nowhere"), { status: 404 });
    await assert.rejects(ask(traces, "POST", replayPath, "nowhere"), { status: 404 });
  });

  it("are told of while somebody listens: of each the latest, several at once", async () => {
    const told: RequestsAnswer[] = [];
    const heard = new Promise<void>((resolve) => {
      const stop = requestEvents(
        traces,
        redact,
      )((name, data) => {
        assert.equal(name, "request");
        told.push(data as RequestsAnswer);
        stop();
        resolve();
      });
    });
    begin("a").end({ status: 200 });
    begin("b");
    await heard;
    begin("c");
    assert.deepEqual(
      told.map(({ requests }) => requests.map(({ id, status }) => [id, status])),
      [
        [
          ["a", 200],
          ["b", undefined],
        ],
      ],
    );
  });
});
