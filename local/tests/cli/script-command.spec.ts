import assert from "node:assert/strict";
import { CommanderError } from "commander";
import { ScriptCommand } from "../../cli/script-command";

/** What a command with options of each kind is told, and what it prints of a mistake. */
function parse(args: readonly string[], env: NodeJS.ProcessEnv) {
  let printed = "";
  const command = new ScriptCommand("npm run thing --", env)
    .option("--port <number>", "", "80")
    .option("--dry-run", "", false)
    .option("--no-watch", "")
    .option("-c, --config <key=value>", "")
    .option("--yes", "", false)
    .exitOverride()
    .configureOutput({ writeErr: (text) => (printed += text) });
  try {
    return command.parse(args, { from: "user" }).opts();
  } catch (error) {
    assert.ok(error instanceof CommanderError);
    assert.equal(error.exitCode, 1);
    return printed.trimEnd();
  }
}

const npm = { npm_lifecycle_event: "thing" };
const defaults = { port: "80", dryRun: false, watch: true, yes: false };

describe("a command line of npm", () => {
  for (const [typed, env, option] of [
    ["--port 90", { npm_config_port: "true" }, "--port <number>"],
    ["--port=90", { npm_config_port: "90" }, "--port <number>"],
    ["--dry-run", { npm_config_dry_run: "true" }, "--dry-run"],
    ["--no-watch", { npm_config_watch: "" }, "--no-watch"],
    ["--config a=b", { npm_config_config: "true" }, "--config <key=value>"],
    ["-c a=b", { npm_config_call: "a=b" }, "--config <key=value>"],
  ] as const) {
    it(`is refused where npm has taken ${typed}, with what to write`, () => {
      const [flag] = option.split(" ");
      assert.equal(
        parse(typed.endsWith("90") ? ["90"] : [], { ...npm, ...env }),
        `error: npm has taken ${flag} for itself, as it does with all options before --. ` +
          `Write: npm run thing -- ${option}`,
      );
    });
  }

  it("is read where npm has taken nothing of it", () => {
    const args = ["--port=90", "--dry-run", "--no-watch", "-c", "a=b"];
    assert.deepEqual(parse(args, { ...npm, npm_config_watch: undefined }), {
      port: "90",
      dryRun: true,
      watch: false,
      config: "a=b",
      yes: false,
    });
  });

  for (const [what, env] of [
    ["of npm's own settings", { ...npm, npm_config_yes: "true", npm_config_call: "" }],
    ["without npm", { npm_config_port: "90", npm_config_dry_run: "true" }],
  ] as const) {
    it(`takes no notice ${what}`, () => {
      assert.deepEqual(parse([], env), defaults);
    });
  }
});
