import assert from "node:assert/strict";
import { Printer } from "../../cli/printer";
import type { OutputFormat } from "../../cli/printer";

/** What a printer of this format prints of a bit of everything. */
function printed(format?: OutputFormat): string {
  let output = "";
  const printer = new Printer({ ...(format && { format }), write: (text) => (output += text) });
  printer.heading("Outputs:");
  printer.decoration("");
  printer.lines(["    a: 1", "    b: 2"], { type: "outputs", outputs: { a: 1, b: 2 } });
  printer.line(" + bucket created", {
    type: "step",
    op: "create",
    urn: "urn:b",
    resourceType: "aws:s3/bucket:Bucket",
    name: "b",
    emulated: true,
  });
  printer.line("mail to a@example.com", { type: "mail", to: "a", subject: "s", file: "/f" });
  printer.line("\x1b[33mnote\x1b[39m");
  printer.line("");
  return output;
}

describe("Printer", () => {
  it("prints text", () => {
    assert.equal(
      printed(),
      "Outputs:\n\n    a: 1\n    b: 2\n + bucket created\nmail to a@example.com\n\x1b[33mnote\x1b[39m\n\n",
    );
  });

  it("leaves out steps and what is only there to be looked at when it is to be quiet", () => {
    assert.equal(
      printed("quiet"),
      "    a: 1\n    b: 2\nmail to a@example.com\n\x1b[33mnote\x1b[39m\n",
    );
  });

  it("prints nothing but JSON, one object a line, if that is asked for", () => {
    const records = printed("json")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    assert.deepEqual(records, [
      { type: "outputs", outputs: { a: 1, b: 2 } },
      {
        type: "step",
        op: "create",
        urn: "urn:b",
        resourceType: "aws:s3/bucket:Bucket",
        name: "b",
        emulated: true,
      },
      { type: "mail", to: "a", subject: "s", file: "/f" },
      { type: "message", text: "note" },
    ]);
  });

  it("prints no colours in JSON, not even on a terminal", () => {
    const terminal = { isTTY: true, write: () => undefined };
    assert.equal(new Printer({ ...terminal, format: "json" }).colored, false);
  });
});
