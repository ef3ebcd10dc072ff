import { strict as assert } from "node:assert";
import {
  ApiFailure,
  asFailure,
  failureOf,
  mayPass,
  unreachable,
} from "../../../views/images/api-failure";

describe("what a refused request says", () => {
  it("is the API's sentence, its code, its request id and its problems", () => {
    const details = [{ field: "width", problem: "must be a whole number", pointer: "/width" }];
    const body = { error: "width must be …", code: "InvalidRequest", requestId: "r-1", details };
    const { message, status, code, requestId, ...rest } = failureOf(400, JSON.stringify(body));
    assert.deepEqual(
      [message, status, code, requestId, rest.details],
      ["width must be …", 400, "InvalidRequest", "r-1", details],
    );
  });

  it("is that of S3, which speaks XML", () => {
    const xml =
      "<?xml version='1.0'?><Error><Code>EntityTooLarge</Code><Message>Too large</Message><RequestId>A1</RequestId></Error>";
    const { message, code, requestId, details } = failureOf(400, xml);
    assert.deepEqual(
      [message, code, requestId, details],
      ["Too large", "EntityTooLarge", "A1", []],
    );
  });

  for (const [what, body] of [
    ["nothing", ""],
    ["a page", "<html>Bad gateway</html>"],
    ["JSON of another kind", '{"message":"Forbidden"}'],
    ["JSON that is no object", "null"],
  ] as const) {
    it(`is the status where the answer is ${what}`, () => {
      const failure = failureOf(502, body);
      assert.equal(failure.message, "The answer is 502, and says no more.");
      assert.equal(failure.status, 502);
    });
  }

  it("names who does not answer, and what to look at", () => {
    const { message } = unreachable("http://127.0.0.1:4000/v1/images?userId=ada");
    assert.match(message, /^http:\/\/127\.0\.0\.1:4000 does not answer.*allowedOrigins/);
    assert.ok(!message.includes("ada"));
  });

  it("is kept as it is, and anything else that was thrown becomes one", () => {
    const failure = failureOf(404, "");
    assert.equal(asFailure(failure), failure);
    assert.equal(asFailure(new RangeError("too far")).message, "RangeError: too far");
  });

  for (const [status, code, passes] of [
    [undefined, undefined, true],
    [undefined, "UnreadableImage", false],
    [401, "InvalidToken", true],
    [409, "RequestInProgress", true],
    [413, "ImageTooLarge", false],
    [415, "ContentTypeMismatch", false],
    [429, "TooManyRequests", true],
    [503, undefined, true],
  ] as const) {
    it(`may ${passes ? "" : "not "}pass after ${status ?? "no status"} ${code ?? ""}`, () => {
      assert.equal(mayPass(new ApiFailure("", { status, code })), passes);
    });
  }
});
