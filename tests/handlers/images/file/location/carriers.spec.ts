import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { bytesInMemory } from "../../../../../handlers/images/file/bytes";
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
import { makeImage } from "../../../../support/images";
import { app1, assertNoPlace, exif, place, resource, strip } from "./support";

const text = (value: string) => Buffer.from(value, "latin1");

/** A TIFF header and one directory, of values that are long enough to lie behind it. */
function tiff(values: readonly (readonly [tag: number, value: Buffer])[]): Buffer {
  const header = Buffer.alloc(8 + 2 + values.length * 12 + 4);
  header.write("II*\0", "latin1");
  header.writeUInt32LE(8, 4);
  header.writeUInt16LE(values.length, 8);
  let end = header.length;
  for (const [index, [tag, value]] of values.entries()) {
    const at = 10 + index * 12;
    header.writeUInt16LE(tag, at);
    header.writeUInt16LE(7, at + 2);
    header.writeUInt32LE(value.length, at + 4);
    header.writeUInt32LE(end, at + 8);
    end += value.length;
  }
  return Buffer.concat([header, ...values.map(([, value]) => value)]);
}

/** What is decoded of a file, also of one that decoders warn of. */
async function pixelsOf(file: Buffer): Promise<Buffer> {
  return await sharp(file, { failOn: "none", animated: true }).raw().toBuffer();
}

/** A data set of IPTC. */
function iptc(number: number, value: Buffer): Buffer {
  const header = Buffer.of(0x1c, 2, number, 0, 0);
  header.writeUInt16BE(value.length, 3);
  return Buffer.concat([header, value]);
}

