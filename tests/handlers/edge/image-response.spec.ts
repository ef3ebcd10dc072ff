import assert from "node:assert/strict";
import { validateHeaderValue } from "node:http";
import { assert as check, property, string } from "fast-check";
import { attachment } from "../../../handlers/edge/attachment";
import { parseDisposition } from "../../../handlers/http/content-disposition";
import { imageId, runResponse } from "./run-edge-function";

/** The header Content-Disposition that a download gets. */
async function dispositionOf(download: string, type = "image/webp"): Promise<string> {
  const headers = { "content-type": type };
  const answered = await runResponse(`/i/${imageId}/thumb`, { headers, query: { download } });
  return answered["content-disposition"] ?? "";
}

describe("the CloudFront Function image-response", () => {
  it("says that the format is picked by Accept where it is", async () => {
    for (const text of ["thumb", "width-3", "width-3_format-auto", "format-auto.avif_frames-3"]) {
      assert.equal((await runResponse(`/i/${imageId}/${text}`)).vary, "accept, origin", text);
    }
  });

  it("says that pages of other origins get other headers, where every viewer gets the same", async () => {
    for (const text of ["format-png", "width-3_format-webp", "format-jpeg_watermark-north"]) {
      assert.equal((await runResponse(`/i/${imageId}/${text}`)).vary, "origin", text);
    }
  });

  it("adds to what the answer varies by already", async () => {
    const varyOf = async (vary: string) =>
      (await runResponse(`/i/${imageId}/thumb`, { headers: { vary } })).vary;
    assert.equal(await varyOf("Origin"), "Origin, accept");
    assert.equal(await varyOf("Accept-Encoding"), "Accept-Encoding, accept, origin");
    assert.equal(await varyOf("Accept, Origin"), "Accept, Origin");
    assert.equal(await varyOf("*"), "*");
    assert.equal(await varyOf(""), "accept, origin");
  });

  it("leaves the other headers as they are", async () => {
    const headers = { "content-type": "image/webp", etag: '"x"', "cache-control": "public" };
    const answered = await runResponse(`/i/${imageId}/format-webp`, { headers });
    assert.deepEqual(answered, { ...headers, vary: "origin" });
  });

  it("names a download, with the extension of what it is", async () => {
    assert.equal(
      await dispositionOf("photo.jpg"),
      "attachment; filename=\"photo.webp\"; filename*=UTF-8''photo.webp",
    );
    assert.equal(
      await dispositionOf("photo.jpg", "image/jpeg"),
      "attachment; filename=\"photo.jpg\"; filename*=UTF-8''photo.jpg",
    );
    assert.equal(
      await dispositionOf("my.notes", "image/avif"),
      "attachment; filename=\"my.notes.avif\"; filename*=UTF-8''my.notes.avif",
    );
  });

  it("names a download in any script", async () => {
    assert.equal(
      await dispositionOf(encodeURIComponent("Häfen ☀ 100%")),
      "attachment; filename=\"H_fen _ 100_.webp\"; filename*=UTF-8''H%C3%A4fen%20%E2%98%80%20100%25.webp",
    );
  });

  for (const [download, name] of [
    ["", "image.webp"],
    [".", "image.webp"],
    ["..", "image.webp"],
    [".png", "image.webp"],
    ["..%2F..%2Fetc%2Fpasswd", "_.._etc_passwd.webp"],
    ["C%3A%5Cx", "C__x.webp"],
    ["a%0D%0ASet-Cookie:%20b", "aSet-Cookie_ b.webp"],
    ["a%22;%20filename=%22b.exe", "a_; filename=_b.exe.webp"],
    ["%E2%80%AEgpj.exe", "gpj.exe.webp"],
    ["100%", "100%.webp"],
    ["%C3%28", "%C3%28.webp"],
    ["a'b(c)*d!", "a'b(c)_d!.webp"],
    ["n".repeat(300), `${"n".repeat(100)}.webp`],
    ["%F0%9F%98%80".repeat(300), `${"😀".repeat(100)}.webp`],
  ] as const) {
    it(`makes ${name.slice(0, 30)} of ${JSON.stringify(download).slice(0, 40)}`, async () => {
      const header = await dispositionOf(download);
      assert.equal(parseDisposition(header).fileName, name);
      assert.match(header, /^attachment; filename="[ -~]*"; filename\*=UTF-8''[\w.~%-]*$/);
    });
  }

  it("makes a header of every name that there is, and one parameter of each kind", () => {
    check(
      property(string({ unit: "binary" }), string({ unit: "binary" }), (name, type) => {
        for (const given of [name, encodeURIComponent(name)]) {
          const header = attachment(given, type);
          validateHeaderValue("content-disposition", header);
          assert.match(header, /^attachment; filename="[^"\\%]*"; filename\*=UTF-8''[\w.~%-]+$/);
        }
      }),
    );
  });
});
