import assert from "node:assert/strict";
import { Redactor } from "../../cli/redactor";

function redact(secrets: readonly string[], text: string): string {
  const redactor = new Redactor();
  redactor.hide(secrets);
  return redactor.redact(text);
}

describe("Redactor", () => {
  it("hides secrets wherever they are, whatever characters they have", () => {
    assert.equal(redact(["a.b(c)$"], "x a.b(c)$, aXb(c)$ a.b(c)$"), "x [secret], aXb(c)$ [secret]");
  });

  it("hides the longer one of two that begin alike", () => {
    assert.equal(redact(["pass", "password"], "password pass"), "[secret] [secret]");
  });

  it("hides secrets in JSON", () => {
    const secret = 'one\n"two"\\';
    assert.equal(redact([secret], JSON.stringify({ secret })), '{"secret":"[secret]"}');
  });

  it("hides each long line of a secret, as it is printed with an indent", () => {
    const secret = "-----BEGIN KEY-----\nMIIEvQIBADANB\nend";
    const printed = secret.replace(/^/gm, "    ");
    assert.equal(redact([secret], printed), "    [secret]\n    [secret]\n    end");
  });

  it("leaves alone what is too short to be told from other text", () => {
    assert.equal(redact(["", "1", "no"], "no 1 knows"), "no 1 knows");
  });

  it("hides what it was told at different times, and nothing before", () => {
    const redactor = new Redactor();
    assert.equal(redactor.redact("first second"), "first second");
    redactor.hide(["first"]);
    redactor.hide(["second"]);
    assert.equal(redactor.redact("first second"), "[secret] [secret]");
  });

  it("guards a terminal", () => {
    let written = "";
    const redactor = new Redactor();
    const terminal = redactor.guard({ isTTY: true, write: (text) => (written += text) });
    redactor.hide(["sesame"]);
    terminal.write("open sesame\n");
    assert.equal(terminal.isTTY, true);
    assert.equal(written, "open [secret]\n");
  });

  it("leaves to a terminal its width, which may change, and writes to it in the way that is asked for", () => {
    const terminal = { isTTY: true, columns: 80, write: () => undefined };
    const guarded = new Redactor().guard(terminal, "quiet");
    terminal.columns = 120;
    assert.deepEqual([guarded.columns, guarded.format, guarded.isTTY], [120, "quiet", true]);
  });
});
