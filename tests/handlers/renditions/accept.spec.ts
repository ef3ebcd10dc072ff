import assert from "node:assert/strict";
import { assert as check, property, string } from "fast-check";
import { acceptClass } from "../../../handlers/renditions/accept";

/** What programs send for an image of a page, or for its address in the address bar. */
const programs = [
  ["Chrome 143, <img>", "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", "avif"],
  [
    "Chrome 143, page",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
    "avif",
  ],
  ["Chrome 79, <img>", "image/webp,image/apng,image/*,*/*;q=0.8", "webp"],
  ["Edge 143, <img>", "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8", "avif"],
  [
    "Firefox 128 and later, <img>",
    "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "avif",
  ],
  ["Firefox 93 to 127, <img>", "image/avif,image/webp,*/*", "avif"],
  ["Firefox 65 to 91, <img>", "image/webp,*/*", "webp"],
  [
    "Firefox 92 to 127, page",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "avif",
  ],
  ["Firefox 132, page", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "none"],
  [
    "Safari 16.4 and later, <img>",
    "image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "avif",
  ],
  [
    "Safari 14 to 16.3, <img>",
    "image/webp,image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5",
    "webp",
  ],
  ["Safari 13, <img>", "image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5", "none"],
  ["Safari, page", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "none"],
  ["Internet Explorer 11", "image/png, image/svg+xml, image/*;q=0.8, */*;q=0.5", "none"],
  ["curl, wget, Node.js, Go", "*/*", "none"],
  [
    "Googlebot",
    "text/html,application/xhtml+xml,application/signed-exchange;v=b3,application/xml;q=0.9,*/*;q=0.8",
    "none",
  ],
  ["Googlebot-Image", "image/webp,image/*,*/*;q=0.8", "webp"],
] as const;

describe("acceptClass", () => {
  for (const [program, accept, expected] of programs) {
    it(`gives ${program} ${expected}`, () => {
      assert.equal(acceptClass(accept), expected);
    });
  }

  for (const [accept, expected] of [
    ["", "none"],
    ["image/avif", "none"],
    ["image/webp", "webp"],
    ["image/*", "none"],
    ["image/avif,image/webp", "avif"],
    ["IMAGE/AVIF , Image/WebP", "avif"],
    ["image/avif;q=0,image/webp", "webp"],
    ["image/avif;q=0.000,image/webp;q=1.000", "webp"],
    ["image/avif,image/webp;q=0", "none"],
    ["image/avif;q=0.5,image/webp;q=0.9", "webp"],
    ["image/avif;q=0.9,image/webp;q=0.5", "avif"],
    ["image/avif ; q=0.9 , image/webp ; Q=0.5", "avif"],
    ["image/avif;level=1,image/webp;a=b;q=0", "none"],
    ["image/webp;q=2", "none"],
    ["image/webp;q=-1", "none"],
    ["image/webp;q=", "none"],
    ["image/webp;q=1.0000", "none"],
    ["image/webp;q=0.0001", "none"],
    ["image/webp,image/webp;q=0", "none"],
    ["image/webp;q=0,image/webp", "none"],
    ["*/*;q=0", "none"],
    ["image/*;q=0,image/webp", "webp"],
    [",,;q=1,image/webp,", "webp"],
    ["ximage/webp", "none"],
    ["image/webpx", "none"],
    ["image/webp+xml", "none"],
    ["application/image/webp", "none"],
    ['text/html;a=",image/webp,"', "none"],
    ['text/html;a="\\",image/webp,"', "none"],
    ['image/webp;a="x,y";q=0', "none"],
    [`${"a/b,".repeat(499)}image/webp`, "none"],
  ] as const) {
    it(`makes ${expected} of ${JSON.stringify(accept).slice(0, 50)}`, () => {
      assert.equal(acceptClass(accept), expected);
    });
  }

  it("makes none of no header", () => {
    assert.equal(acceptClass(undefined), "none");
  });

  it("makes something of every text", () => {
    check(
      property(string({ unit: "binary" }), (accept) => {
        assert.match(acceptClass(accept), /^(?:avif|webp|none)$/);
      }),
    );
  });
});
