import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { askTerminal } from "../../cli/ask-terminal";

describe("askTerminal", () => {
  const terminal = () => Object.assign(new PassThrough(), { isTTY: true });

  /** Asks, and tells the answer and what the terminal shows. */
  async function ask(act: (input: PassThrough, controller: AbortController) => void) {
    const [input, output] = [terminal(), terminal()];
    const controller = new AbortController();
    const answer = askTerminal(input, output)?.("Go on? ", controller.signal);
    act(input, controller);
    return { answer: await answer, shown: String(output.read()) };
  }

  it("asks nobody where there is no terminal", () => {
    assert.equal(askTerminal(new PassThrough(), terminal()), undefined);
    assert.equal(askTerminal(terminal(), new PassThrough()), undefined);
  });

  it("gets the line that is typed, which has ended its own line", async () => {
    const asked = await ask((input) => input.write("yes\n"));
    assert.deepEqual(asked, { answer: "yes", shown: "Go on? " });
  });

  it("ends the line of a question that is taken back, or that nobody answers any more", async () => {
    const unanswered = { answer: undefined, shown: "Go on? \n" };
    assert.deepEqual(
      await ask((_, controller) => {
        controller.abort();
      }),
      unanswered,
    );
    assert.deepEqual(await ask((input) => input.end()), unanswered);
  });
});
