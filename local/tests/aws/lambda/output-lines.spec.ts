import assert from "node:assert/strict";
import { PassThrough } from "node:stream";

import { OutputLines } from "../../../aws/lambda/output-lines";

describe("OutputLines", () => {
  let stream: PassThrough;
  let lines: string[];
  let output: OutputLines;

  beforeEach(() => {
    stream = new PassThrough();
    lines = [];
    output = new OutputLines(stream, (line) => lines.push(line));
  });

  async function write(...chunks: (string | Buffer)[]): Promise<void> {
    for (const chunk of chunks) {
      stream.write(chunk);
      await new Promise(setImmediate);
    }
  }

  it("tells lines, whichever parts they arrive in", async () => {
    await write("one\ntw", "o\r\n\nfour", "\n");
    assert.deepEqual(lines, ["one", "two", "", "four"]);
  });

  it("puts characters together that arrive in two parts", async () => {
    const text = Buffer.from("Zürich\n");
    await write(text.subarray(0, 2), text.subarray(2));
    assert.deepEqual(lines, ["Zürich"]);
  });

  it("ends a line that was begun when it is told to, and at the end", async () => {
    await write("begun");
    output.endLine();
    output.endLine();
    await write("another");
    stream.end();
    await new Promise((resolve) => stream.once("close", resolve));
    assert.deepEqual(lines, ["begun", "another"]);
  });
});
