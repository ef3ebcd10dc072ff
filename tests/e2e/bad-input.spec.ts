import { strict as assert } from "node:assert";
import { makeImage } from "../support/images";
import { type Answer, assertError, call, postJson } from "./support/api";
import { storedImages } from "./support/stack";
import { useStack } from "./support/use-stack";

/** Everything here is refused in the one error shape and leaves nothing behind. */
describe("a bad upload", () => {
  const stack = useStack();
  let png: Buffer = Buffer.alloc(0);
  let stored: string[] = [];

  before(async () => {
    png = await makeImage("png");
    stored = await storedImages(stack());
  });
  afterEach("nothing is left behind", async () => {
    assert.deepEqual(await storedImages(stack()), stored);
  });

  function upload(change: Record<string, unknown>): Promise<Answer> {
    return postJson(stack(), "/images", {
      image_data: png.toString("base64"),
      content_type: "image/png",
      user_id: "bad-input",
      ...change,
    });
  }

  function raw(body: Buffer, contentType: string, query = "?userId=bad-input") {
    return call(stack(), `/images${query}`, {
      method: "POST",
      headers: { "content-type": contentType },
      body,
    });
  }

  for (const [what, body] of [
    ["no body", ""],
    ["null", "null"],
    ["a number", "5"],
    ["an array", "[]"],
    ["malformed JSON", '{"image_data":'],
    ["an empty object", "{}"],
  ] as const) {
    it(`answers 400 to ${what}`, async () => {
      assertError(await postJson(stack(), "/images", body), 400);
    });
  }

  for (const [what, status, change] of [
    ["a user id that climbs", 400, { user_id: "../../admin" }],
    ["an empty user id", 400, { user_id: "" }],
    ["a user id of 129 characters", 400, { user_id: "u".repeat(129) }],
    ["a user id with a control character", 400, { user_id: "a\u0000b" }],
    ["a numeric user id", 400, { user_id: 7 }],
    ["a name of 256 characters", 400, { image_name: "n".repeat(256) }],
    ["a fractional number in the tags", 400, { tags: { ratio: 1.5 } }],
    ["nested tags", 400, { tags: { a: { b: "c" } } }],
    [
      "51 tags",
      400,
      { tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, ""])) },
    ],
    ["tags that are a list", 400, { tags: ["a"] }],
    ["text that is no base64", 400, { image_data: "<<<%%%>>>" }],
    ["base64 with half of its padding", 400, { image_data: "iVBORw0KGg=" }],
    ["an empty image", 400, { image_data: "" }],
    ["a data: prefix of another type", 400, { image_data: "data:image/gif;base64,iVBORw0KGgo=" }],
    ["an unknown content type", 415, { content_type: "image/tiff" }],
    ["text as an image", 415, { content_type: "text/html" }],
  ] as const) {
    it(`answers ${status} to ${what}`, async () => {
      assertError(await upload(change), status);
    });
  }

  it("answers 415 to HTML that claims to be a PNG", async () => {
    const html = Buffer.from("<!doctype html><script>alert(1)</script>");
    assertError(await upload({ image_data: html.toString("base64") }), 415);
    assertError(await raw(html, "image/png"), 415);
  });

  it("answers 415 to a PNG that claims to be a JPEG", async () => {
    assertError(await raw(png, "image/jpeg"), 415);
  });

  it("answers 415 to an unknown type of body", async () => {
    assertError(await raw(png, "application/pdf"), 415);
  });

  it("answers 400 to an empty raw body", async () => {
    assertError(await raw(Buffer.alloc(0), "image/png"), 400);
  });

  it("answers 413 to an image of 7 MB", async () => {
    const image = Buffer.concat([png, Buffer.alloc(7_000_000)]);
    assertError(await raw(image, "image/png"), 413);
    assertError(await upload({ image_data: image.toString("base64") }), 413);
  });

  it("answers 413 to an image just over the limit", async () => {
    const image = Buffer.concat([png, Buffer.alloc(4 * 1024 * 1024 + 1 - png.length)]);
    assertError(await raw(image, "image/png"), 413);
  });

  it("answers 413 to a few bytes that claim to be 3,600 million pixels", async () => {
    const bomb = Buffer.from(png);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    const answer = await raw(bomb, "image/png");
    assertError(answer, 413, "TooManyPixels");
    assert.equal(answer.body.maxPixels, 100_000_000);
    assertError(await upload({ image_data: bomb.toString("base64") }), 413, "TooManyPixels");
  });

  it("answers 415 to an image whose header is cut off", async () => {
    assertError(await raw(png.subarray(0, 20), "image/png"), 415, "UnreadableImage");
  });

  it("answers 413 to a body of 11 MB", async () => {
    assertError(await raw(Buffer.alloc(11_000_000), "image/png"), 413);
  });

  it("answers 400 to a truncated form, and to one with a wrong boundary", async () => {
    const form = Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="user_id"\r\n\r\nbad-input\r\n'),
      Buffer.from('--b\r\nContent-Disposition: form-data; name="image"; filename="i.png"\r\n'),
      Buffer.from("Content-Type: image/png\r\n\r\n"),
      png,
    ]);
    assertError(await raw(form, "multipart/form-data; boundary=b", ""), 400);
    const whole = Buffer.concat([form, Buffer.from("\r\n--b--\r\n")]);
    assertError(await raw(whole, "multipart/form-data; boundary=other", ""), 400);
    assertError(await raw(whole, "multipart/form-data", ""), 400);
  });

  it("answers 400 to a query parameter that comes twice", async () => {
    assertError(await raw(png, "image/png", "?userId=a&userId=b"), 400);
    assertError(await call(stack(), "/images?limit=1&limit=2"), 400);
  });

  for (const limit of ["abc", "0", "-1", "1.5", "", "1e2"]) {
    it(`answers 400 to a list with limit=${limit}`, async () => {
      assertError(await call(stack(), `/images?limit=${limit}`), 400);
    });
  }
});
