import assert from "node:assert/strict";
import * as z from "zod/mini";
import {
  fetchJson,
  IssuerUnavailableError,
  maxAnswerBytes,
} from "../../../../handlers/users/tokens/fetch-json";
import { type Answer, answerJson, answerStatus, useIssuer } from "../../token-issuer";

const Named = z.object({ name: z.string() });

describe("fetchJson", () => {
  const issuer = useIssuer();
  const url = () => `${issuer().url}/names`;
  const ask = (signal = new AbortController().signal) => fetchJson(url(), "a name", Named, signal);

  async function failure(answer: Answer, signal?: AbortSignal): Promise<string> {
    issuer().answers.set("/names", answer);
    const error: unknown = await ask(signal).catch((it: unknown) => it);
    assert.ok(error instanceof IssuerUnavailableError);
    return error.message.replace(url(), "URL");
  }

  it("takes what is answered as the schema says", async () => {
    issuer().answers.set("/names", answerJson({ name: "ada", more: 1 }));
    assert.deepEqual(await ask(), { name: "ada" });
  });

  it("keeps no connection, which would not outlive the freezing of a function", async () => {
    const asked: unknown[] = [];
    issuer().answers.set("/names", (response) => {
      asked.push(response.req.headers.connection);
      response.end('{"name":"ada"}');
    });
    await ask();
    assert.deepEqual(asked, ["close"]);
  });

  it("takes an answer as long as is accepted, and none that is longer", async () => {
    const rest = JSON.stringify({ name: "" }).length;
    const name = "n".repeat(maxAnswerBytes - rest);
    issuer().answers.set("/names", answerJson({ name }));
    assert.deepEqual(await ask(), { name });
    assert.equal(
      await failure(answerJson({ name: `${name}n` })),
      `URL answers more than ${maxAnswerBytes} bytes.`,
    );
  });

  it("stops reading an answer without an end", async () => {
    let isClosed: Promise<unknown> | undefined;
    const endless: Answer = (response) => {
      isClosed = new Promise((resolve) => response.once("close", resolve));
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
      };
      response.on("drain", more);
      more();
    };
    assert.equal(await failure(endless), `URL answers more than ${maxAnswerBytes} bytes.`);
    await isClosed;
  });

  for (const status of [201, 204, 301, 302, 307, 308, 304, 401, 404, 500, 503]) {
    it(`takes nothing of an answer of ${status}, and follows none`, async () => {
      const elsewhere = { Location: `${issuer().url}/elsewhere` };
      assert.equal(
        await failure(answerStatus(status, elsewhere)),
        `URL answers ${status} instead of 200.`,
      );
      assert.deepEqual(issuer().requests, ["/names"]);
    });
  }

  for (const text of ["", "<html>", "null", "[]", '{"name":1}', '{"other":"x"}', "{"]) {
    it(`takes nothing of ${JSON.stringify(text)}`, async () => {
      const answer: Answer = (response) => void response.end(text);
      assert.equal(await failure(answer), "What URL answers is not a name.");
    });
  }

  it("ends with the signal, whether before an answer or within one", async () => {
    for (const begin of [false, true]) {
      const controller = new AbortController();
      const answer: Answer = (response) => {
        if (begin) {
          response.write("{");
        }
        controller.abort();
      };
      assert.equal(await failure(answer, controller.signal), "URL does not answer.");
    }
  });

  it("says so where the connection breaks", async () => {
    assert.equal(await failure((response) => response.destroy()), "URL does not answer.");
  });
});
