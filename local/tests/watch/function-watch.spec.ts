import assert from "node:assert/strict";
import { WatchedProgram, sourceOf } from "./support/watched-program";

describe("FunctionWatch", function () {
  // The first check of types takes seconds.
  this.timeout(60_000);
  let program: WatchedProgram;

  beforeEach(async () => {
    program = await WatchedProgram.start();
  });

  afterEach(() => program.stop());

  it("swaps a function's code when its source changes, and says so", async () => {
    assert.equal(await program.answer("program-one"), "hello one");
    program.write("src/one.ts", sourceOf("one", '"!"'));
    const line = await program.told(/swapped/);
    assert.match(line, /^~ one swapped in \d+\.\d s \(src\/one\.ts\)/);
    assert.equal(await program.answer("program-one"), "hello one!");
  });

  it("swaps all functions that a source is part of, and leaves what the next start finds", async () => {
    program.write("src/shared.ts", `export const greeting = "good day";\n`);
    assert.match(await program.told(/swapped/), /^~ one, two swapped in .* \(src\/shared\.ts\)/);
    assert.equal(await program.answer("program-two"), "good day two");
    assert.match(program.read("bundle/one.js"), /good day/);
    assert.match(program.read("bundle/one.js.map"), /src\/shared\.ts/);
    assert.doesNotMatch(program.read("bundle/one.js"), /sourceMappingURL/);
  });

  it("lets an invocation wait for what it is to run", async () => {
    const invoked = new Promise<unknown>((resolve) => {
      program.watcher.subscribe(() => {
        resolve(program.answer("program-two"));
      });
    });
    program.write("src/shared.ts", `export const greeting = "good day";\n`);
    assert.equal(await invoked, "good day two");
  });

  it("prints a bundling error with its line, and keeps the code until it is put right", async () => {
    program.write("src/one.ts", `export { greeting as handler } from "./nowhere";\n`);
    const error = await program.told(/Could not resolve "\.\/nowhere"/);
    assert.match(
      error,
      /src\/one\.ts:1:36:\n.*export \{ greeting as handler \} from "\.\/nowhere";/s,
    );
    await program.told(/^~ one keeps its code: it cannot be bundled$/);
    assert.equal(await program.answer("program-one"), "hello one");
    // No source of the bundle that runs.
    program.write("src/nowhere.ts", `export const greeting = async () => "there";\n`);
    await program.told(/^~ one swapped/);
    assert.equal(await program.answer("program-one"), "there");
    program.write("src/one.ts", sourceOf("one", '"?"'));
    await program.told(/^~ one swapped/);
    assert.equal(await program.answer("program-one"), "hello one?");
  });

  it("prints a type error with its line; the old code stays, or comes back, until it is put right", async () => {
    const former = program.read("bundle/one.js");
    program.write("src/one.ts", sourceOf("one", "(1).toUpperCase()"));
    const error = await program.told(/ERROR/);
    assert.match(error, /Property 'toUpperCase' does not exist on type '1'\. \[TS2339\]/);
    assert.match(error, /src\/one\.ts:4:69:\n.*\(1\)\.toUpperCase\(\)/s);
    await program.told(/^~ one (has its former code back|keeps its code)/);
    assert.equal(await program.answer("program-one"), "hello one");
    assert.equal(program.read("bundle/one.js"), former);
    // From now on the compiler knows the sources.
    program.write("src/one.ts", sourceOf("one", '"!".toUpperCase() + 1'));
    await program.told(/^~ one swapped/);
    assert.equal(await program.answer("program-one"), "hello one!1");
    program.write("src/shape.ts", "export interface Shape { title: string }\n");
    assert.match(await program.told(/ERROR/), /src\/one\.ts:3:23:/);
    program.write("src/shared.ts", `export const greeting = "good day";\n`);
    await program.told(/^~ one (has its former code back|keeps its code)/);
    assert.equal(await program.answer("program-one"), "hello one!1");
    program.write("src/shape.ts", "export interface Shape { name: string }\n");
    await program.told(/swapped/);
    assert.equal(await program.answer("program-one"), "good day one!1");
  });

  it("tells who bundles functions whether their types are right, once that is known", async () => {
    assert.equal(await program.watch.isWellTyped(), true);
    const changed = program.changed();
    program.write("src/shared.ts", `export const greeting: string = 1;\n`);
    await changed;
    assert.equal(await program.watch.isWellTyped(), false);
    assert.equal(await program.answer("program-one"), "hello one");
    const again = program.changed();
    program.write("src/shared.ts", `export const greeting: string = "hi";\n`);
    await again;
    assert.equal(await program.watch.isWellTyped(), true);
    assert.equal(await program.answer("program-one"), "hi one");
    // The program itself fails by this; and it may have done without that function by now.
    const removed = program.changed();
    program.remove("src/one.ts");
    await removed;
    assert.equal(await program.watch.isWellTyped(), true);
  });

  it("lets nobody bundle functions while types are wrong in what no bundle holds, and says when they are right", async () => {
    // The compiler knows the sources from now on.
    program.write("src/one.ts", sourceOf("one", '"!"'));
    await program.told(
      /^~ Types of functions have been checked for the first time, and are right$/,
    );
    const bundle = program.read("bundle/one.js");
    for (const wrong of ["export interface Shape { title: string }\n", "export type A = B;\n"]) {
      program.write("src/shape.ts", wrong);
      await program.told(/ERROR/);
      assert.equal(await program.watch.isWellTyped(), false);
      // Of a change that concerns no function, nothing else comes.
      const changed = program.changed();
      program.write("other.ts", "export {};\n");
      await changed;
      assert.equal(await program.watch.isWellTyped(), false);
      program.write("src/shape.ts", "export interface Shape { name: string }\n");
      await program.told(/^~ Types are right again \(src\/shape\.ts\)$/);
      assert.equal(await program.watch.isWellTyped(), true);
    }
    assert.equal(program.read("bundle/one.js"), bundle);
    assert.equal(await program.answer("program-one"), "hello one!");
  });

  it("tells one error of one cause, when a source is gone or cannot be read", async () => {
    program.write("src/two.ts", `import "./one";\n${sourceOf("two")}`);
    await program.told(
      /^~ Types of functions have been checked for the first time, and are right$/,
    );
    await program.watch.isWellTyped();
    program.notices.length = 0;
    const errors = () => program.notices.filter((notice) => notice.includes("ERROR"));
    const removed = program.changed();
    program.remove("src/one.ts");
    await removed;
    await program.watch.isWellTyped();
    assert.deepEqual(
      errors()
        .flatMap((text) => text.match(/Could not resolve "[^"]*"|TS\d+/g))
        .sort(),
      ['Could not resolve "./one"', 'Could not resolve "src/one.ts"'],
    );
    program.notices.length = 0;
    const changed = program.changed();
    program.write("src/one.ts", `${sourceOf("one")}{`);
    await changed;
    await program.watch.isWellTyped();
    assert.deepEqual(
      errors().flatMap((text) => text.match(/ERROR\] .*/g)),
      ["ERROR] Unexpected end of file"],
    );
  });

  it("says that errors are gone when the sources are again what runs", async () => {
    const wrong = "export const greeting: number = 'hello';\n";
    const right = `export const greeting = "hello";\n`;
    program.write("src/shared.ts", wrong);
    await program.told(/^~ (one, two have their former code back|two keeps its code)/);
    program.write("src/shared.ts", right);
    // The first bundles were made in one go, with other names of variables in them.
    await program.told(/^~ one, two (swapped|are right again)/);
    program.write("src/shared.ts", wrong);
    await program.told(/^~ two keeps its code: it has type errors$/);
    program.write("src/shared.ts", right);
    await program.told(/^~ one, two are right again, and run as before \(src\/shared\.ts\)$/);
    program.write("src/one.ts", `${sourceOf("one")}{`);
    await program.told(/^~ one keeps its code: it cannot be bundled$/);
    program.write("src/one.ts", sourceOf("one"));
    await program.told(/^~ one is right again, and runs as before \(src\/one\.ts\)$/);
    assert.equal(await program.answer("program-one"), "hello one");
  });

  it("says so, too, when types take longer than a swap waits for", async () => {
    // The first check of types begins.
    program.write("src/one.ts", `${sourceOf("one")}{`);
    await program.told(/^~ one keeps its code: it cannot be bundled$/);
    program.write("src/one.ts", sourceOf("one"));
    await program.told(/^~ one is right again, and runs as before \(src\/one\.ts\)$/);
  });

  it("tells who bundles functions of type errors with which the code is the same", async () => {
    const changed = program.changed();
    // The letters are the same, since esbuild names variables by how often each occurs.
    program.write("src/one.ts", sourceOf("one").replace(": Shape", ": pSeah"));
    await changed;
    assert.equal(await program.watch.isWellTyped(), false);
    await program.told(/^~ one keeps its code: it has type errors$/);
    program.write("src/one.ts", sourceOf("one"));
    await program.told(/^~ one is right again, and runs as before \(src\/one\.ts\)$/);
    assert.equal(await program.watch.isWellTyped(), true);
  });

  it("leaves a function alone whose code stays the same", async () => {
    program.write("src/one.ts", `// A comment.\n${sourceOf("one")}`);
    program.write("src/two.ts", sourceOf("two", '"!"'));
    assert.match(await program.told(/swapped/), /^~ two swapped/);
  });

  it("packs plain files again", async () => {
    program.write("plain/index.js", `exports.handler = async () => "new";\n`);
    assert.match(await program.told(/swapped/), /^~ plain swapped in .* \(plain\/index\.js\)/);
    assert.equal(await program.answer("plain"), "new");
  });
});
