import assert from "node:assert/strict";
import { processorSeconds } from "../../bench/support/processor-seconds";

const node = (script: string) => [process.execPath, "--eval", script];

describe("processorSeconds", () => {
  const options = { cwd: __dirname, env: {}, signal: new AbortController().signal };

  it("counts what a command takes, and what it starts, also where that is killed", async () => {
    const use = (ms: number) =>
      `while (process.cpuUsage().user + process.cpuUsage().system < ${ms} * 1000);`;
    const child = `${use(300)} process.kill(process.pid, "SIGKILL");`;
    const script = `
      const { spawnSync } = require("node:child_process");
      spawnSync(process.execPath, ["--eval", ${JSON.stringify(child)}]);
      ${use(200)}`;
    const seconds = await processorSeconds(node(script), options);
    // Clocks of systems tick every hundredth of a second.
    assert.ok(seconds > 0.45, String(seconds));
  });

  it("runs it where it is told, with the variables that it is given", async () => {
    const script = `process.exit(process.cwd() === ${JSON.stringify(__dirname)} && process.env.MADE_UP === "yes" ? 0 : 1)`;
    await processorSeconds(node(script), { ...options, env: { MADE_UP: "yes" } });
  });

  it("tells why a command fails", async () => {
    await assert.rejects(processorSeconds(node("throw new Error('for no reason')"), options), {
      code: 1,
      stderr: /for no reason/,
    });
  });
});