describe("locationPatches, of what else may have a location", function () {
  this.timeout(60_000);
  const images: Record<string, Buffer> = {};
  before(async () => {
    for (const format of ["jpeg", "png", "webp", "gif"] as const) {
      images[format] = await makeImage(format);
    }
  });
  const image = (format: string) => images[format] ?? Buffer.alloc(0);

  const jpeg = (...inserted: Buffer[]) => insertIntoJpeg(image("jpeg"), ...inserted);
  const png = (...inserted: Buffer[]) => insertIntoPng(image("png"), "IDAT", ...inserted);
  const webp = (...inserted: Buffer[]) =>
    webpFile(webpHeader(8, 8, 8), webpPixels(image("webp")), ...inserted);
  const withExif: Record<string, (data: Buffer) => Buffer> = {
    jpeg: (data) => jpeg(app1("Exif\0\0", data)),
    png: (data) => png(pngChunk("eXIf", data)),
    webp: (data) => webp(webpChunk("EXIF", data)),
  };

  /** Strips a file of which nothing but what is blanked may change, and its pixels not at all. */
  async function stripped(file: Buffer, ...kept: string[]): Promise<Buffer> {
    const result = await strip(file);
    assertNoPlace(result);
    for (const part of kept) {
      assert.ok(result.includes(part, undefined, "latin1"), part);
    }
    assert.deepEqual(await pixelsOf(result), await pixelsOf(file));
    assert.deepEqual(await strip(result), result, "repeated");
    return result;
  }

  describe("behind the image", () => {
    const video = Buffer.concat([
      text("\0\0\0\x18ftypmp42"),
      Buffer.alloc(300_000, "video"),
      place,
    ]);
    const trailers: Record<string, () => Buffer> = {
      "a text": () => place,
      "a video": () => video,
      "EXIF in a PNG": () => png(pngChunk("eXIf", exif())),
      "EXIF in a chunk": () => pngChunk("eXIf", exif()),
      "EXIF in a chunk of RIFF": () => webpChunk("EXIF", exif()),
      "what begins as an image": () => Buffer.concat([text("\xff\xd8\xff\xe0\0\x04"), video]),
      "an image that is cut off": () =>
        jpeg(jpegSegment(0xfe, place)).subarray(0, image("jpeg").length - 2),
    };
    for (const format of ["jpeg", "png", "webp", "gif"]) {
      for (const [what, trailer] of Object.entries(trailers)) {
        it(`blanks ${what} in a ${format}`, async () => {
          const result = await stripped(Buffer.concat([image(format), trailer()]));
          assert.ok(result.subarray(0, image(format).length).equals(image(format)));
          assert.ok(result.subarray(image(format).length).every((byte) => byte === 0));
        });
      }

      it(`leaves zeros behind a ${format} as they are`, async () => {
        const file = Buffer.concat([image(format), Buffer.alloc(5000)]);
        assert.deepEqual(await strip(file), file);
      });
    }

    it("leaves further images of a JPEG, whatever lies around them", async () => {
      const further = jpeg(app1("Exif\0\0", exif()), jpegSegment(0xe2, text("MPF\0further")));
      for (const rest of [[further], [place, further, Buffer.alloc(9), further, place]]) {
        const result = await stripped(Buffer.concat([image("jpeg"), ...rest]), "MPF\0further");
        const second = result.subarray(result.lastIndexOf(Buffer.of(0xff, 0xd8, 0xff)));
        await sharp(second).raw().toBuffer();
        assert.ok(second.includes("Maker-1"));
      }
    });

    it("takes no time to speak of on many that begin as images", async () => {
      const begins = Buffer.alloc(2_000_000, text("\xff\xd8\xff\xe0\0\x08JFIF\0\0"));
      await stripped(Buffer.concat([image("jpeg"), begins, place]));
    });
  });

  describe("in parts of which nobody knows what they say", () => {
    it("blanks segments of a JPEG but those that are harmless", async () => {
      const known = [
        [0xe0, "JFIF\0-known"],
        [0xe2, "ICC_PROFILE\0-known"],
        [0xe2, "MPF\0-known"],
        [0xee, "Adobe\0d\0\0\0\0\x01"],
        [0xfe, "comment"],
      ] as const;
      const others = [
        [0xe1, "FLIR\0SECRETPLACE"],
        [0xe2, "FPXR\0SECRETPLACE"],
        [0xe6, "GoPro\0SECRETPLACE"],
        [0xeb, "JP\0\x01jumb SECRETPLACE"],
        [0xe0, "SECRETPLACE"],
        [0xef, "SECRETPLACE"],
      ] as const;
      const segments = [...known, ...others].map(([code, data]) => jpegSegment(code, text(data)));
      await stripped(jpeg(...segments), ...known.map(([, data]) => data));
    });

    it("blanks what lies between the segments of a JPEG", async () => {
      await stripped(jpeg(jpegSegment(0xfe, text("comment")), place), "comment");
    });

    it("blanks chunks of a PNG but those that are registered, with new checksums", async () => {
      const zxif = Buffer.concat([text("\0\0\0\0\xc8"), deflateSync(exif())]);
      for (const [type, data] of [
        ["zxIf", zxif],
        ["caBX", place],
        ["gIFx", place],
        ["prIv", Buffer.concat([Buffer.alloc(2_500_000), place])],
      ] as const) {
        const result = await stripped(
          png(pngChunk(type, data), pngChunk("pHYs", text("kept-----"))),
          "kept-----",
        );
        assert.ok(result.includes(pngChunk(type, Buffer.alloc(data.length))), type);
      }
    });

    it("blanks chunks of a WebP but those with pixels and colours, in frames, too", async () => {
      await stripped(webp(webpChunk("GPS ", place), webpChunk("ICCP", text("kept"))), "kept");
      const pictures = ["#ff0000", "#0000ff"].map((background) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background } })
          .png()
          .toBuffer(),
      );
      const frames = await sharp(await Promise.all(pictures), { join: { animated: true } })
        .webp()
        .toBuffer();
      const at = frames.indexOf("ANMF", undefined, "latin1");
      const length = frames.readUInt32LE(at + 4);
      const frame = webpChunk(
        "ANMF",
        Buffer.concat([frames.subarray(at + 8, at + 8 + length), webpChunk("GPS ", place)]),
      );
      const file = webpFile(frames.subarray(12, at), frame, frames.subarray(at + 8 + length));
      await stripped(file);
    });

    it("blanks extensions of a GIF but those that are harmless", async () => {
      const extension = (name: string, data: Buffer) =>
        Buffer.concat([text(`\x21\xff\x0b${name}`), gifExtension(0, data).subarray(2)]);
      const comment = gifExtension(0xfe, text("comment"));
      const loop = extension("NETSCAPE2.0", Buffer.of(1, 0, 0));
      for (const name of ["MGK8BIM0000", "MGKIPTC0000", "EXIF_GPS_01"]) {
        const long = Buffer.concat([Buffer.alloc(700, "x"), place]);
        const file = insertIntoGif(image("gif"), comment, loop, extension(name, long));
        await stripped(file, "comment", loop.toString("latin1"), name);
      }
      const blocks = gifExtension(0, Buffer.concat([text("<a exif:GPSLatitude='"), place]));
      const bare = Buffer.concat([text("\x21\xff\x0bXMP DataXMP"), blocks.subarray(2)]);
      await stripped(insertIntoGif(image("gif"), bare));
    });
  });

  for (const [format, make] of Object.entries(withExif)) {
    describe(`in the EXIF of a ${format}`, () => {
      it("finds it behind other bytes, and by a prefix in any case", async () => {
        for (const before of ["\0Exif\0\0", "EXIF\0\0", "\xff\xe1\0\0Exif\0\0", "Exif\0\x01"]) {
          const data = Buffer.concat([text(before), exif()]);
          const file = format === "jpeg" ? jpeg(app1("", data)) : make(data);
          await stripped(file, "Maker-1");
        }
      });

      it("finds EXIF, XMP and resources of Photoshop in a thumbnail", async () => {
        const carriers = [
          app1("Exif\0\0", exif()),
          app1("http://ns.adobe.com/xap/1.0/\0", text("<a exif:GPSLatitude='SECRETPLACE'/>")),
          jpegSegment(0xed, Buffer.concat([text("Photoshop 3.0\0"), resource(0x0422, exif())])),
        ];
        for (const carrier of carriers) {
          await stripped(
            make(Buffer.concat([tiff([[0x010e, text("description")]]), jpeg(carrier)])),
            "description",
          );
        }
      });

      it("blanks notes of makers where there are GPS data, or the maker notes places", async () => {
        const notes = Buffer.concat([text("Notes"), place]);
        const gps = Buffer.alloc(6);
        for (const [maker, isKept] of [
          ["Canon", true],
          ["NIKON CORPORATION", false],
          ["Panasonic", false],
          ["SAMSUNG", false],
        ] as const) {
          const file = make(
            tiff([
              [0x010f, text(`${maker}\0`)],
              [0x927c, notes],
            ]),
          );
          const result = await strip(file);
          assert.equal(result.includes("SECRETPLACE"), isKept, maker);
          assert.ok(result.includes(maker));
          assert.deepEqual(await strip(result), result);
        }
        const data = tiff([
          [0x010f, text("Canon\0")],
          [0x8825, gps],
          [0x927c, notes],
        ]);
        // A pointer is of another type, and its value the position itself.
        data.writeUInt16LE(4, 24);
        data.writeUInt32LE(1, 26);
        await stripped(make(data), "Canon");
      });

      it("blanks where a map lies, and what is held of XMP, IPTC and Photoshop", async () => {
        const held: [number, Buffer, string][] = [
          [0x8482, place, ""],
          [0x02bc, text("<a exif:GPSLatitude='SECRETPLACE' dc:title='kept'/>"), "kept"],
          [0x83bb, Buffer.concat([iptc(90, place), iptc(120, text("kept"))]), "kept"],
          [
            0x8649,
            Buffer.concat([resource(0x0404, iptc(92, place)), resource(0x0bb7, text("kept"))]),
            "kept",
          ],
        ];
        for (const [tag, value, kept] of held) {
          await stripped(
            make(
              tiff([
                [0x010e, text("description")],
                [tag, value],
              ]),
            ),
            "description",
            kept,
          );
        }
      });
    });
  }

  it("blanks what of EXIF or of resources did not fit into one segment", async () => {
    const prefix = "Photoshop 3.0\0";
    await stripped(
      jpeg(app1("Exif\0\0", exif()), app1("Exif\0\0", Buffer.concat([text("on: "), place]))),
    );
    const whole = resource(0x0404, Buffer.concat([iptc(120, text("kept")), iptc(90, place)]));
    const parts = [whole.subarray(0, -8), whole.subarray(-8)];
    const segments = parts.map((part) => jpegSegment(0xed, Buffer.concat([text(prefix), part])));
    const result = await strip(jpeg(...segments));
    assert.doesNotMatch(result.toString("latin1"), /SECRE|TPLACE/);
    assert.ok(result.includes("kept"));
  });

  it("blanks IPTC from where it cannot be read, and names of any length", async () => {
    const extended = Buffer.concat([
      Buffer.of(0x1c, 2, 101, 0x80, 4, 0, 0, 0, place.length),
      place,
    ]);
    const caption = iptc(120, text("kept"));
    for (const rest of [
      extended,
      place,
      Buffer.of(0x1c, 2, 90, 0x80, 9, ...place),
      Buffer.concat([Buffer.of(0x1c, 2, 90, 0x10, 0), place]),
    ]) {
      const data = resource(0x0404, Buffer.concat([caption, rest]));
      const segment = jpegSegment(0xed, Buffer.concat([text("Photoshop 3.0\0"), data]));
      await stripped(jpeg(segment), "kept");
    }
  });

  it("blanks texts of a PNG that are profiles of IPTC, of Photoshop or of nobody knows what", async () => {
    const profiles: Record<string, Buffer> = {
      iptc: iptc(90, place),
      "8bim": resource(0x0404, iptc(92, place)),
      APP1: Buffer.concat([
        text("http://ns.adobe.com/xap/1.0/\0"),
        text("<a geo:lat='SECRETPLACE'/>"),
      ]),
      other: Buffer.concat([text("\x01"), place, text("\0")]),
    };
    for (const [name, data] of Object.entries(profiles)) {
      const digits = `\n${name}\n  ${data.length}\n${data.toString("hex")}\n`;
      const result = await stripped(
        png(pngChunk("tEXt", text(`Raw profile type ${name}\0${digits}`))),
      );
      assert.ok(!result.includes(place.toString("hex")), name);
    }
    const harmless = [
      ["iptc", iptc(120, place)],
      ["icc", place],
      ["APP1", Buffer.concat([text("http://ns.adobe.com/xap/1.0/\0"), text("<a dc:title='x'/>")])],
    ] as const;
    for (const [name, data] of harmless) {
      const digits = `\n${name}\n  ${data.length}\n${data.toString("hex")}\n`;
      const file = png(pngChunk("tEXt", text(`Raw profile type ${name}\0${digits}`)));
      assert.deepEqual(await strip(file), file, name);
    }
  });

  const properties: Record<string, string> = {
    "places, as Photoshop names them": `<a photoshop:City="SECRETPLACE" photoshop:State="SECRETPLACE" photoshop:Country="SECRETPLACE"/>`,
    "places, as IPTC names them":
      `<a Iptc4xmpCore:Location="SECRETPLACE" Iptc4xmpCore:CountryCode="SECRETPLACE"/><Iptc4xmpExt:LocationCreated>` +
      `<rdf:Bag><rdf:li Iptc4xmpExt:Sublocation="SECRETPLACE"/></rdf:Bag></Iptc4xmpExt:LocationCreated>`,
    "a place, as Dublin Core names it": "<dc:coverage>SECRETPLACE</dc:coverage>",
    "what a drone looks at": `<a drone-dji:LRFTargetLat="SECRETPLACE" drone-dji:LRFTargetLon="SECRETPLACE"/>`,
  };
  for (const [what, packet] of Object.entries(properties)) {
    it(`blanks properties of XMP that are ${what}`, async () => {
      const kept = `<b photoshop:Credit="yes" Iptc4xmpCore:CiAdrCity="yes" x:locations="yes"/>`;
      await stripped(jpeg(app1("http://ns.adobe.com/xap/1.0/\0", text(packet + kept))), kept);
    });
  }

  it("blanks images in XMP that may say where they were taken, and leaves others", async () => {
    const inXmp = (file: Buffer) =>
      `<x GImage:Data="${file.toString("base64").replace(/.{76}/g, "$&&#xA;")}" dc:title="kept"/>`;
    const make = (file: Buffer) => jpeg(app1("http://ns.adobe.com/xap/1.0/\0", text(inXmp(file))));
    const located = [
      jpeg(app1("Exif\0\0", exif())),
      png(pngChunk("eXIf", exif())),
      webp(webpChunk("EXIF", exif())),
    ];
    for (const file of located) {
      const result = await stripped(make(file), 'dc:title="kept"');
      assert.ok(!result.includes(file.toString("base64").slice(0, 40)));
    }
    const plain = make(image("jpeg"));
    assert.deepEqual(await strip(plain), plain);
  });

  it("blanks all from where a chunk of a PNG goes beyond the file, of which the begin and the end were looked at", async () => {
    for (const type of ["tEXt", "eXIf", "prIv"]) {
      const file = png(pngChunk(type, Buffer.concat([text("Comment\0"), place])));
      const at = file.indexOf(type, undefined, "latin1") - 4;
      file.writeUInt32BE(0x7fff_ffff, at);
      const patches = await locationPatches(bytesInMemory(file), "image/png");
      assert.deepEqual(
        patches.map((patch) => [patch.at, patch.bytes.length]),
        [[at, file.length - at]],
      );
    }
  });

  it("finds nothing more in parts of XMP that were blanked because some are missing", async () => {
    const header = Buffer.concat([Buffer.alloc(32, "A"), Buffer.from("0000100000000800", "hex")]);
    const part = Buffer.concat([header, text("<a exif:GPSLatitude='SECRETPLACE'/>")]);
    await stripped(jpeg(app1("http://ns.adobe.com/xmp/extension/\0", part)));
  });

  it("takes no time to speak of on what says that it holds all that follows", async () => {
    const empty = tiff([]);
    const nested = [
      Buffer.concat([text("\xff\xe1\xff\xffExif\0\0"), empty]),
      Buffer.concat([text("\xff\xed\xff\xffPhotoshop 3.0\0"), resource(0x0422, empty)]),
    ];
    for (const data of nested) {
      const many = Buffer.alloc(1_000_000, data);
      await locationPatches(
        bytesInMemory(png(pngChunk("eXIf", Buffer.concat([empty, many])))),
        "image/png",
      );
      await locationPatches(
        bytesInMemory(jpeg(app1("Exif\0\0", many.subarray(0, 60_000)))),
        "image/jpeg",
      );
    }
    for (const tag of [0x8825, 0x8649, 0x927c]) {
      const entry = Buffer.alloc(12);
      entry.writeUInt16LE(tag);
      entry.writeUInt16LE(tag === 0x8825 ? 4 : 7, 2);
      entry.writeUInt32LE(tag === 0x8825 ? 1 : 700_000, 4);
      entry.writeUInt32LE(65_000 * 12, 8);
      const data = Buffer.concat([
        text("II*\0\x08\0\0\0"),
        Buffer.alloc(2),
        Buffer.alloc(65_000 * 12, entry),
        Buffer.alloc(700_000, 1),
      ]);
      data.writeUInt16LE(65_000, 8);
      await locationPatches(bytesInMemory(png(pngChunk("eXIf", data))), "image/png");
    }
  });
});
