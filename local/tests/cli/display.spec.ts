import assert from "node:assert/strict";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { Display } from "../../cli/display";

const identity = { project: "demo", stack: "local" };

/** Prints an error of the stack to a terminal of the given kind. */
function printError(isTTY: boolean): string {
  let printed = "";
  const display = new Display({ isTTY, write: (text) => (printed += text) }, identity);
  display.show({ kind: "diagnostic", severity: "error", message: "\x1b[90mgrey\x1b[39m\n  text" });
  display.showDiagnostics();
  return printed;
}

describe("Display", () => {
  let noColor: string | undefined;

  beforeEach(() => {
    noColor = process.env.NO_COLOR;
    delete process.env.NO_COLOR;
  });

  afterEach(() => {
    if (noColor !== undefined) {
      process.env.NO_COLOR = noColor;
    }
  });

  it("prints colours on a terminal", () => {
    assert.ok(printError(true).includes("\x1b[31merror:\x1b[39m \x1b[90mgrey"));
  });

  it("prints no colours elsewhere, not even the program's own", () => {
    assert.equal(
      printError(false),
      "Updating (local):\n\nDiagnostics:\n  pulumi:pulumi:Stack (demo-local):\n    error: grey\n      text\n\n",
    );
  });

  it("prints no colours when NO_COLOR is set", () => {
    process.env.NO_COLOR = "1";
    assert.equal(printError(true), printError(false));
    delete process.env.NO_COLOR;
  });

  it("prints records instead of text for programs", () => {
    const records: unknown[] = [];
    const write = (text: string) => records.push(JSON.parse(text));
    const display = new Display({ format: "json", write }, identity);
    display.show({ kind: "diagnostic", severity: "warning", message: "\x1b[90mgrey\x1b[39m" });
    display.showDiagnostics();
    display.showResult({
      outputs: {},
      secretOutputs: ["key"],
      resources: [],
      stackOutputs: { url: "http://a", key: { [specialSigKey]: specialSecretSig, value: "k" } },
      create: () => Promise.resolve(),
    });
    display.notify("Function f failed: Error: token=0123456789abcdef", {
      type: "error",
      functionName: "f",
      errorType: "Error",
      message: "token=0123456789abcdef",
      stack: ["handlers/f.ts:1:2"],
    });
    display.notify("something else");
    assert.deepEqual(records, [
      { type: "start", ...identity },
      { type: "diagnostic", severity: "warning", message: "grey" },
      { type: "outputs", outputs: { key: "[secret]", url: "http://a" } },
      { type: "resources", counts: { create: 0, update: 0, replace: 0, delete: 0, same: 0 } },
      {
        type: "error",
        functionName: "f",
        errorType: "Error",
        message: "token=0123…",
        stack: ["handlers/f.ts:1:2"],
      },
      { type: "message", text: "something else" },
    ]);
  });

  it("tells programs what would be lost, and by what", () => {
    const records: unknown[] = [];
    const write = (text: string) => records.push(JSON.parse(text));
    const display = new Display({ format: "json", write }, identity);
    const type = "aws:s3/bucket:Bucket";
    const step = { urn: `urn:pulumi:local::demo::${type}::photos`, type, changes: [] };
    display.showSteps("This replaces or deletes what is there:", [
      { step: { ...step, kind: "delete" }, meaning: ", and 12 objects with it" },
      { step: { ...step, kind: "replace" }, meaning: " [diff: ~bucket], and 1 object with it" },
    ]);
    const loss = { type: "loss", urn: step.urn, resourceType: type, name: "photos" };
    assert.deepEqual(records.slice(1), [
      { ...loss, op: "delete", meaning: "and 12 objects with it" },
      { ...loss, op: "replace", meaning: "[diff: ~bucket], and 1 object with it" },
    ]);
  });

  it("prints what services tell without the secrets in it", () => {
    let printed = "";
    const display = new Display({ write: (text) => (printed += text) }, identity);
    display.notify("failed: http://h/k?X-Amz-Signature=0123456789abcdef\n    at handlers/f.ts:1:2");
    assert.equal(
      printed,
      "Updating (local):\nfailed: http://h/k?X-Amz-Signature=0123…\n    at handlers/f.ts:1:2\n",
    );
  });
});
