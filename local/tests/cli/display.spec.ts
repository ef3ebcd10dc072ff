import assert from "node:assert/strict";
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
});
