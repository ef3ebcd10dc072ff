import assert from "node:assert/strict";
import { requireInspected } from "../../cli/start-inspection";
import { AppliedStacks } from "./applied-stack";

describe("A stack's session", function () {
  // Each test runs a program several times, on a machine that is busy.
  this.timeout(120_000);
  let stacks: AppliedStacks;

  before(async () => {
    stacks = await AppliedStacks.start();
  });

  after(async () => {
    await stacks.stop();
  });

  const hasBucket = (outputs: Readonly<Record<string, unknown>> | undefined) =>
    stacks.cloud.services.s3.hasBucket(String(outputs?.bucket));

  /** Makes a function `f` that answers so, with a version. */
  const published = (answer: number) => `
    const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] });
    const role = make("aws:iam/role:Role", "r", { assumeRolePolicy });
    const code = new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("exports.handler = async () => ${answer};") });
    const runtime = "nodejs" + process.versions.node.split(".")[0] + ".x";
    const f = make("aws:lambda/function:Function", "f", { role: role.arn, code, handler: "index.handler", runtime, publish: true, version: undefined });`;

  it("tells what is changed, property by property, and counts the rest", async () => {
    const program = (tag: string, word: string) => `
      make(queue, "q", { tags: { Environment: "${tag}" }, delaySeconds: 1 });
      make("aws:ssm/parameter:Parameter", "p", { name: "/p", type: "String", value: pulumi.secret("${word}") });
      make(bucket, "b");`;
    const first = await stacks.apply("changes", program("a", "one word"));
    assert.equal(first.error, undefined);
    assert.match(first.printed, /^ \+ {2}aws:s3:Bucket b created$/m);
    const { printed } = await stacks.apply("changes", program("b", "other word"));
    assert.equal(
      printed.slice(0, printed.indexOf("\n\n")),
      [
        "Updating (changes):",
        " ~  aws:sqs:Queue q updated [diff: ~tags]",
        '      ~ tags.Environment: "a" => "b"',
        " ~  aws:ssm:Parameter p updated [diff: ~value]",
        "      ~ value: [secret] => [secret]",
      ].join("\n"),
    );
    assert.match(printed, /Resources:\n {4}~ 2 updated\n {6}\d+ unchanged\n$/);
    const third = await stacks.apply("changes", program("b", "other word"));
    assert.match(third.printed, /^Updating \(changes\):\n\nResources:\n {6}\d+ unchanged\n$/);
  });

  it("deletes what the program no longer has, in the cloud too, what needs others first", async () => {
    const first = await stacks.apply(
      "gone",
      `const b = make(bucket, "b");
       make(object, "o", { bucket: b.bucket, key: "k", content: "x" });
       exports.bucket = b.bucket;`,
    );
    assert.ok(hasBucket(first.outputs), String(first.error));
    const { printed, error } = await stacks.apply("gone", "");
    assert.equal(error, undefined, printed);
    assert.match(
      printed,
      /^ - {2}aws:s3:BucketObjectv2 o deleted\n - {2}aws:s3:Bucket b deleted\n/m,
    );
    assert.match(printed, /^ {4}- 2 deleted$/m);
    assert.equal(hasBucket(first.outputs), false);
    assert.doesNotMatch((await stacks.apply("gone", "")).printed, /deleted/);
  });

  it("changes nothing where a function is to be inspected that there is not", async () => {
    const program = `${published(1)}\nmake(bucket, "b");\nexports.name = f.name;`;
    const inspecting = (inspect: string) =>
      stacks.apply("inspected", program, {
        check: ({ resources }) => {
          requireInspected({ inspect }, resources);
        },
      });
    const { printed, error } = await inspecting("unknown");
    assert.equal(
      error?.message,
      "--inspect unknown: the stack has no such function. Of functions, there are f.",
    );
    assert.doesNotMatch(printed, /created/);
    const { outputs } = await inspecting("f");
    assert.match(String(outputs?.name), /^f-[\da-f]{7}$/);
    const byName = await inspecting(String(outputs?.name));
    assert.equal(byName.error, undefined);
  });

  it("ends a program that waits for ever once it has changed again, and has changed nothing", async () => {
    const waiting = `make(bucket, "b");
      exports.never = new Promise(() => setInterval(() => undefined, 1000));`;
    const superseded = AbortSignal.timeout(1000);
    const { error, printed } = await stacks.apply("endless", waiting, { superseded });
    assert.equal(error?.name, "SupersededError");
    assert.equal(printed, "Updating (endless):\n");
    assert.match((await stacks.apply("endless", `make(bucket, "b");`)).printed, /b created/);
  });

  it("leaves an alias where others have moved it, as changes of its version are ignored", async () => {
    const program = (answer: number, more = "") => `
      ${published(answer)}
      make("aws:lambda/alias:Alias", "a", { name: "live", functionName: f.name, functionVersion: f.version${more} }, { ignoreChanges: ["functionVersion", "routingConfig"] });
      exports.name = f.name;
      exports.version = f.version;`;
    const first = await stacks.apply("aliased", program(1));
    assert.equal(first.outputs?.version, "1", String(first.error));
    const { lambda } = stacks.cloud.services;
    const name = String(first.outputs.name);
    const pointsTo = () => lambda.aliases.find(name, "live")?.version;
    const second = await stacks.apply("aliased", program(2));
    assert.equal(second.outputs?.version, "2", String(second.error));
    assert.doesNotMatch(second.printed, /Alias/);
    assert.equal(pointsTo(), "1");
    lambda.aliases.update(name, "live", { version: "2" });
    const third = await stacks.apply("aliased", program(2));
    assert.match(third.printed, /Resources:\n {6}4 unchanged\n$/);
    assert.equal(pointsTo(), "2");
    await stacks.apply("aliased", "");
    assert.equal(pointsTo(), undefined);
  });

  it("lets a bucket and a rule invoke an alias, and neither the function itself", async () => {
    const program = (target: string, qualifier: string) => `
      ${published(1)}
      const live = make("aws:lambda/alias:Alias", "a", { name: "live", functionName: f.name, functionVersion: f.version });
      const b = make(bucket, "b", { forceDestroy: true });
      const rule = make("aws:cloudwatch/eventRule:EventRule", "rule", { scheduleExpression: "rate(1 day)" });
      const action = "lambda:InvokeFunction";
      const allow = (name, principal, sourceArn) => make("aws:lambda/permission:Permission", name, { action, function: f.name, principal, sourceArn${qualifier} });
      const permissions = [allow("s3", "s3.amazonaws.com", b.arn), allow("events", "events.amazonaws.com", rule.arn)];
      const dependsOn = permissions;
      make("aws:s3/bucketNotification:BucketNotification", "n", { bucket: b.bucket, lambdaFunctions: [{ lambdaFunctionArn: ${target}, events: ["s3:ObjectCreated:*"] }] }, { dependsOn });
      make("aws:cloudwatch/eventTarget:EventTarget", "t", { rule: rule.name, arn: ${target} }, { dependsOn });
      exports.bucket = b.bucket;`;
    const right = await stacks.apply("invoking", program("live.arn", ', qualifier: "live"'));
    assert.equal(right.error, undefined, right.printed);
    const wrong = await stacks.apply("refused", program("f.arn", ', qualifier: "live"'));
    assert.match(wrong.printed, /Unable to validate the following destination configurations/);
  });

  it("leaves what is to be retained where it is", async () => {
    const source = `exports.bucket = make(bucket, "b", {}, { retainOnDelete: true }).bucket;`;
    const first = await stacks.apply("retained", source);
    const { printed } = await stacks.apply("retained", "");
    assert.match(printed, /^ - {2}aws:s3:Bucket b no longer managed, but left where it is$/m);
    assert.ok(hasBucket(first.outputs));
  });

  it("makes another one in place of what was left, beside it", async () => {
    const source = `
      const options = { retainOnDelete: true };
      const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }] });
      make("aws:iam/role:Role", "r", { assumeRolePolicy }, options);
      make("aws:kms/key:Key", "k", {}, options);
      exports.bucket = make(bucket, "b", {}, options).bucket;`;
    const first = await stacks.apply("regained", source);
    await stacks.apply("regained", "", { yes: true });
    const again = await stacks.apply("regained", source);
    assert.equal(again.error, undefined, again.printed);
    assert.notEqual(again.outputs?.bucket, first.outputs?.bucket);
    assert.ok(hasBucket(first.outputs));
    assert.match((await stacks.apply("regained", source)).printed, /^ {6}4 unchanged$/m);
  });

  it("changes nothing at all when something protected would have to go", async () => {
    const protectedBucket = `exports.bucket = make(bucket, "b", {}, { protect: true }).bucket;`;
    const first = await stacks.apply("protected", protectedBucket);
    const others = `make(queue, "q");\nconsole.log("what the program says is heard");`;
    const { printed, error } = await stacks.apply("protected", others, { yes: true });
    assert.equal(
      error?.message,
      "a resource cannot be deleted or replaced; nothing was changed",
      printed,
    );
    assert.match(
      printed,
      /error: resource "urn:.*::b" cannot be deleted\n {4}because it is protected/,
    );
    assert.match(printed, /what the program says is heard/);
    assert.doesNotMatch(printed, /created/);
    assert.ok(hasBucket(first.outputs));
    const replaced = `make(bucket, "b", { bucket: "another-protected" }, { protect: true });`;
    assert.match(
      (await stacks.apply("protected", replaced, { yes: true })).printed,
      /error: unable to replace resource "urn:.*::b"\n {4}as it is protected/,
    );
  });

  it("changes nothing at all when AWS would refuse a deletion, and says why", async () => {
    const first = await stacks.apply(
      "refused",
      `exports.bucket = make(bucket, "b").bucket;
       make(table, "t", { ...keyed("id"), deletionProtectionEnabled: true });`,
    );
    const name = String(first.outputs?.bucket);
    await put(stacks, name, "left-by-somebody");
    const { printed, error } = await stacks.apply("refused", "", { yes: true });
    assert.match(error?.message ?? "", /^2 resources cannot be deleted/);
    assert.match(printed, /deleting urn:.*::b: BucketNotEmpty: The bucket you tried to delete/);
    assert.match(
      printed,
      /deleting urn:.*::t: ValidationException: Resource cannot be deleted as it/,
    );
    assert.ok(hasBucket(first.outputs));
  });

  it("asks before it replaces, or deletes what holds something, and says what that is", async () => {
    const program = (hashKey: string, name: string) => `
      exports.bucket = make(bucket, "${name}-images", { forceDestroy: true }).bucket;
      make(bucket, "${name}-results");
      exports.table = make(table, "t", keyed("${hashKey}")).name;`;
    const first = await stacks.apply("asked", program("id", "old"));
    await put(stacks, String(first.outputs?.bucket), "one");
    await put(stacks, String(first.outputs?.bucket), "two");
    const changed = program("key", "new");
    const alone = await stacks.apply("asked", changed);
    assert.match(
      alone.error?.message ?? "",
      /^the 2 resources above would be replaced or deleted, .*--yes; nothing was changed$/,
    );
    const no = await stacks.apply("asked", changed, { answer: "n" });
    assert.equal(no.error?.message, "nothing was changed");
    assert.match(
      no.printed,
      / \+- aws:dynamodb:Table t replace \[diff: ~attributes,hashKey\]\n(?: {6}.*\n)* {6}~ hashKey: "id" => "key" \(replaces it\)\n - {2}aws:s3:Bucket old-images delete, and 2 objects with it; new-images takes its place, with nothing in it\n {4}and one more is deleted, which holds nothing\n\nGo on\? \(y\/N\) \n$/,
    );
    assert.ok(hasBucket(first.outputs));
    const { printed, outputs, error } = await stacks.apply("asked", changed, { answer: "y" });
    assert.equal(error, undefined, printed);
    assert.match(printed, /^ \+- aws:dynamodb:Table t replaced \[diff: ~attributes,hashKey\]$/m);
    assert.match(printed, /^ -- aws:dynamodb:Table t deleted original$/m);
    assert.equal(hasBucket(first.outputs), false);
    assert.ok(hasBucket(outputs));
    assert.notEqual(outputs?.table, first.outputs?.table);
    const { dynamodb } = stacks.cloud.services;
    assert.equal(dynamodb.hasTable(String(first.outputs?.table)), false);
    assert.ok(dynamodb.hasTable(String(outputs?.table)));
    assert.match((await stacks.apply("asked", changed)).printed, /:\n {6}\d+ unchanged\n$/);
  });

  it("counts what else is deleted, which holds nothing", async () => {
    const program = (prefix: string) => `
      exports.bucket = make(bucket, "${prefix}-images", { forceDestroy: true }).bucket;
      make(queue, "${prefix}-one");
      make(queue, "${prefix}-two");`;
    const { outputs } = await stacks.apply("counted", program("old"));
    await put(stacks, String(outputs?.bucket), "one");
    const { printed } = await stacks.apply("counted", program("new"), { answer: "n" });
    assert.match(
      printed,
      / - {2}aws:s3:Bucket old-images delete, .*\n {4}and 2 more are deleted, which hold nothing\n\nGo on/,
    );
  });

  it("deletes first what cannot be there twice, and leaves out what goes with another", async () => {
    const named = (hashKey: string) =>
      `make(table, "t", { name: "named", ...keyed("${hashKey}") });`;
    await stacks.apply("first", named("id"));
    const { printed, error } = await stacks.apply("first", named("key"), { yes: true });
    assert.equal(error, undefined, printed);
    assert.ok(stacks.cloud.services.dynamodb.hasTable("named"));
    const with2 = `const b = make(bucket, "b", { forceDestroy: true });
      make(object, "o", { bucket: b.bucket, key: "k", content: "x" }, { deletedWith: b });`;
    await stacks.apply("first", named("key") + with2);
    const gone = await stacks.apply("first", named("key"), { yes: true });
    assert.equal(gone.error, undefined, gone.printed);
    assert.match(
      gone.printed,
      /^ - {2}aws:s3:BucketObjectv2 o deleted\n - {2}aws:s3:Bucket b deleted$/m,
    );
  });

  it("asks before it deletes a queue in which something waits", async () => {
    const source = `make(queue, "q", { name: "waiting" });`;
    await stacks.apply("queued", source);
    const { sqs } = stacks.cloud.services;
    const principal = { kind: "root" as const, arn: "arn:aws:iam::000000000000:root" };
    const queueArn = "arn:aws:sqs:us-east-1:000000000000:waiting";
    sqs.send({ queueArn, body: "one", principal });
    const { printed, error } = await stacks.apply("queued", "");
    assert.match(printed, /^ - {2}aws:sqs:Queue q delete, and 1 message with it$/m);
    assert.match(error?.message ?? "", /^the resource above would be replaced or deleted/);
    assert.equal(sqs.messageCount("waiting"), 1);
  });

  it("keeps a resource, its name and its ids when it gets another name in the program", async () => {
    const before = await stacks.apply(
      "renamed",
      `exports.id = make(key, "k").keyId;
      exports.bucket = make(bucket, "one").bucket;`,
    );
    const source = `exports.id = make(key, "other", {}, { aliases: [{ name: "k" }] }).keyId;
      exports.bucket = make(bucket, "two", {}, { aliases: [{ name: "one" }] }).bucket;`;
    for (let run = 1; run <= 2; run++) {
      const { outputs, printed, error } = await stacks.apply("renamed", source);
      assert.equal(error, undefined, printed);
      assert.deepEqual(outputs, before.outputs);
      assert.match(printed, /:\n {6}\d+ unchanged\n$/);
    }
  });
});

/** Puts an object into a bucket, as a client does. */
async function put({ cloud }: AppliedStacks, bucket: string, key: string): Promise<void> {
  const principal = { kind: "root" as const, arn: "arn:aws:iam::000000000000:root" };
  const body = Buffer.from(key);
  const request = { principal, bucket, key, method: "PUT" as const, headers: {}, body };
  assert.equal((await cloud.services.s3.handle(request)).status, 200);
}
