import { strict as assert } from "node:assert";
import { forBrowser, hasEnded } from "../../../views/images/browser-url";

describe("a URL of the CDN for a browser", () => {
  const plainHttp = { "127.0.0.1:4443": "http://127.0.0.1:4480" };

  it("is by plain HTTP where the CDN is the local one, with path and query as they were signed", () => {
    assert.equal(
      forBrowser("https://127.0.0.1:4443/i/1/width-64?Expires=1&Signature=a~b-c_", plainHttp),
      "http://127.0.0.1:4480/i/1/width-64?Expires=1&Signature=a~b-c_",
    );
  });

  it("stays as it is where the CDN is any other", () => {
    const url = "https://d1.cloudfront.net/i/1/thumb?Expires=1";
    assert.equal(forBrowser(url, plainHttp), url);
  });

  it("has ended once the second has come that it names, and never without one", () => {
    const url = "https://127.0.0.1:4443/i/1/thumb?Expires=10&Signature=a";
    assert.deepEqual(
      [9_999, 10_000].map((now) => hasEnded(url, now)),
      [false, true],
    );
    assert.equal(hasEnded("https://127.0.0.1:4443/i/1/thumb", 10_000), false);
  });
});
