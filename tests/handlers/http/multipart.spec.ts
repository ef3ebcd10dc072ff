import assert from "node:assert/strict";
import { parseMultipart } from "../../../handlers/http/multipart";

const boundary = "form-boundary";
const contentType = `multipart/form-data; boundary=${boundary}`;

function formOf(parts: Readonly<Record<string, Buffer>>): Buffer {
  const pieces = Object.entries(parts).flatMap(([name, bytes]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
    bytes,
    Buffer.from("\r\n"),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

/** What looks as if the part ended there. */
const nearly = [`\r\n`, `\r\n--`, `\r\n--${boundary.slice(0, -1)}`, `--${boundary}--`].join("x");

const files: Readonly<Record<string, Buffer>> = {
  "of megabytes": Buffer.alloc(4_500_000, "image"),
  "with all but a boundary in it": Buffer.from(nearly.repeat(1000)),
  "that ends as a boundary begins": Buffer.from(`image\r\n--\r\n-\r\n`),
};

describe("parseMultipart", () => {
  for (const [kind, file] of Object.entries(files)) {
    it(`leaves a file ${kind} where it lies in the body, without a copy`, () => {
      const body = formOf({ userId: Buffer.from("ada"), image: file, imageName: Buffer.from("n") });
      const parts = parseMultipart(body, contentType);
      const { bytes } = parts.get("image") ?? {};
      assert.deepEqual([...parts.keys()], ["userId", "image", "imageName"]);
      assert.deepEqual(bytes, file);
      assert.equal(bytes.buffer, body.buffer);
      assert.equal(bytes.byteOffset, body.byteOffset + body.indexOf(file));
    });
  }

  /** A body of lines, of which the last is not ended. */
  const lines = (...texts: string[]) => Buffer.from(texts.join("\r\n"), "latin1");
  const named = (name: string) => `Content-Disposition: form-data; name="${name}"`;
  const read = (body: Buffer, type = contentType) =>
    [...parseMultipart(body, type)].map(([name, { bytes }]) => [name, bytes.toString("latin1")]);

  it("passes over blanks behind a boundary, and whatever lies before the first and behind the last", () => {
    const [first, second] = [`--${boundary} \t `, `--${boundary}\t`];
    const part = [first, named("a"), "", "1", second, named("b"), "", "2"];
    for (const last of [`--${boundary}--`, `--${boundary}--  `, `--${boundary}--\r\nepilogue`]) {
      for (const before of [[], ["preamble"], ["", "--", `x--${boundary}`]]) {
        const found = read(lines(...before, ...part, last, ""));
        assert.deepEqual(found, [
          ["a", "1"],
          ["b", "2"],
        ]);
      }
    }
  });

  it("takes for content what goes on after a boundary, as that of a form within does", () => {
    const inner = [`--${boundary}-inner`, "x", `--${boundary}x`, `-- ${boundary}`].join("\r\n");
    const body = lines(`--${boundary}`, named("a"), "", inner, `--${boundary}--`);
    assert.deepEqual(read(body), [["a", inner]]);
  });

  it("takes parts without a body, and bodies that are empty or end in line ends", () => {
    const parts = {
      [named("a")]: "",
      [`${named("a")}\r\n`]: "",
      [`${named("a")}\r\n\r\n`]: "",
      [`${named("a")}\r\n\r\n\r\n\r\n`]: "\r\n\r\n",
      [`${named("a")}\r\n\r\n\n`]: "\n",
    };
    for (const [part, content] of Object.entries(parts)) {
      assert.deepEqual(read(lines(`--${boundary}`, part, `--${boundary}--`)), [["a", content]]);
    }
    assert.deepEqual(read(lines(`--${boundary}--`)), []);
  });

  it("reads headers in any case, with blanks around, and folded", () => {
    const headers = [
      "content-DISPOSITION :form-data;",
      '\tname="a"; filename=f.png',
      "X: y",
      "no header",
    ];
    const type = "Content-type:\tImage/PNG; x=y";
    const body = lines(`--${boundary}`, ...headers, type, "", "1", `--${boundary}--`);
    const part = parseMultipart(body, contentType).get("a");
    assert.deepEqual([part?.contentType, part?.fileName], ["image/png", "f.png"]);
  });

  it("finds the boundary among other parameters, in quotes and without", () => {
    const body = (name: string) => lines(`--${name}`, named("a"), "", "1", `--${name}--`);
    for (const type of [
      "Multipart/Form-Data;BOUNDARY=b",
      'multipart/form-data; charset="; boundary=x"; boundary=b',
      'multipart/form-data; boundary="b"; charset=utf-8',
    ]) {
      assert.deepEqual(read(body("b"), type), [["a", "1"]], type);
    }
    assert.deepEqual(read(body("a b'(=?"), `multipart/form-data; boundary="a b'(=?"`), [
      ["a", "1"],
    ]);
  });

  it("refuses what is cut off, has another boundary or none, or a part twice or without a name", () => {
    const whole = lines(`--${boundary}`, named("a"), "", "1", `--${boundary}--`);
    const refused: [Buffer, string][] = [
      [whole.subarray(0, -1), contentType],
      [whole.subarray(0, 20), contentType],
      [Buffer.alloc(0), contentType],
      [whole, "multipart/form-data; boundary=other"],
      [whole, "multipart/form-data; boundary="],
      [whole, "multipart/form-data"],
      [
        lines(
          `--${boundary}`,
          named("a"),
          "",
          "1",
          `--${boundary}`,
          named("a"),
          "",
          "2",
          `--${boundary}--`,
        ),
        contentType,
      ],
      [lines(`--${boundary}`, "", "1", `--${boundary}--`), contentType],
      [lines(`--${boundary}`, "", `--${boundary}--`), contentType],
    ];
    for (const [body, type] of refused) {
      assert.throws(() => parseMultipart(body, type), { statusCode: 400, code: "InvalidRequest" });
    }
  });

  it("knows by a part, or else by the form, what its text is written in", () => {
    const typed = (name: string, type: string) => `${named(name)}\r\nContent-Type: ${type}`;
    const body = (charset: string) =>
      lines(
        ...[`--${boundary}`, named("_charset_"), "", charset, `--${boundary}`, named("a"), "", "1"],
        ...[`--${boundary}`, typed("b", 'text/plain; Charset="UTF-8"'), "", "2", `--${boundary}--`],
      );
    const charsets = (charset: string) =>
      [...parseMultipart(body(charset), contentType)].map(([name, part]) => [name, part.charset]);
    assert.deepEqual(charsets("ISO-8859-1"), [
      ["a", "iso-8859-1"],
      ["b", "utf-8"],
    ]);
    assert.deepEqual(charsets(""), [
      ["a", "utf-8"],
      ["b", "utf-8"],
    ]);
  });

  it("takes no time to speak of on a body that is all boundaries, headers or blanks", () => {
    for (const piece of [`\r\n--${boundary}`, `\r\n--${boundary}\r\n`, "a:b\r\n", "\r\n ", " "]) {
      const start = Buffer.from(`--${boundary}\r\n`);
      const body = Buffer.concat([start, Buffer.alloc(4_000_000, piece)]);
      assert.throws(() => parseMultipart(body, contentType), { statusCode: 400 });
    }
  });
});
