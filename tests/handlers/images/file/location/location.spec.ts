import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { bytesInMemory } from "../../../../../handlers/images/file/bytes";
import { inspect } from "../../../../../handlers/images/file/inspect";
import { locationPatches } from "../../../../../handlers/images/file/location/location";
import {
  gifExtension,
  insertIntoGif,
  insertIntoJpeg,
  insertIntoPng,
  jpegSegment,
  pngChunk,
  webpChunk,
  webpFile,
  webpHeader,
  webpPixels,
} from "../../../../support/image-files";
import { imageFormats, makeImage } from "../../../../support/images";
import { app1, assertNoPlace, exif, place, resource, strip } from "./support";

const properties =
  `<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" dc:title="GPS trip" ` +
  `exif:GPSLatitude="48,51.5N" exif:GPSLongitude='2,17E' exif:ISO="100">` +
  `<exif:GPSAltitude>SECRETPLACE</exif:GPSAltitude><exif:GPSProcessingMethod/>` +
  `<drone-dji:GpsLatitude a="b">SECRETPLACE</drone-dji:GpsLatitude><dc:kept>yes</dc:kept>` +
  `</rdf:Description>`;
const xmp = Buffer.from(`<?xpacket begin="\ufeff"?><x:xmpmeta>${properties}</x:xmpmeta>`);

/** Positions of the bytes that differ. */
function changes(one: Buffer, other: Buffer): number[] {
  return [...one.keys()].filter((at) => one[at] !== other[at]);
}

