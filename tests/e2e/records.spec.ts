import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Answer, assertError, call, type Call, download, postJson } from "./support/api";
import { useStack } from "./support/use-stack";
import { waitUntil } from "./support/wait-until";

const json = { "content-type": "application/json" };

describe("records", () => {
  const stack = useStack();

  const path = (id: string) => `/records/${encodeURIComponent(id)}`;
  const put = (id: string, body: string, headers: Record<string, string> = {}): Promise<Answer> =>
    call(stack(), path(id), { method: "PUT", headers: { ...json, ...headers }, body });
  const get = (id: string, request: Call = {}): Promise<Answer> => call(stack(), path(id), request);
  const remove = (id: string, headers: Record<string, string> = {}): Promise<Answer> =>
    call(stack(), path(id), { method: "DELETE", headers });

  async function assertReached(id: string): Promise<void> {
    assert.ok((await put(id, '{"kept":true}')).status < 300);
    assert.deepEqual((await get(id)).body, { id, kept: true });
    const processed = await postJson(stack(), "/process", { id });
    assert.equal((processed.body.processedData as Record<string, unknown>).kept, true);
    const listed = await call(stack(), `/results?id=${encodeURIComponent(id)}&limit=1`);
    const [result] = listed.body.results as { s3Key: string }[];
    assert.equal(result?.s3Key, processed.body.s3Key);
    assert.equal((await remove(id)).status, 204);
    assertError(await get(id), 404, "RecordNotFound");
  }

  it("are kept, merged into what is processed, listed by their results, and removed", async () => {
    const id = `e2e-${randomUUID()}`;
    const created = await put(id, '{"place":"roof","digits":12345678901234567890}');
    assert.equal(created.status, 201, JSON.stringify(created.body));
    const results: unknown[] = [];
    for (const temperature of [21.5, 22]) {
      const processed = await postJson(stack(), "/process", { id, temperature });
      const { processedData, s3Key, url } = processed.body as {
        processedData: Record<string, unknown>;
        s3Key: string;
        url: string;
      };
      assert.match(processed.bytes.toString(), /"digits":12345678901234567890/);
      const { place, processedAt } = processedData;
      assert.equal(place, "roof");
      const { body, status } = await download(stack(), url);
      assert.equal(status, 200);
      const resultId = s3Key.slice("results/".length, -".json".length);
      results.unshift({ resultId, id, timestamp: processedAt, bytes: body.length, s3Key, url });
    }
    const listed = await call(stack(), `/results?id=${id}`);
    assert.deepEqual(listed.body, { results });
    assert.equal((await remove(id)).status, 204);
    assertError(await get(id), 404, "RecordNotFound");
    const { body } = await call(stack(), `/results?id=${id}`);
    assert.deepEqual(body, { results });
  });

  it("list their results page by page, by GET and by HEAD", async () => {
    const id = `e2e-${randomUUID()}`;
    const keys: unknown[] = [];
    for (const n of [1, 2, 3]) {
      keys.unshift((await postJson(stack(), "/process", { id, n })).body.s3Key);
    }
    const found: unknown[] = [];
    let query: string | undefined = "";
    while (query !== undefined) {
      const page = await call(stack(), `/results?id=${id}&limit=2${query}`);
      assert.equal(page.status, 200, JSON.stringify(page.body));
      const { results, nextCursor } = page.body as { results: { s3Key: string }[] } & Record<
        string,
        unknown
      >;
      found.push(...results.map(({ s3Key }) => s3Key));
      query = typeof nextCursor === "string" ? `&cursor=${nextCursor}` : undefined;
    }
    assert.deepEqual(found, keys);
    const head = await call(stack(), `/results?id=${id}`, { method: "HEAD" });
    assert.deepEqual([head.status, head.bytes.length], [200, 0]);
    const other = await call(stack(), `/results?id=${id}x&cursor=AAAA`);
    assertError(other, 400, "InvalidCursor");
    assertError(await call(stack(), "/results"), 400, "InvalidRequest");
  });

  it("list their results of one user alone", async () => {
    const id = randomUUID();
    const userId = `e2e-${id}`;
    const keys: unknown[] = [];
    for (const input of [{ userId }, { userId: `${userId}-other` }, { userId }]) {
      keys.unshift((await postJson(stack(), "/process", { id, ...input })).body.s3Key);
    }
    const [last, , first] = keys;
    const query = `/results?id=${id}&userId=${userId}`;
    // Of a user they are listed some milliseconds later.
    await waitUntil(async () => {
      const { results } = (await call(stack(), query)).body as { results: { s3Key: string }[] };
      return isDeepStrictEqual(
        results.map(({ s3Key }) => s3Key),
        [last, first],
      );
    });
  });

  it("are changed only if they are as a client knows them", async () => {
    const id = randomUUID();
    const absent = { "if-none-match": "*" };
    const created = await put(id, '{"v":1}', absent);
    assert.equal(created.status, 201);
    assertError(await put(id, '{"v":2}', absent), 412, "PreconditionFailed");
    const etag = created.headers.get("etag") ?? "";
    assert.match(etag, /^"[^"]+"$/);
    const changed = await put(id, '{"v":2}', { "if-match": etag });
    assert.equal(changed.status, 200);
    assertError(await put(id, '{"v":3}', { "if-match": etag }), 412, "PreconditionFailed");
    assertError(await remove(id, { "if-match": etag }), 412, "PreconditionFailed");
    const known = await get(id, {
      headers: { "if-none-match": changed.headers.get("etag") ?? "" },
    });
    assert.deepEqual([known.status, known.bytes.length], [304, 0]);
    const head = await get(id, { method: "HEAD" });
    assert.deepEqual([head.status, head.bytes.length], [200, 0]);
    assert.equal(head.headers.get("etag"), changed.headers.get("etag"));
    assert.deepEqual((await get(id)).body, { id, v: 2 });
    for (const time of ["first", "second"]) {
      assert.equal(
        (await remove(id, { "if-match": changed.headers.get("etag") ?? "" })).status,
        204,
        time,
      );
    }
  });

  it("give back what they were given", async () => {
    const id = randomUUID();
    const body =
      '{"numbers":[0,-1.5,1e-130,9999999999999999999999999999999999999,1E+3],"empty":["",[],{},null,false],' +
      '"__proto__":{"polluted":true},"constructor":{"prototype":null}," é😀\\u0001":"\\u0000\\n"}';
    assert.equal((await put(id, body)).status, 201);
    const text = (await get(id)).bytes.toString();
    assert.ok(
      text.includes(`[0,-1.5,0.${"0".repeat(129)}1,9999999999999999999999999999999999999,1000]`),
    );
    const sorted = (value: string) =>
      Object.entries(JSON.parse(value) as object)
        .map(String)
        .sort();
    assert.deepEqual(sorted(text), sorted(`{"id":"${id}",${body.slice(1)}`));
    const { body: processed } = await postJson(stack(), "/process", { id });
    assert.ok(JSON.stringify(processed).includes('"__proto__":{"polluted":true}'));
  });

  for (const id of [
    "with/slashes//and/../dots",
    "100%",
    "%2F",
    "a+b c?d#e&f=g;h,i@j:k",
    "Größe 😀 ﷽",
    "é",
    "e\u0301",
    '"quoted" <b> {id} \\ | ^ `',
  ]) {
    it(`are reached by any id that POST /process takes: ${id}`, () =>
      assertReached(`${id} ${randomUUID()}`));
  }

  it("are reached by an id of the most characters", () => assertReached("x".repeat(1024)));

  it("are reached by an id of the most bytes, unless an authorizer has to read it in a path", async () => {
    const id = "😀".repeat(512);
    if (stack().outputs.oidcIssuer === undefined) {
      await assertReached(id);
    } else {
      assertError(await put(id, "{}"), 414, "RequestRefused");
    }
  });

  it("answer 413 to a body of more than 256 KB, and keep one of just that", async () => {
    const id = randomUUID();
    const bodyOf = (bytes: number) => `{"text":"${"x".repeat(bytes - 11)}"}`;
    assert.equal(bodyOf(262_144).length, 262_144);
    const refused = await put(id, bodyOf(262_145));
    assertError(refused, 413, "RequestTooLarge");
    assert.equal(refused.body.maxBytes, 262_144);
    assertError(await get(id), 404, "RecordNotFound");
    assert.equal((await put(id, bodyOf(262_144))).status, 201);
    assert.equal((await get(id)).body.text, "x".repeat(262_133));
  });

  for (const [what, body] of [
    ["no body", ""],
    ["an array", "[1]"],
    ["malformed JSON", '{"a":'],
    ["another id", '{"id":"other"}'],
    ["33 levels", `{"x":${"[".repeat(32)}${"]".repeat(32)}}`],
    ["39 digits", `{"x":1${"0".repeat(37)}1}`],
    ["a number too large", '{"x":1e126}'],
    ["a number too small", '{"x":1e-131}'],
    ["a member without a name", '{"x":{"":1}}'],
    ["half a character", '{"x":"\\ud800"}'],
    ["a reserved name", '{"$revision":1}'],
  ] as const) {
    it(`answer 400 to ${what}, and keep nothing`, async () => {
      const id = randomUUID();
      assertError(await put(id, body), 400, "InvalidRequest");
      assertError(await get(id), 404, "RecordNotFound");
    });
  }

  it("have no other methods", async () => {
    for (const method of ["POST", "PATCH"]) {
      const answer = await call(stack(), path("a"), { method, body: "{}" });
      assertError(answer, 405, "MethodNotAllowed");
      assert.equal(answer.headers.get("allow"), "PUT,GET,HEAD,DELETE,OPTIONS");
    }
    assertError(await call(stack(), "/records"), 404);
  });
});
