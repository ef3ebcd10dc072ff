import assert from "node:assert/strict";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { askTerminal } from "../../cli/ask-terminal";

describe("askTerminal", () => {
  const terminal = () => Object.assign(new PassThrough(), { isTTY: true });

  /** Asks, and tells the answer and what the terminal shows. */
  async function ask(
    act: (input: PassThrough, controller: AbortController) => void,
    typedBefore = "",
  ) {
    const [input, output] = [terminal(), terminal()];
    input.write(typedBefore);
    const controller = new AbortController();
    const answer = askTerminal(input, output)?.("Go on? ", controller.signal);
    const shown: string[] = [];
    output.on("data", (text) => shown.push(String(text)));
    await once(output, "data");
    act(input, controller);
    return { answer: await answer, shown: shown.join("") };
  }

  it("asks nobody where there is no terminal", () => {
    assert.equal(askTerminal(new PassThrough(), terminal()), undefined);
    assert.equal(askTerminal(terminal(), new PassThrough()), undefined);
  });

  it("gets the line that is typed, which has ended its own line", async () => {
    const asked = await ask((input) => input.write("yes\n"));
    assert.deepEqual(asked, { answer: "yes", shown: "Go on? " });
  });

  it("takes for no answer what was typed before it asked", async () => {
    const asked = await ask((input) => input.write("no\n"), "y\n");
    assert.deepEqual(asked, { answer: "no", shown: "Go on? " });
  });

  it("is answered by nobody where the terminal is gone", async () => {
    const [input, output] = [terminal(), terminal()];
    input.resume().end();
    await once(input, "end");
    const answer = askTerminal(input, output)?.("Go on? ", new AbortController().signal);
    assert.equal(await answer, undefined);
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
