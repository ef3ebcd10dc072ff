import assert from "node:assert/strict";
import { failure, handlerOf, sources, WatchingRun } from "./support/watching-run";

/** The end of a program that waits for ever. */
const endless = "exports.never = new Promise(() => setInterval(() => undefined, 1000));";

/** The end of a program of which something is created, and something refused. */
const halfDone = `
  new Made("aws:sqs/queue:Queue", "queue", {});
  new Made("aws:s3/bucketObjectv2:BucketObjectv2", "object", { bucket: "none", key: "a", content: "b" });`;

describe("A run that watches its program", function () {
  // The first check of types takes seconds, and each application runs the program.
  this.timeout(120_000);
  let run: WatchingRun;

  before(async () => {
    run = new WatchingRun();
    await run.start();
  });

  after(() => run.remove());

  it("answers the next request by a handler's new code, which the next start finds, and goes on from", async () => {
    run.write("hello.ts", handlerOf("you"));
    await run.told(/^~ hello swapped in \d+\.\d s \(hello\.ts\)/m);
    assert.equal(await run.answer(), "hello you");
    await run.told(/GET +\/ +200 .*hello cold/);
    await run.stop();
    const printed = await run.start();
    assert.match(printed, /Resources:\n +\d+ unchanged\n/);
    assert.doesNotMatch(printed, /updated|created|replaced|deleted/);
    assert.equal(await run.answer(), "hello you");
    run.write("hello.ts", handlerOf("all"));
    await run.told(/^~ hello swapped/m);
    assert.equal(await run.answer(), "hello all");
    await run.stop();
    run.write("hello.ts", handlerOf("none"));
    assert.match(await run.start(), / ~ +aws:lambda:Function hello updated/);
    assert.equal(await run.answer(), "hello none");
  });

  it("applies a change of the program, and shows what has come of it", async () => {
    run.write("greeting.ts", 'export const greeting: string = "good day";\n');
    await run.told(/Applied in \d+\.\d s/);
    assert.equal(run.outputs().greeting, "good day");
    assert.equal((await run.shownOutputs()).greeting, "good day");
    assert.match(await run.answer(), /^good day /);
  });

  it("lets no type error of a source go live that is both the program's and a function's", async () => {
    const [greeting, answer] = [run.outputs().greeting, await run.answer()];
    run.write("greeting.ts", "export const greeting: string = 1;\n");
    const printed = await run.told(/^~ The program waits until the types/m);
    assert.match(printed, /Type 'number' is not assignable to type 'string'/);
    assert.equal(run.outputs().greeting, greeting);
    assert.equal(await run.answer(), answer);
    run.write("greeting.ts", 'export const greeting: string = "well";\n');
    await run.told(/Applied in/);
    assert.equal(run.outputs().greeting, "well");
    assert.match(await run.answer(), /^well /);
  });

  it("goes on as it is when the program is broken, until it is put right", async () => {
    const answer = await run.answer();
    run.write("index.js", failure + sources["index.js"]);
    const printed = await run.told(/The stack goes on as it is\./);
    assert.match(printed, /boom/);
    assert.equal(await run.answer(), answer);
    run.write("index.js", `${sources["index.js"]}\nexports.repaired = "yes";`);
    await run.told(/Applied in/);
    assert.equal(run.outputs().repaired, "yes");
  });

  it("applies no program of which types are wrong, until they are right", async () => {
    run.write("extra.ts", "export const extra: number = 1;\n");
    run.write("index.js", `${sources["index.js"]}\nexports.extra = require("./extra.ts").extra;`);
    await run.told(/Applied in/);
    run.write("extra.ts", 'export const extra: number = "none";\n');
    const printed = await run.told(/The stack goes on as it is\./);
    assert.match(printed, /Type 'string' is not assignable to type 'number'.*\n\n +extra\.ts:1:13/);
    assert.equal(run.outputs().extra, 1);
    run.write("extra.ts", 'export const extra: number = "none";\nthrow new Error("odd");\n');
    assert.match(await run.told(/The stack goes on as it is\./), /Error: odd[^]*not assignable/);
    run.write("extra.ts", "export const extra: number = 2;\n");
    await run.told(/Applied in/);
    assert.equal(run.outputs().extra, 2);
  });

  it("runs the program anew when it changes while it is run, and says what a failure has left", async () => {
    run.write("index.js", `${sources["index.js"]}\n${endless}`);
    await run.told(/Updating/);
    run.write("index.js", `${sources["index.js"]}\n${halfDone}`);
    const printed = await run.told(/goes on from there\./);
    assert.match(printed, /^~ The program has changed again, and is run anew\n/);
    assert.match(printed, /aws:sqs:Queue queue created/);
    assert.match(printed, /NoSuchBucket.*\n[^]*\nWhat was done until then stays; the next/);
    run.write("index.js", sources["index.js"]);
    assert.match(await run.told(/Applied in/), /aws:sqs:Queue queue deleted/);
  });
});
