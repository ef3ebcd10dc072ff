import { strict as assert } from "node:assert";
import { ImagesApi } from "../../../views/images/images-api";
import { ApiFailure } from "../../../views/images/api-failure";
import type { Answer, Sent } from "../../../views/images/transport";

/** The API of a stack that gives `answers` one after the other, and what it is asked. */
function apiThatAnswers(...answers: Answer[]): { api: ImagesApi; sent: Sent[] } {
  const sent: Sent[] = [];
  const api = new ImagesApi(
    "http://api/v1",
    () => Promise.resolve({ "x-api-key": "key" }),
    (request) => {
      sent.push(request);
      return Promise.resolve(answers.shift() ?? { status: 500, body: "" });
    },
  );
  return { api, sent };
}

const ok = (body: unknown): Answer => ({ status: 200, body: JSON.stringify(body) });

describe("the image API in the page", () => {
  it("sends its credentials with every request", async () => {
    const { api, sent } = apiThatAnswers(ok({ images: [], count: 0, hasMore: false }));
    await api.list({}, []);
    assert.deepEqual(
      sent.map(({ method, url, headers }) => ({ method, url, headers })),
      [{ method: "GET", url: "http://api/v1/images", headers: { "x-api-key": "key" } }],
    );
  });

  it("asks for a list by user, tag and cursor, with the URLs of presets, and leaves out what is empty", async () => {
    const page = ok({ images: [], count: 0, hasMore: false });
    const { api, sent } = apiThatAnswers(page, page);
    await api.list({ userId: "ada & bob", tag: "album:a/b" }, ["thumb", "large"], "c=1");
    await api.list({ userId: "", tag: "" }, ["thumb"]);
    assert.deepEqual(
      sent.map(({ url }) => url),
      [
        "http://api/v1/images?userId=ada+%26+bob&tag=album%3Aa%2Fb&preset=thumb%2Clarge&cursor=c%3D1",
        "http://api/v1/images?preset=thumb",
      ],
    );
  });

  it("has a URL signed for the operations of a query", async () => {
    const { api, sent } = apiThatAnswers(ok({ url: "https://cdn/i/1/width-64" }));
    assert.equal(await api.renditionUrl("1", "width=64&crop=1,2,3,4"), "https://cdn/i/1/width-64");
    assert.equal(sent[0]?.url, "http://api/v1/images/1/url?width=64&crop=1%2C2%2C3%2C4");
  });

  it("changes what it is given, and nothing else", async () => {
    const { api, sent } = apiThatAnswers(ok({ metadata: { imageId: "1" } }));
    await api.update("1", { tags: {}, focalPoint: null });
    assert.deepEqual([sent[0]?.method, sent[0]?.body], ["PATCH", '{"tags":{},"focalPoint":null}']);
  });

  it("deletes an image, which has no answer", async () => {
    const { api, sent } = apiThatAnswers({ status: 204, body: "" });
    await api.remove("1/2");
    assert.deepEqual([sent[0]?.method, sent[0]?.url], ["DELETE", "http://api/v1/images/1%2F2"]);
  });

  it("fails in the words of the API", async () => {
    const body = JSON.stringify({ error: "No such image.", code: "ImageNotFound", requestId: "r" });
    const { api } = apiThatAnswers({ status: 404, body });
    await assert.rejects(
      api.get("1"),
      (error) => error instanceof ApiFailure && error.message === "No such image.",
    );
  });

  it("fails at a success that is no JSON", async () => {
    const { api } = apiThatAnswers({ status: 200, body: "<html>" });
    await assert.rejects(api.get("1"), /The answer 200 is no JSON/);
  });

  const refusal = (status: number, code: string): Answer => ({
    status,
    body: JSON.stringify({ error: "No.", code }),
  });

  /** How many requests are sent by credentials that are others each time that they are refused. */
  async function requestsAfter(answer: Answer, isNew = true): Promise<unknown[]> {
    const keys: unknown[] = [];
    const answers = [answer, ok({ userId: "ada" })];
    const api = new ImagesApi(
      "http://api/v1",
      (isRefused) => Promise.resolve({ "x-api-key": isRefused && isNew ? "new" : "old" }),
      ({ headers }) => {
        keys.push(headers?.["x-api-key"]);
        return Promise.resolve(answers.shift() ?? assert.fail("asked once more"));
      },
    );
    await api.me().catch((error: unknown) => {
      assert.ok(error instanceof ApiFailure);
    });
    return keys;
  }

  it("asks once more when who asks is refused, if there are other credentials", async () => {
    assert.deepEqual(await requestsAfter(refusal(403, "InvalidApiKey")), ["old", "new"]);
    assert.deepEqual(await requestsAfter(refusal(401, "InvalidToken")), ["old", "new"]);
    assert.deepEqual(await requestsAfter(refusal(401, "InvalidToken"), false), ["old"]);
    assert.deepEqual(await requestsAfter(refusal(403, "UserLimitReached")), ["old"]);
    assert.deepEqual(await requestsAfter(refusal(404, "ImageNotFound")), ["old"]);
  });
});
