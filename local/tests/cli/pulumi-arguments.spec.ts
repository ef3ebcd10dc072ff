import assert from "node:assert/strict";
import {
  commandLine,
  isDeploying,
  needsStack,
  parsePulumiArguments,
} from "../../cli/pulumi-arguments";

const parse = (line: string) => parsePulumiArguments(line.split(" "));

describe("The command line of npm run pulumi", () => {
  it("takes --data and --port for itself and passes all else on as it is", () => {
    const args = parse("up --yes --data d --port=0 --diff -- x");
    assert.equal(args.data, "d");
    assert.equal(args.port, 0);
    assert.deepEqual(args.passed, ["up", "--yes", "--diff", "--", "x"]);
  });

  it("has defaults", () => {
    const { data, port, stack, config } = parse("preview");
    assert.deepEqual(
      { data, port, stack, config },
      {
        data: ".local",
        port: 4000,
        stack: "local",
        config: {},
      },
    );
  });

  it("knows the stack and the config that are given to the CLI, however they are written", () => {
    for (const line of ["up -s other -c a=b=c", "--stack=other up --config=a=b=c"]) {
      const { stack, config, command } = parse(line);
      assert.deepEqual(
        { stack, config, command },
        {
          stack: "other",
          config: { a: "b=c" },
          command: "up",
        },
      );
    }
  });

  it("takes the folder of another project for itself, which then has a local cloud of its own", () => {
    for (const line of ["-C other up --yes", "--cwd=other up --yes", "up -C other --yes"]) {
      const { cwd, data, command, passed } = parse(line);
      assert.deepEqual([cwd, data, command], ["other", "other/.local", "up"]);
      assert.deepEqual(passed, ["up", "--yes"]);
    }
    assert.equal(parse("-C other --data d up").data, "d");
    assert.equal("cwd" in parse("up"), false);
  });

  it("finds the command behind the CLI's own options", () => {
    assert.equal(parse("--color never -v 3 --logtostderr preview").command, "preview");
  });

  it("names the file of the stack's config where a command takes one, unless the user does", () => {
    assert.deepEqual(commandLine(parse("--color never up --yes"), "/f"), [
      ...["--color", "never", "up", "--config-file", "/f", "--yes"],
    ]);
    assert.deepEqual(commandLine(parse("up --config-file=g"), "/f"), ["up", "--config-file=g"]);
    assert.deepEqual(commandLine(parse("stack output"), "/f"), ["stack", "output"]);
  });

  it("imports without the code that would need the provider's schema", () => {
    assert.deepEqual(commandLine(parse("import t n i")), [
      ...["import", "--generate-code=false", "t", "n", "i"],
    ]);
    assert.deepEqual(commandLine(parse("import --generate-code t n i")), [
      ...["import", "--generate-code", "t", "n", "i"],
    ]);
  });

  it("tells which commands need the cloud, a stack, or neither", () => {
    const kinds = ["up", "destroy", "import", "stack", "config", "version", "up --help"].map(
      (line) => [isDeploying(parse(line)), needsStack(parse(line))],
    );
    assert.deepEqual(kinds, [
      [true, true],
      [true, true],
      [true, true],
      [false, true],
      [false, true],
      [false, false],
      [false, false],
    ]);
  });

  it("refuses a port that is none", () => {
    for (const port of ["x", "-1", "65536", "1.5"]) {
      assert.throws(() => parse(`up --port=${port}`), {
        name: "UserError",
        message: `--port is ${port}, and must be an integer from 0 to 65535.`,
      });
    }
  });
});
