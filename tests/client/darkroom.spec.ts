import assert from "node:assert/strict";
import { type ClientOptions, Darkroom } from "../../client/src/index.js";
import { answering, type Planned, type PlannedServer } from "./server";

const busy: Planned = { status: 503, headers: { "retry-after": "0" }, body: { code: "Busy" } };

describe("Darkroom", () => {
  let server: PlannedServer | undefined;

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function connect(plan: Planned[], options: Partial<ClientOptions> = {}) {
    server = await answering(...plan);
    return new Darkroom({ apiUrl: `${server.url}/v1/`, apiKey: "key", ...options });
  }

  it("sends the key, and a query of what is given", async () => {
    const darkroom = await connect([{ body: { images: [] } }]);
    await darkroom.listImages({ userId: "ada & co", cursor: undefined, limit: 3 });
    const [request] = server?.seen ?? [];
    assert.equal(request?.url, "/v1/images?userId=ada+%26+co&limit=3");
    assert.equal(request.headers["x-api-key"], "key");
    assert.equal("authorization" in request.headers, false);
  });

  it("asks for a token before each request", async () => {
    let count = 0;
    const token = () => Promise.resolve(`token-${(count += 1)}`);
    const darkroom = await connect([busy, {}], { token });
    await darkroom.me();
    assert.deepEqual(
      server?.seen.map(({ headers }) => headers.authorization),
      ["Bearer token-1", "Bearer token-2"],
    );
  });

  it("throws what the source of tokens throws, and asks nothing", async () => {
    const darkroom = await connect([{}], {
      token: () => {
        throw new Error("signed out");
      },
    });
    await assert.rejects(darkroom.me(), /signed out/);
    assert.deepEqual(server?.seen, []);
  });

  it("repeats what failed for the moment, with the same Idempotency-Key and body", async () => {
    const darkroom = await connect([busy, { hangUp: true }, { body: { message: "done" } }]);
    await darkroom.process({ id: "sensor-1" });
    const seen = server?.seen ?? [];
    assert.equal(seen.length, 3);
    assert.equal(new Set(seen.map(({ headers }) => headers["idempotency-key"])).size, 1);
    assert.equal(new Set(seen.map(({ body }) => body)).size, 1);
    await darkroom.process({ id: "sensor-1" });
    assert.notEqual(
      server?.seen.at(-1)?.headers["idempotency-key"],
      seen[0]?.headers["idempotency-key"],
    );
  });

  it("repeats what was answered and broke off, unless a condition would not hold any more", async () => {
    const whole = { body: { imageId: "1" }, headers: { etag: '"1"' } };
    const darkroom = await connect([{ breakOff: true }, whole, { breakOff: true }, whole]);
    assert.deepEqual(await darkroom.getImage("1"), { imageId: "1", etag: '"1"' });
    await darkroom.process({ id: "sensor-1" });
    const keys = server?.seen.slice(2).map(({ headers }) => headers["idempotency-key"]) ?? [];
    assert.deepEqual([keys.length, new Set(keys).size], [2, 1]);
    await server?.stop();
    const other = await connect([{ breakOff: true }, whole]);
    const change = other.updateImage("1", { imageName: "x" }, { ifMatch: '"1"' });
    await assert.rejects(change, TypeError);
    assert.equal(server?.seen.length, 1);
  });

  it("asks nothing of an id that would lead to another path", async () => {
    const darkroom = await connect([{}]);
    for (const id of ["", ".", ".."]) {
      const calls = [
        darkroom.getImage(id),
        darkroom.imageUrl(id),
        darkroom.content(id),
        darkroom.updateImage(id, {}),
        darkroom.deleteImage(id),
        darkroom.getUpload(id),
        darkroom.putRecord(id, {}),
        darkroom.getRecord(id),
        darkroom.deleteRecord(id),
      ];
      await Promise.all(calls.map((call) => assert.rejects(call, RangeError)));
    }
    await darkroom.getRecord("...");
    assert.deepEqual(
      server?.seen.map(({ url }) => url),
      ["/v1/records/..."],
    );
  });

  it("gives up after as many repetitions as it is told", async () => {
    const darkroom = await connect([busy], { maxRetries: 2 });
    await assert.rejects(darkroom.health(), { status: 503, code: "Busy", retryAfterSeconds: 0 });
    assert.equal(server?.seen.length, 3);
  });

  it("does not wait for the next day where the quota is used up", async () => {
    const body = { error: "Used up.", code: "QuotaExceeded", limit: "quota" };
    const darkroom = await connect([{ status: 429, headers: { "retry-after": "3600" }, body }]);
    await assert.rejects(darkroom.health(), { code: "QuotaExceeded", retryAfterSeconds: 3600 });
    assert.equal(server?.seen.length, 1);
  });

  for (const [what, status] of [
    ["a bad request", 400],
    ["what is not there", 404],
    ["a conflict that does not pass", 409],
  ] as const) {
    it(`does not repeat ${what}`, async () => {
      const darkroom = await connect([{ status, body: { code: "Some" } }]);
      await assert.rejects(darkroom.getImage("a/b"), { status });
      assert.deepEqual(
        server?.seen.map(({ url }) => url),
        ["/v1/images/a%2Fb"],
      );
    });
  }

  it("repeats a conflict that passes", async () => {
    const headers = { "retry-after": "0" };
    const darkroom = await connect([{ status: 409, headers }, { body: { message: "done" } }]);
    await darkroom.process({ id: "sensor-1" });
    assert.equal(server?.seen.length, 2);
  });

  const conditional: Record<string, (darkroom: Darkroom) => Promise<unknown>> = {
    "a change": (darkroom) => darkroom.updateImage("1", { imageName: "x" }, { ifMatch: '"1"' }),
    "a removal": (darkroom) => darkroom.deleteImage("1", { ifMatch: '"1"' }),
  };
  for (const [what, send] of Object.entries(conditional)) {
    it(`repeats ${what} under a condition only if it was certainly not made`, async () => {
      const darkroom = await connect([{ status: 429, headers: { "retry-after": "0" } }, busy]);
      await assert.rejects(send(darkroom), { status: 503 });
      assert.deepEqual(
        server?.seen.map(({ headers }) => headers["if-match"]),
        ['"1"', '"1"'],
      );
    });
  }

  for (const [what, body] of [
    ["HTML", "<html>Bad gateway</html>"],
    ["nothing", ""],
    ["JSON that is no error", "[1]"],
  ] as const) {
    it(`tells of an error that says ${what}`, async () => {
      const darkroom = await connect([{ status: 418, body }]);
      await assert.rejects(darkroom.health(), {
        status: 418,
        code: "UnexpectedAnswer",
        message: "The answer was 418.",
        requestId: undefined,
      });
    });
  }

  it("tells what S3 says of a form that it refuses, and does not ask further", async () => {
    const form = { uploadId: "1", upload: { url: "", fields: { key: "uploads/1" } } };
    const refused = "<Error><Code>EntityTooLarge</Code><Message>Too large</Message></Error>";
    const plan: Planned[] = [{ body: form }, { status: 400, body: refused }];
    const darkroom = await connect(plan);
    form.upload.url = `${server?.url ?? ""}/bucket`;
    await assert.rejects(darkroom.uploadDirectly(new Blob(["x"], { type: "image/png" })), {
      status: 400,
      code: "EntityTooLarge",
      message: "Too large",
    });
    assert.deepEqual(
      server?.seen.map(({ method, url }) => `${method} ${url}`),
      ["POST /v1/uploads", "POST /bucket"],
    );
    assert.match(server.seen[1]?.body ?? "", /name="key"[\s\S]*name="file"/);
    assert.equal("x-api-key" in (server.seen[1]?.headers ?? {}), false);
  });

  it("does not wait for an image for ever", async () => {
    const form = { uploadId: "1", upload: { url: "", fields: {} } };
    const darkroom = await connect([
      { body: form },
      {},
      { body: { uploadId: "1", status: "pending" } },
    ]);
    form.upload.url = `${server?.url ?? ""}/bucket`;
    const image = new Blob(["x"], { type: "image/png" });
    await assert.rejects(
      darkroom.uploadDirectly(image, {}, { maxReadySeconds: 0 }),
      /^Error: The upload 1 is still pending after 0 seconds\.$/,
    );
  });

  it("ends while it waits to repeat a request, as soon as the signal says so", async () => {
    const stop = new AbortController();
    const darkroom = await connect([{ status: 503, headers: { "retry-after": "20" } }], {
      fetch: async (...request) => {
        const response = await fetch(...request);
        setImmediate(() => {
          stop.abort();
        });
        return response;
      },
    });
    await assert.rejects(darkroom.health({ signal: stop.signal }), { name: "AbortError" });
    assert.equal(server?.seen.length, 1);
  });
});
