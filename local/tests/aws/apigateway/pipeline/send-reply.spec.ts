import assert from "node:assert/strict";
import { gunzipSync, inflateSync } from "node:zlib";
import { inLab, ok, openApi, proxied, raw } from "../lab";

const document = openApi({ "/things": { get: proxied() } });
const body = "x".repeat(1000);

describe("compressReply", () => {
  it("compresses replies from the minimum size on for clients that accept it", () =>
    inLab(async (lab) => {
      lab.invoke = () => ok({ body });
      const { url } = await lab.deploy(document, { minimumCompressionSize: 1000 });
      const get = (encoding: string) =>
        raw(url, "/things", { headers: { "Accept-Encoding": encoding } });
      const gzipped = await get("br, gzip");
      assert.equal(gzipped.headers["content-encoding"], "gzip");
      assert.equal(gunzipSync(gzipped.body).toString(), body);
      assert.equal(inflateSync((await get("deflate")).body).toString(), body);
      assert.equal((await get("br")).body.toString(), body);
      lab.invoke = () => ok({ body: body.slice(1) });
      assert.equal((await get("gzip")).body.toString(), body.slice(1));
    }));

  it("leaves replies alone that are encoded already, and all where no size is set", () =>
    inLab(async (lab) => {
      const headers = { "Accept-Encoding": "gzip" };
      lab.invoke = () => ok({ body, headers: { "Content-Encoding": "identity" } });
      const first = await lab.deploy(document, { minimumCompressionSize: 0 });
      assert.equal((await raw(first.url, "/things", { headers })).body.toString(), body);
      lab.invoke = () => ok({ body });
      const second = await lab.deploy(document);
      assert.equal((await raw(second.url, "/things", { headers })).body.toString(), body);
    }));
});
