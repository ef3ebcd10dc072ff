import assert from "node:assert/strict";
import type { RegisteredResource } from "../../engine/registered-resource";
import { runSource } from "./run-source";

const imports = 'import * as pulumi from "@pulumi/pulumi"; import * as aws from "@pulumi/aws";';
const generic =
  imports +
  `class Any extends pulumi.CustomResource {
    constructor(type: string, options?: pulumi.CustomResourceOptions) { super(type, "one", {}, options); }
  }`;

function run(program: string, config = "") {
  return runSource({
    "index.ts": program,
    "Pulumi.dev.yaml": `config:\n  aws:region: eu-west-1\n${config}`,
  });
}

describe("The default provider", function () {
  this.timeout(60_000);

  it("is looked at before what it creates, with the stack's config and the SDK's version", async () => {
    const looked: RegisteredResource[] = [];
    await runSource(
      {
        "index.ts":
          imports + 'new aws.s3.Bucket("b"); export const r = aws.getRegionOutput().name;',
        "Pulumi.dev.yaml": "config: { aws:region: eu-west-1 }",
      },
      {
        dryRun: true,
        analyze: (resource) => {
          looked.push(resource);
          return Promise.resolve();
        },
      },
    );
    const [stack, provider, bucket, ...others] = looked;
    assert.equal(stack?.type, "pulumi:pulumi:Stack");
    const { version } = provider?.inputs ?? {};
    assert.match(String(version), /^\d+\.\d+\.\d+$/);
    const name = `default_${String(version).replaceAll(".", "_")}`;
    assert.equal(provider?.urn, `urn:pulumi:dev::source::pulumi:providers:aws::${name}`);
    assert.deepEqual(provider.inputs, { region: "eu-west-1", version });
    assert.equal(bucket?.provider?.startsWith(`${provider.urn}::`), true);
    assert.deepEqual(others, []);
  });

  it("is refused to resources and functions where the config disables it", async () => {
    const config = "  pulumi:disable-default-providers: [aws]\n";
    const bucket = await run(imports + 'new aws.s3.Bucket("b");', config);
    const urn = "urn:pulumi:dev::source::aws:s3/bucket:Bucket::b";
    assert.deepEqual(
      bucket.diagnostics.map(({ message, urn: about }) => [message, about]),
      [[`Default provider for 'aws' disabled. '${urn}' must use an explicit provider.`, urn]],
    );
    const all = "  pulumi:disable-default-providers: ['*']\n";
    const region = await run(imports + "export const r = aws.getRegionOutput().name;", all);
    assert.match(
      region.messages.join("\n"),
      /Default provider for 'aws' disabled\. 'aws:index\/getRegion:getRegion' must use an explicit/,
    );
  });

  it("may be disabled where the program names a provider", async () => {
    const { messages } = await run(
      imports + 'new aws.s3.Bucket("b", {}, { provider: new aws.Provider("p", {}) });',
      "  pulumi:disable-default-providers: ['*']\n",
    );
    assert.deepEqual(messages, []);
  });

  it("needs the package's plugin", async () => {
    const cases: [program: string, message: string, name: string][] = [
      [
        'new Any("nope:index:Thing");',
        "no resource plugin 'pulumi-resource-nope' found in the workspace or on your $PATH",
        "default",
      ],
      [
        'new Any("nope:index:Thing", { version: "1.2.3" });',
        "no resource plugin 'pulumi-resource-nope' found in the workspace at version v1.2.3 or on your $PATH",
        "default_1_2_3",
      ],
      [
        'pulumi.runtime.invoke("nope:index:getThing", {});',
        "no resource plugin 'pulumi-resource-nope' found in the workspace or on your $PATH",
        "default",
      ],
      [
        'new Any("pulumi:providers:nope");',
        "no resource plugin 'pulumi-resource-nope' found in the workspace or on your $PATH",
        "one",
      ],
    ];
    for (const [program, message, name] of cases) {
      const { error, diagnostics } = await run(generic + program);
      assert.equal(error?.name, "RunFailed");
      const urn = `urn:pulumi:dev::source::pulumi:providers:nope::${name}`;
      assert.deepEqual(
        diagnostics.map((diagnostic) => [diagnostic.message, diagnostic.urn]),
        [[message, urn]],
      );
    }
  });
});
