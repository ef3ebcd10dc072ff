import assert from "node:assert/strict";
import type { Client, ClientRequest, Outcome } from "../../../scripts/soak/client";
import { Ledger, type UploadEntry } from "../../../scripts/soak/ledger";
import { isGone, view, viewRequest } from "../../../scripts/soak/views";
import type { Stack } from "../../e2e/support/stack";
import { makeImage } from "../../support/images";

const stack = {
  outputs: { apiUrl: "http://api.test", apiKey: "key" },
  cdnPlainHttp: { "127.0.0.1:1": "http://127.0.0.1:2" },
} as unknown as Stack;
const url = "https://127.0.0.1:1/i/id-1/width-8?Expires=1&Signature=a~b";
const whole = { query: "width=8&format=png", type: "image/png", width: 8, height: 8 };

function answer(status: number, type: string, bytes: Buffer | string) {
  return { status, headers: new Headers({ "content-type": type }), bytes: Buffer.from(bytes) };
}

function error(status: number, code: string) {
  const requestId = "00000000-0000-4000-8000-000000000000";
  return answer(status, "application/json", JSON.stringify({ error: "No.", code, requestId }));
}

const signed: Outcome = {
  is: "done",
  answer: answer(200, "application/json", JSON.stringify({ url })),
};

function refused(status: number, code: string): Outcome {
  return { is: "refused", why: String(status), answer: error(status, code) };
}

/** What a client complains of that gets these answers. */
async function complaints(entry: Partial<UploadEntry>, ...outcomes: Outcome[]): Promise<Ledger> {
  const ledger = new Ledger();
  const client = { send: () => Promise.resolve(outcomes.shift()) } as unknown as Client;
  const known = { plan: { way: "raw" }, ending: "acknowledged", imageId: "id-1", ...entry };
  await view(known as UploadEntry, whole, { client, ledger, stack });
  return ledger;
}

describe("views", () => {
  it("ask the edge for the very URL, by plain HTTP where that is offered", () => {
    const asked = (over: Partial<Stack>): ClientRequest => viewRequest({ ...stack, ...over }, url);
    assert.equal(asked({}).url, "http://127.0.0.1:2/i/id-1/width-8?Expires=1&Signature=a~b");
    assert.equal(asked({ cdnPlainHttp: {} }).url, url);
  });

  it("are well when the rendition has its type and its pixels", async () => {
    const png = await makeImage("png");
    const ledger = await complaints({}, signed, {
      is: "done",
      answer: answer(200, "image/png", png),
    });
    assert.deepEqual([ledger.complaints, ledger.viewed], [[], 1]);
  });

  it("complain of another type, other pixels, and redirects", async () => {
    const [png, gif] = [await makeImage("png"), await makeImage("gif")];
    for (const given of [
      answer(200, "image/gif", gif),
      answer(200, "application/json", "{}"),
      answer(302, "image/png", png),
    ]) {
      const ledger = await complaints({}, signed, { is: "done", answer: given });
      assert.equal(ledger.complaints.length, 1);
    }
  });

  it("let an image be gone that was deleted, or is not there yet, and no other", async () => {
    const gone = refused(404, "ImageNotFound");
    for (const [entry, count] of [
      [{}, 1],
      [{ deletion: "unknown" }, 0],
      [{ deletion: "acknowledged" }, 0],
      [{ plan: { way: "direct" } }, 0],
    ] as [Partial<UploadEntry>, number][]) {
      assert.equal((await complaints(entry, gone)).complaints.length, count);
      assert.equal((await complaints(entry, signed, gone)).complaints.length, count);
    }
  });

  it("let a direct upload, and no other, be rejected for which its user has no room", async () => {
    const rejected = (code: string): Outcome => {
      const body = JSON.stringify({ code: "ImageRejected", reason: { code } });
      return { is: "refused", why: "404", answer: answer(404, "application/json", body) };
    };
    const direct = { plan: { way: "direct" } } as Partial<UploadEntry>;
    for (const [entry, code, count] of [
      [direct, "UserLimitReached", 0],
      [direct, "UnreadableImage", 1],
      [{}, "UserLimitReached", 1],
    ] as const) {
      assert.equal((await complaints(entry, rejected(code))).complaints.length, count);
    }
  });

  it("complain of every other refusal, and of none that was given up", async () => {
    for (const outcome of [refused(403, "InvalidSignature"), refused(400, "InvalidRequest")]) {
      const ledger = await complaints({ deletion: "acknowledged" }, signed, outcome);
      assert.equal(ledger.complaints.length, 1);
    }
    const { complaints: none } = await complaints({}, signed, { is: "unknown" });
    assert.deepEqual(none, []);
  });

  it("take for gone only what says so in the one shape of errors", () => {
    assert.equal(isGone(error(404, "ImageNotFound")), true);
    assert.equal(isGone(error(403, "ImageNotFound")), false);
    assert.equal(isGone(error(404, "NotFound")), false);
    assert.equal(isGone(answer(404, "text/html", '"ImageNotFound"')), false);
  });
});