describe("locationPatches", function () {
  this.timeout(60_000);
  const images: Record<string, Buffer> = {};
  before(async () => {
    for (const format of Object.keys(imageFormats) as (keyof typeof imageFormats)[]) {
      images[format] = await makeImage(format);
    }
  });
  const image = (format: string) => images[format] ?? Buffer.alloc(0);

  const withExif: Record<string, (data: Buffer) => Buffer> = {
    jpeg: (data) => insertIntoJpeg(image("jpeg"), app1("Exif\0\0", data)),
    png: (data) => insertIntoPng(image("png"), "IDAT", pngChunk("eXIf", data)),
    webp: (data) =>
      webpFile(webpHeader(8, 8, 8), webpPixels(image("webp")), webpChunk("EXIF", data)),
    "webp with a prefix": (data) =>
      webpFile(
        webpHeader(8, 8, 8),
        webpPixels(image("webp")),
        webpChunk("EXIF", Buffer.concat([Buffer.from("Exif\0\0"), data])),
      ),
  };
  const withXmp: Record<string, (data: Buffer) => Buffer> = {
    jpeg: (data) => insertIntoJpeg(image("jpeg"), app1("http://ns.adobe.com/xap/1.0/\0", data)),
    png: (data) =>
      insertIntoPng(
        image("png"),
        "IDAT",
        pngChunk("iTXt", Buffer.concat([Buffer.from("XML:com.adobe.xmp\0\0\0\0\0"), data])),
      ),
    webp: (data) =>
      webpFile(webpHeader(8, 8, 4), webpPixels(image("webp")), webpChunk("XMP ", data)),
    gif: (data) => {
      const trailer = Buffer.from([1, ...Array.from({ length: 256 }, (_, at) => 255 - at), 0]);
      const text = Buffer.concat([Buffer.from("\x21\xff\x0bXMP DataXMP", "latin1"), data, trailer]);
      return insertIntoGif(image("gif"), text);
    },
  };

  for (const format of ["jpeg", "png", "webp", "gif"]) {
    it(`finds nothing in a ${format} that says nothing, or other things`, async () => {
      assert.deepEqual(await strip(image(format)), image(format));
      const described = withXmp[format]?.(Buffer.from(`<a b="GPS" c:d="gps:x"><e:f>GPS</e:f></a>`));
      assert.ok(described);
      assert.deepEqual(await strip(described), described);
    });
  }

  for (const [format, make] of Object.entries(withExif)) {
    for (const isLittle of [true, false]) {
      it(`blanks GPS data alone in the EXIF of a ${format}, ${isLittle ? "II" : "MM"}`, async () => {
        const data = exif({ isLittle });
        const file = make(data);
        const result = await strip(file);
        assertNoPlace(result);
        const start = file.indexOf(data.subarray(0, 40));
        const allowed = (at: number) =>
          (at >= 34 && at < 46) || (at >= 80 && at < 106) || (at >= 170 && at < 181);
        const checksum = start + data.length;
        const others = changes(file, result).filter(
          (at) =>
            !allowed(at - start) && !(format === "png" && at >= checksum && at < checksum + 4),
        );
        assert.deepEqual(others, []);
        assert.ok(result.includes("Maker-1"));
        const { orientation } = await inspect(bytesInMemory(result), undefined, 1_000_000);
        assert.equal(orientation, 6);
        assert.equal((await sharp(result).metadata()).orientation, 6);
        assert.deepEqual(await sharp(result).raw().toBuffer(), await sharp(file).raw().toBuffer());
        assert.deepEqual(await strip(result), result);
      });
    }

    it(`blanks what the thumbnail of a ${format} says`, async () => {
      const result = await strip(make(exif({ inThumbnail: true })));
      assertNoPlace(result);
      assert.ok(result.includes("Maker-1"));
    });

    it(`blanks all of the EXIF of a ${format} but the orientation where GPS data lie unclear`, async () => {
      const spoiled: ((data: Buffer) => void)[] = [
        (data) => data.writeUInt32LE(5000, 42),
        (data) => data.writeUInt16LE(60_000, 80),
        (data) => data.writeUInt32LE(60_000, 98),
        (data) => data.writeUInt32LE(12, 102),
        (data) => data.writeUInt16LE(2, 36),
        (data) => data.writeUInt32LE(4, 42),
        (data) => data.writeUInt16LE(99, 96),
      ];
      for (const spoil of spoiled) {
        const data = exif();
        spoil(data);
        const result = await strip(make(data));
        assertNoPlace(result);
        assert.ok(!result.includes("Maker-1"));
        const { orientation } = await inspect(bytesInMemory(result), undefined, 1_000_000);
        assert.equal(orientation, 6);
        await sharp(result).raw().toBuffer();
      }
    });

    it(`leaves of the EXIF of a ${format} an orientation in a longer number than it should be`, async () => {
      const data = exif({ isLittle: false });
      data.writeUInt16BE(4, 24);
      data.writeUInt32BE(6, 30);
      data.writeUInt32BE(5000, 42);
      const file = make(data);
      for (const bytes of [file, await strip(file)]) {
        const { orientation } = await inspect(bytesInMemory(bytes), undefined, 1_000_000);
        assert.equal(orientation, 6);
      }
    });

    it(`is stopped by no EXIF of a ${format} that is broken anywhere`, async () => {
      for (let at = 0; at < 110; at += 3) {
        for (const value of [0, 0xff]) {
          const data = exif();
          data[at] = value;
          const result = await strip(make(data));
          assert.ok(!result.includes(place) || at >= 8, `${at} ${value}`);
        }
      }
      for (const length of [0, 1, 7, 8, 20, 60, 90]) {
        await strip(make(exif().subarray(0, length)));
      }
    });
  }

  for (const [format, make] of Object.entries(withXmp)) {
    it(`blanks GPS properties alone in the XMP of a ${format}`, async () => {
      const file = make(xmp);
      const result = await strip(file);
      assertNoPlace(result);
      for (const kept of ['dc:title="GPS trip"', 'exif:ISO="100"', "<dc:kept>yes</dc:kept>"]) {
        assert.ok(result.includes(kept), kept);
      }
      assert.doesNotMatch(result.toString("latin1"), /:gps/i);
      assert.deepEqual(await sharp(result).raw().toBuffer(), await sharp(file).raw().toBuffer());
      assert.deepEqual(await strip(result), result);
    });

    it(`blanks all of the XMP of a ${format} where a property has no end`, async () => {
      for (const text of ["<exif:GPSLatitude>SECRETPLACE", 'a exif:GPSLatitude="SECRETPLACE']) {
        assertNoPlace(await strip(make(Buffer.from(`<a>${text}`))));
      }
    });
  }

  it("blanks a property that lies in two segments of extended XMP", async () => {
    const at = xmp.indexOf("SECRETPLACE") + 4;
    const part = (offset: number, data: Buffer) => {
      const header = Buffer.alloc(40, "A");
      header.writeUInt32BE(xmp.length, 32);
      header.writeUInt32BE(offset, 36);
      const prefix = "http://ns.adobe.com/xmp/extension/\0";
      return app1(prefix, Buffer.concat([header, data]));
    };
    const parts = [part(at, xmp.subarray(at)), part(0, xmp.subarray(0, at))];
    const result = await strip(insertIntoJpeg(image("jpeg"), ...parts));
    assert.doesNotMatch(result.toString("latin1"), /SECR|ETPLACE|48,51/);
    assert.ok(result.includes("<dc:kept>yes</dc:kept>"));
    const [first = Buffer.alloc(0)] = parts;
    assertNoPlace(await strip(insertIntoJpeg(image("jpeg"), first)));
  });

  it("finds EXIF in the thumbnail of a JPEG, and in an image behind it", async () => {
    const inner = insertIntoJpeg(image("jpeg"), app1("Exif\0\0", exif()));
    const outer = Buffer.concat([exif({ inThumbnail: true }), inner]);
    assertNoPlace(await strip(insertIntoJpeg(image("jpeg"), app1("Exif\0\0", outer))));
    assertNoPlace(await strip(Buffer.concat([image("jpeg"), inner])));
  });

  const digits = (name: string, data: Buffer) =>
    Buffer.from(`\n${name}\n    ${data.length}\n${data.toString("hex")}\n`);
  const profiles: Record<string, () => Buffer> = {
    "compressed XMP": () =>
      pngChunk(
        "iTXt",
        Buffer.concat([Buffer.from("XML:com.adobe.xmp\0\x01\0\0\0"), deflateSync(xmp)]),
      ),
    "EXIF in digits": () =>
      pngChunk(
        "tEXt",
        Buffer.concat([
          Buffer.from("Raw profile type exif\0"),
          digits("exif", Buffer.concat([Buffer.from("Exif\0\0"), exif()])),
        ]),
      ),
    "EXIF in compressed digits": () =>
      pngChunk(
        "zTXt",
        Buffer.concat([
          Buffer.from("Raw profile type APP1\0\0"),
          deflateSync(digits("generic profile", exif())),
        ]),
      ),
    "what cannot be inflated": () =>
      pngChunk("zTXt", Buffer.from("Raw profile type exif\0\0SECRETPLACE")),
  };
  for (const [what, chunk] of Object.entries(profiles)) {
    it(`blanks all of a text of a PNG that has ${what}`, async () => {
      const result = await strip(insertIntoPng(image("png"), "IDAT", chunk()));
      const { exif: found, xmp: text } = await sharp(result).metadata();
      assert.deepEqual([found, text?.toString().trim() ?? ""], [undefined, ""]);
      assertNoPlace(result);
      assert.match(result.toString("latin1"), /tEXt(?:XML:com|Raw profile)[^\0]*\0 {5}/);
    });
  }

  const values: Record<string, (keyword: string) => Buffer> = {
    "a text": (keyword) => pngChunk("tEXt", Buffer.from(`${keyword}\0SECRETPLACE`)),
    "a compressed text": (keyword) =>
      pngChunk(
        "zTXt",
        Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(Buffer.from("SECRETPLACE"))]),
      ),
    "an international text": (keyword) =>
      pngChunk("iTXt", Buffer.from(`${keyword}\0\0\0\0\0SECRETPLACE`)),
  };
  for (const [what, chunk] of Object.entries(values)) {
    it(`blanks ${what} of a PNG that is a value of EXIF, as ImageMagick writes it`, async () => {
      for (const keyword of [
        "exif:GPSLatitude",
        "exif:GPSInfo",
        "xmp:GPSLongitude",
        "GPSLatitude",
      ]) {
        const file = insertIntoPng(image("png"), "IDAT", chunk(keyword));
        const result = await strip(file);
        assertNoPlace(result);
        assert.match(result.toString("latin1"), new RegExp(`tEXt${keyword}\0 +`));
        assert.deepEqual(await strip(result), result);
      }
      const others = ["exif:Make", "exif:GP", "Comment", "GPS trip", "exif:Flat"].map(chunk);
      const other = insertIntoPng(image("png"), "IDAT", ...others);
      assert.deepEqual(await strip(other), other);
    });
  }

  it("blanks GPS data alone in the EXIF of a PNG that has the prefix of a JPEG's", async () => {
    const data = Buffer.concat([Buffer.from("Exif\0\0"), exif()]);
    const result = await strip(insertIntoPng(image("png"), "IDAT", pngChunk("eXIf", data)));
    assertNoPlace(result);
    assert.ok(result.includes("Maker-1"));
    assert.equal((await inspect(bytesInMemory(result), undefined, 1_000_000)).orientation, 6);
  });

  const packets: Record<string, string> = {
    "other names of drones": `<a drone-dji:Latitude="SECRETPLACE" drone-dji:Longtitude="SECRETPLACE"/>`,
    "names of the W3C": `<a><geo:lat>SECRETPLACE</geo:lat><geo:long>SECRETPLACE</geo:long></a>`,
    "a prefix of several bytes a letter": `<a \u00e9\u6771:GPSLatitude="SECRETPLACE"/>`,
    "elements without a prefix": `<a><GPSLatitude xmlns="x">SECRETPLACE</GPSLatitude></a>`,
    "spaces around": `<a exif:GPSLatitude\n =\t'SECRETPLACE'/>`,
  };
  for (const [what, text] of Object.entries(packets)) {
    it(`blanks properties of XMP with ${what}`, async () => {
      for (const make of Object.values(withXmp)) {
        const kept = '<b dc:plateau="yes" x:longer="yes" x:flat="yes"/>';
        const result = await strip(make(Buffer.from(`${text}${kept}`)));
        assertNoPlace(result);
        assert.ok(result.includes(kept));
      }
    });
  }

  it("blanks GPS data and names of places in Photoshop's resources of a JPEG, and nothing else", async () => {
    const other = resource(
      0x0404,
      Buffer.from("\x1c\x02\x5a\0\x06Berlin\x1c\x02\x78\0\x04Dawn", "latin1"),
      "IPTC",
    );
    for (const [id, data] of [
      [0x0422, exif()],
      [0x0423, exif()],
      [0x0424, xmp],
    ] as const) {
      const resources = Buffer.concat([other, resource(id, data), other]);
      const segment = jpegSegment(0xed, Buffer.concat([Buffer.from("Photoshop 3.0\0"), resources]));
      const result = await strip(insertIntoJpeg(image("jpeg"), segment));
      assertNoPlace(result);
      assert.ok(result.includes("Maker-1") || result.includes("<dc:kept>yes</dc:kept>"));
      assert.equal(result.toString("latin1").split("\x1c\x02\x5a\0\x06      ").length, 3);
      assert.equal(result.toString("latin1").split("Dawn").length, 3);
      assert.ok(!result.includes("Berlin"));
      assert.deepEqual(await strip(result), result);
    }
    const thumbnail = insertIntoJpeg(image("jpeg"), app1("Exif\0\0", exif()));
    for (const data of [resource(0x040c, thumbnail), Buffer.from("8BIM"), Buffer.alloc(0)]) {
      const segment = jpegSegment(0xed, Buffer.concat([Buffer.from("Photoshop 3.0\0"), data]));
      assertNoPlace(await strip(insertIntoJpeg(image("jpeg"), segment)));
    }
  });

  it("takes no time to speak of on a hostile packet", async () => {
    const words = ["<a:gps>", "a", ":a", ' a:gps="', ":lat", "<gps", " a:gps ", "lat-"];
    for (const word of words) {
      // In a text, where there is room for many times what a segment of a JPEG holds.
      const text = Buffer.from(word.repeat(500_000 / word.length));
      const file = withXmp.png?.(text) ?? Buffer.alloc(0);
      await locationPatches(bytesInMemory(file), "image/png");
    }
    const text = Buffer.from("<a:gps>".repeat(9000));
    assertNoPlace(await strip(withXmp.jpeg?.(text) ?? Buffer.alloc(0)));
    await strip(insertIntoGif(image("gif"), gifExtension(0xfe, Buffer.alloc(100_000, "\x21\xff"))));
  });
});
