import assert from "node:assert/strict";
import { fstatSync, mkdtempSync, readdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { OutputFile } from "../../../aws/lambda/output-file";

describe("OutputFile", () => {
  let folder: string;
  let lines: string[];
  let output: OutputFile;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "output-"));
    open();
  });

  afterEach(() => {
    output.close();
    rmSync(folder, { recursive: true });
  });

  function open(maxBytes?: number): void {
    lines = [];
    output = new OutputFile(folder, (read) => lines.push(...read), maxBytes);
  }

  /** Writes parts, each of which is read by itself. */
  function write(...parts: (string | Buffer)[]): void {
    for (const part of parts) {
      writeSync(output.descriptor, Buffer.from(part));
      output.read();
    }
  }

  it("tells lines, whichever parts they arrive in", () => {
    write("one\ntw", "o\r\n\nfour", "\n");
    assert.deepEqual(lines, ["one", "two", "", "four"]);
  });

  it("puts characters together that arrive in two parts", () => {
    const text = Buffer.from("Zürich\n");
    write(text.subarray(0, 2), text.subarray(2));
    assert.deepEqual(lines, ["Zürich"]);
  });

  it("tells lines that are longer than what is read at a time", () => {
    const long = "ü".repeat(100_000);
    write(`${long}\nshort\n`);
    assert.deepEqual(lines, [long, "short"]);
  });

  it("ends a line that was begun when it is told to, and at the end", () => {
    write("begun");
    output.endLines();
    output.endLines();
    write("another");
    output.close();
    assert.deepEqual(lines, ["begun", "another"]);
  });

  it("tells what was written before it is closed, and nothing afterwards", () => {
    writeSync(output.descriptor, "last\n");
    output.close();
    output.read();
    output.endLines();
    output.close();
    assert.deepEqual(lines, ["last"]);
  });

  it("empties the file between invocations once it is long, and loses no line", () => {
    output.close();
    open(10);
    for (const text of ["one\n", "two\n", "three\n", "four\n", "five\n"]) {
      writeSync(output.descriptor, text);
      output.endLines();
    }
    assert.deepEqual(lines, ["one", "two", "three", "four", "five"]);
    assert.equal(fstatSync(output.descriptor).size, "four\nfive\n".length);
  });

  it("leaves no file", () => {
    assert.deepEqual(readdirSync(folder), []);
  });
});
