import assert from "node:assert/strict";
import sharp from "sharp";
import { bytesInMemory } from "../../../../handlers/images/file/bytes";
import { lacksScreen, screenPages, withScreen } from "../../../../handlers/images/file/gif-screen";
import { inspect } from "../../../../handlers/images/file/inspect";

async function gifOn(width: number, height: number): Promise<Buffer> {
  const background = { r: 255, g: 0, b: 0 };
  const gif = await sharp({ create: { width: 2, height: 1, channels: 3, background } })
    .gif()
    .toBuffer();
  gif.writeUInt16LE(width, 6);
  gif.writeUInt16LE(height, 8);
  return gif;
}

describe("withScreen", function () {
  this.timeout(60_000);

  // Sizes whose codes end in every place: within the first ones, as they grow, as their table is full.
  const sizes: [number, number][] = [
    ...Array.from({ length: 40 }, (_, index): [number, number] => [index + 2, 1]),
    [640, 480],
    [3, 2049],
    [2731, 3063],
    [2896, 2896],
    [2897, 2897],
    [6000, 5000],
  ];
  it("has decoders show the screen, and the frame on it alone", async () => {
    for (const [width, height] of sizes) {
      const gif = withScreen(await gifOn(width, height), { width: 2, height: 1 });
      const { pages } = await sharp(gif).metadata();
      assert.equal(pages, 1 + screenPages);
      const { data, info } = await sharp(gif, { page: screenPages, failOn: "warning" })
        .raw()
        .toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.width, info.height, info.channels], [width, height, 4]);
      const shown = data.filter((value, at) => at % 4 === 3 && value > 0);
      assert.equal(shown.length, 2, `${width} × ${height}`);
      const whole = await inspect(bytesInMemory(gif), "image/gif", width * height);
      assert.deepEqual(whole, { contentType: "image/gif", width, height });
    }
  });

  it("goes as far as a decoder has enlarged the screen for a frame", async () => {
    const gif = withScreen(await gifOn(30, 20), { width: 31, height: 25 });
    const { width, height } = await sharp(gif).metadata();
    assert.deepEqual([width, height], [31, 25]);
  });

  it("takes a few bytes", async () => {
    const gif = await gifOn(6000, 5000);
    assert.ok(withScreen(gif, { width: 2, height: 1 }).length < gif.length + 25_000);
  });
});

describe("lacksScreen", () => {
  it("tells whether a decoder has less than the screen", async () => {
    const gif = bytesInMemory(await gifOn(640, 480));
    assert.ok(await lacksScreen(gif, { width: 2, height: 480, hasAlpha: true }));
    assert.ok(await lacksScreen(gif, { width: 640, height: 1, hasAlpha: true }));
    assert.ok(!(await lacksScreen(gif, { width: 640, height: 481, hasAlpha: true })));
  });

  it("tells whether a decoder takes a screen for opaque that is not covered", async () => {
    for (const [width, height, isCut] of [
      [2, 1, false],
      [3, 1, true],
      [2, 2, true],
    ] as const) {
      const gif = bytesInMemory(await gifOn(width, height));
      assert.equal(await lacksScreen(gif, { width, height, hasAlpha: false }), isCut);
    }
  });
});
