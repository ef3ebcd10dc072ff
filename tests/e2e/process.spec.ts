import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
} from "@aws-sdk/client-s3";
import {
  type Answer,
  call,
  callOnce,
  assertError,
  assertNotLetIn,
  download,
  postJson,
} from "./support/api";
import { putRecord } from "./support/records";
import { storedResults } from "./support/stack";
import { useStack } from "./support/use-stack";
import { waitUntil } from "./support/wait-until";

describe("the processing API", () => {
  const stack = useStack();

  it("merges the stored record under the posted fields and serves the result through the CDN", async () => {
    const id = `e2e-${randomUUID()}`;
    const nested = { list: [1, "two"] };
    await putRecord(stack(), { id, kept: 1, replaced: "by the post", nested });
    const answer = await postJson(stack(), "/process", { id, replaced: "posted", added: true });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const { processedAt, ...data } = answer.body.processedData as Record<string, unknown>;
    assert.match(String(processedAt), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.deepEqual(data, {
      id,
      kept: 1,
      replaced: "posted",
      nested: { list: [1, "two"] },
      added: true,
    });
    const url = String(answer.body.url);
    assert.equal(url, `${stack().outputs.cdnUrl}/${String(answer.body.s3Key)}`);
    const result = await download(stack(), url);
    assert.equal(result.status, 200);
    assert.equal(result.headers["content-type"], "application/json");
    assert.deepEqual(JSON.parse(result.body.toString("utf8")), answer.body.processedData);
  });

  it("processes an object whose id has no record", async () => {
    const answer = await postJson(stack(), "/process", { id: randomUUID() });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  });

  it("writes results under keys that are unique and sort by time, also when many are posted at once", async () => {
    const post = () => postJson(stack(), "/process", { id: "order" });
    const keysOf = (answers: readonly Answer[]) => answers.map(({ body }) => String(body.s3Key));
    const first = keysOf([await post()]);
    const together = keysOf(await Promise.all(Array.from({ length: 10 }, post)));
    const last = keysOf([await post()]);
    const sorted = [...first, ...together.sort(), ...last];
    assert.deepEqual([...new Set(sorted)].sort(), sorted);
    for (const key of sorted) {
      assert.match(key, /^results\/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}\.json$/);
    }
  });

  it("locks results against being deleted", async () => {
    const answer = await postJson(stack(), "/process", { id: "locked" });
    const result = { Bucket: stack().outputs.resultsBucket, Key: String(answer.body.s3Key) };
    const { Retention } = await stack().s3.send(new GetObjectRetentionCommand(result));
    assert.equal(Retention?.Mode, "GOVERNANCE");
    assert.ok((Retention.RetainUntilDate ?? 0) > new Date());
    const { VersionId } = await stack().s3.send(new HeadObjectCommand(result));
    const removal = stack().s3.send(new DeleteObjectCommand({ ...result, VersionId }));
    await assert.rejects(removal, { name: "AccessDenied" });
  });

  it("keeps members that are called like those of prototypes, as what they are", async () => {
    const body = '{"id":"p","__proto__":{"polluted":true},"constructor":1,"toString":null}';
    const answer = await postJson(stack(), "/process", body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const { processedAt, ...data } = answer.body.processedData as Record<string, unknown>;
    assert.equal(typeof processedAt, "string");
    assert.equal(JSON.stringify(data), body);
  });

  it("answers 413 to a body of more than 256 KB, and takes one of just that", async () => {
    const bodyOf = (bytes: number) => `{"id":"large","text":"${"x".repeat(bytes - 24)}"}`;
    assert.equal(bodyOf(262_144).length, 262_144);
    const answer = await postJson(stack(), "/process", bodyOf(262_145));
    assertError(answer, 413, "RequestTooLarge");
    assert.equal(answer.body.maxBytes, 262_144);
    // The result has the time of processing, too.
    assertError(await postJson(stack(), "/process", bodyOf(262_144)), 413, "ResultTooLarge");
    assert.equal((await postJson(stack(), "/process", bodyOf(262_000))).status, 200);
  });

  it("points to what is wrong", async () => {
    const answer = await postJson(stack(), "/process", { id: 5 });
    assertError(answer, 400, "InvalidRequest");
    assert.deepEqual(answer.body.details, [
      { pointer: "/id", field: "id", problem: "must be a string, not 5" },
    ]);
  });

  for (const [what, body] of [
    ["no body", ""],
    ["null", "null"],
    ["a number", "5"],
    ["a string", '"text"'],
    ["an array", "[1,2]"],
    ["malformed JSON", '{"id":'],
    ["no id", '{"value":1}'],
    ["a numeric id", '{"id":5}'],
    ["an empty id", '{"id":""}'],
  ] as const) {
    it(`answers 400 to ${what} and writes nothing`, async () => {
      const before = await storedResults(stack());
      assertError(await postJson(stack(), "/process", body), 400);
      assert.deepEqual(await storedResults(stack()), before);
    });
  }

  it("lets a burst of about 20 through, refuses the rest with 429 and writes nothing for them", async () => {
    const before = await storedResults(stack());
    const post = () =>
      callOnce(stack(), "/process", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"id":"burst"}',
      });
    let answers: Answer[] = [];
    let seconds = 0;
    // Requests just before may have used up what may arrive at once.
    await waitUntil(async () => {
      const started = performance.now();
      answers = await Promise.all(Array.from({ length: 100 }, post));
      seconds = (performance.now() - started) / 1000;
      return answers.some((answer) => answer.status === 200);
    });
    const done = answers.filter((answer) => answer.status === 200);
    const refused = answers.filter((answer) => answer.status === 429);
    assert.equal(done.length + refused.length, 100);
    // On a machine that is busy, ten more may come each second.
    assert.ok(
      done.length > 0 && refused.length > 0 && done.length <= 40 + 10 * seconds,
      `${done.length} done, ${refused.length} refused in ${seconds} s`,
    );
    for (const answer of refused) {
      assertError(answer, 429, "TooManyRequests");
      assert.equal(answer.headers.get("retry-after"), "1");
      assert.match(answer.headers.get("access-control-expose-headers") ?? "", /Retry-After/);
      assert.equal(answer.body.limit, "throttle");
    }
    assert.equal((await storedResults(stack())).length, before.length + 2 * done.length);
  });

  it("does not serve the CDN over plain HTTP", async () => {
    const { cdnUrl } = stack().outputs;
    const plain = await fetch(cdnUrl.replace("https://", "http://"), { redirect: "manual" });
    assert.ok(plain.status === 301 || plain.status === 403, String(plain.status));
  });

  for (const path of ["/results/missing.json", "/", "/errors", "/results/", "/a%2Fb"]) {
    for (const method of ["GET", "HEAD"]) {
      it(`answers 404 to ${method} of what the CDN does not have, to pages too: ${path}`, async () => {
        const answer = await download(stack(), `${stack().outputs.cdnUrl}${path}`, {
          method,
          headers: { origin: "https://page.example" },
        });
        assert.equal(answer.status, 404);
        assert.equal(answer.headers["content-type"], "application/json");
        assert.equal(answer.headers["access-control-allow-origin"], "*");
        assert.match(String(answer.headers["access-control-expose-headers"]), /X-Amz-Cf-Id/i);
        if (method === "GET") {
          const error = JSON.parse(answer.body.toString()) as Record<string, unknown>;
          assert.equal(error.code, "ResultNotFound");
          assert.equal(typeof error.error, "string");
          assert.equal(typeof error.requestId, "string");
        }
      });
    }
  }

  it("lets pages read results, and send headers with it, but nothing else", async () => {
    const processed = await postJson(stack(), "/process", { id: "page" });
    const preflight = (method: string, url = String(processed.body.url)) =>
      download(stack(), url, {
        method: "OPTIONS",
        headers: {
          origin: "https://page.example",
          "access-control-request-method": method,
          "access-control-request-headers": "if-none-match,x-trace",
        },
      });
    for (const method of ["GET", "HEAD"]) {
      const answer = await preflight(method);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers["access-control-allow-origin"], "*");
      assert.match(String(answer.headers["access-control-allow-methods"]), new RegExp(method));
      assert.match(String(answer.headers["access-control-allow-headers"]), /^\*$|if-none-match/i);
      assert.equal(answer.headers["access-control-max-age"], "3600");
    }
    // The page can read that a result is not there, too.
    const { cdnUrl } = stack().outputs;
    assert.equal((await preflight("GET", `${cdnUrl}/results/missing.json`)).status, 200);
    for (const method of ["PUT", "DELETE"]) {
      assert.ok((await preflight(method)).status >= 400);
    }
  });

  it("wants a key", async () => {
    const answer = await call(stack(), "/process", { method: "POST", apiKey: null, body: "{}" });
    assertNotLetIn(stack(), answer, "none");
  });
});
