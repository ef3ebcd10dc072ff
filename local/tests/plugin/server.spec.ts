import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  ConstructRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  InvokeRequest,
  PropertyDiff,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import type {
  CheckResponse,
  CreateResponse,
  InvokeResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { specialSecretSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { startCloud } from "../../cloud";
import type { RunningCloud } from "../../cloud";
import { ComputedOutputs } from "../../engine/computed-outputs";
import { structOf } from "../../engine/properties";
import type { Empty } from "../../engine/protobuf";
import { startPluginServer } from "../../plugin/server";
import type { PluginServer } from "../../plugin/server";
import { ManagedResources } from "../../provider/managed-resources";
import type { Properties } from "../../provider/resource";

const account = { accountId: "000000000000", region: "us-east-1", partition: "aws" };
const bucketType = "aws:s3/bucket:Bucket";
const secret = (value: unknown) => ({ [specialSigKey]: specialSecretSig, value });

describe("The provider's plugin", () => {
  let dataDir: string;
  let cloud: RunningCloud;
  let server: PluginServer;
  let client: ResourceProviderClient;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "plugin-"));
    const notify = () => undefined;
    cloud = await startCloud({ port: 0, dataDir, account, notify });
    const { provider } = cloud;
    const resources = new ManagedResources({
      provider,
      inventory: cloud.inventory,
      archiveDir: join(dataDir, "archives"),
      projectDir: dataDir,
      notify,
    });
    const computed = new ComputedOutputs(join(__dirname, "../../.."));
    server = await startPluginServer({ provider, resources, computed, version: "7.0.0" });
    client = new ResourceProviderClient(`127.0.0.1:${server.port}`, credentials.createInsecure());
  });

  after(async () => {
    client.close();
    server.stop();
    await cloud.stop();
    await rm(dataDir, { recursive: true });
  });

  /** Awaits a call of the plugin. */
  function call<Response>(
    send: (done: (error: Error | null, response: Response) => void) => unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      send((error, response) => {
        if (error) {
          reject(error);
        } else {
          resolve(response);
        }
      });
    });
  }

  const urn = (type: string, name = "photos") => `urn:pulumi:local::demo::${type}::${name}`;

  async function check(type: string, news: Properties, olds?: Properties, proposed?: string) {
    const request = new CheckRequest().setUrn(urn(type)).setNews(structOf(news));
    if (olds) {
      request.setOlds(structOf(olds));
    }
    if (proposed !== undefined) {
      request.setAutonaming(new CheckRequest.AutonamingOptions().setProposedName(proposed));
    }
    const response: CheckResponse = await call((done) => client.check(request, done));
    return {
      inputs: response.getInputs()?.toJavaScript() ?? {},
      failures: response.getFailuresList().map((failure) => failure.getReason()),
    };
  }

  async function diff(type: string, before: Properties, after: Properties) {
    const request = new DiffRequest()
      .setUrn(urn(type))
      .setOldInputs(structOf(before))
      .setNews(structOf(after));
    return await call<DiffResponse>((done) => client.diff(request, done));
  }

  it("names a resource that the program does not name, the same in the preview as later", async () => {
    const { inputs } = await check(bucketType, {});
    assert.match(inputs.bucket as string, /^photos-[0-9a-f]{7}$/);
    assert.deepEqual((await check(bucketType, {})).inputs, inputs);
  });

  it("keeps the name that it has made up, but not one that the program has taken back", async () => {
    const kept = await check(bucketType, {}, { bucket: "photos-1234567" });
    assert.equal(kept.inputs.bucket, "photos-1234567");
    const renamed = await check(bucketType, {}, { bucket: "mine" });
    assert.match(renamed.inputs.bucket as string, /^photos-[0-9a-f]{7}$/);
  });

  it("takes the program's name, or the one that Pulumi's settings propose", async () => {
    assert.equal((await check(bucketType, { bucket: "mine" })).inputs.bucket, "mine");
    const proposed = await check(bucketType, {}, undefined, "local-photos");
    assert.equal(proposed.inputs.bucket, "local-photos");
  });

  it("gives no name to what has none of its own", async () => {
    const { inputs } = await check("aws:sns/topicPolicy:TopicPolicy", { arn: unknownValue });
    assert.deepEqual(inputs, { arn: unknownValue });
  });

  it("says what is wrong with inputs, unless they are not known yet", async () => {
    const request = { acl: "public-read" };
    assert.match((await check(bucketType, request)).failures.join(), /does not emulate .* acl/);
    const unknown = { ...request, tags: { a: unknownValue } };
    assert.deepEqual((await check(bucketType, unknown)).failures, []);
  });

  it("tells which inputs differ, and which of them replace the resource", async () => {
    const table = "aws:dynamodb/table:Table";
    const response = await diff(
      table,
      { name: "t", hashKey: "id", tags: { a: secret("1") } },
      { name: "t", hashKey: "key", tags: { a: "1", b: "2" } },
    );
    assert.equal(response.getChanges(), DiffResponse.DiffChanges.DIFF_SOME);
    assert.deepEqual(response.getDiffsList(), ["hashKey", "tags"]);
    assert.deepEqual(response.getReplacesList(), ["hashKey"]);
    assert.equal(response.getDeletebeforereplace(), true);
    const details = [...response.getDetaileddiffMap().entries()].map(([path, detail]) => [
      path,
      detail.getKind(),
    ]);
    assert.deepEqual(details, [
      ["hashKey", PropertyDiff.Kind.UPDATE_REPLACE],
      ["tags.b", PropertyDiff.Kind.ADD],
    ]);
    const same = await diff(table, { name: "t" }, { name: "t" });
    assert.equal(same.getChanges(), DiffResponse.DiffChanges.DIFF_NONE);
  });

  it("leaves unknown in a preview what AWS computes, and creates nothing", async () => {
    const request = new CreateRequest()
      .setUrn(urn(bucketType))
      .setProperties(structOf({ bucket: "previewed" }))
      .setPreview(true);
    const response: CreateResponse = await call((done) => client.create(request, done));
    const outputs = response.getProperties()?.toJavaScript() ?? {};
    assert.equal(outputs.bucket, "previewed");
    assert.equal(outputs.arn, unknownValue);
    assert.equal(response.getId(), "");
    assert.equal(cloud.services.s3.hasBucket("previewed"), false);
  });

  it("creates, updates, reads, imports and deletes a resource", async () => {
    const properties = structOf({ bucket: "made", tags: { a: secret("1") } });
    const created: CreateResponse = await call((done) =>
      client.create(new CreateRequest().setUrn(urn(bucketType)).setProperties(properties), done),
    );
    assert.equal(created.getId(), "made");
    const outputs = created.getProperties()?.toJavaScript() ?? {};
    assert.equal(outputs.arn, "arn:aws:s3:::made");
    assert.deepEqual(outputs.tags, secret({ a: "1" }));
    const updated: UpdateResponse = await call((done) =>
      client.update(
        new UpdateRequest()
          .setUrn(urn(bucketType))
          .setId("made")
          .setNews(structOf({ bucket: "made", tags: { b: "2" } })),
        done,
      ),
    );
    assert.deepEqual(updated.getProperties()?.toJavaScript().tagsAll, { b: "2" });
    const imported: ReadResponse = await call((done) =>
      client.read(new ReadRequest().setUrn(urn(bucketType, "imported")).setId("made"), done),
    );
    assert.deepEqual(imported.getInputs()?.toJavaScript(), { bucket: "made", tags: { b: "2" } });
    const deletion = new DeleteRequest().setUrn(urn(bucketType)).setId("made");
    await call<Empty>((done) => client.delete(deletion, done));
    const gone: ReadResponse = await call((done) =>
      client.read(new ReadRequest().setUrn(urn(bucketType)).setId("made"), done),
    );
    assert.equal(gone.getId(), "");
  });

  it("keeps what is computed and filled in when it previews an update", async () => {
    const response: UpdateResponse = await call((done) =>
      client.update(
        new UpdateRequest()
          .setUrn(urn(bucketType))
          .setId("b")
          .setOlds(
            structOf({
              ...{ bucket: "b", arn: "arn:b", acl: "private", tagsAll: {} },
              versioning: { enabled: true, mfaDelete: false },
              website: { indexDocument: "a", errorDocument: "" },
            }),
          )
          .setOldInputs(
            structOf({
              ...{ bucket: "b", acl: "private" },
              versioning: { enabled: true },
              website: { indexDocument: "a" },
            }),
          )
          .setNews(
            structOf({
              ...{ bucket: "b", tags: { a: "1" } },
              versioning: { enabled: true },
              website: { indexDocument: "b" },
            }),
          )
          .setPreview(true),
        done,
      ),
    );
    assert.deepEqual(response.getProperties()?.toJavaScript(), {
      bucket: "b",
      arn: "arn:b",
      tags: { a: "1" },
      tagsAll: { a: "1" },
      versioning: { enabled: true, mfaDelete: false },
      website: { indexDocument: "b" },
    });
  });

  it("does not know the version of a function that it will publish", async () => {
    const inputs = { name: "f", timeout: 3, publish: true };
    const response: UpdateResponse = await call((done) =>
      client.update(
        new UpdateRequest()
          .setUrn(urn("aws:lambda/function:Function"))
          .setId("f")
          .setOlds(structOf({ ...inputs, arn: "arn:f", qualifiedArn: "arn:f:1", version: "1" }))
          .setOldInputs(structOf(inputs))
          .setNews(structOf({ ...inputs, timeout: 4 }))
          .setPreview(true),
        done,
      ),
    );
    const planned = response.getProperties()?.toJavaScript();
    assert.equal(planned?.arn, "arn:f");
    assert.equal(planned.version, unknownValue);
    assert.equal(planned.qualifiedArn, unknownValue);
  });

  it("marks as secret what AWS makes up in secret", async () => {
    const type = "aws:apigateway/apiKey:ApiKey";
    const response: CreateResponse = await call((done) =>
      client.create(
        new CreateRequest().setUrn(urn(type)).setProperties(structOf({ name: "key" })),
        done,
      ),
    );
    const { value } = response.getProperties()?.toJavaScript() as { value: Properties };
    assert.equal(value[specialSigKey], specialSecretSig);
  });

  it("says why AWS refuses a resource", async () => {
    const type = "aws:iam/role:Role";
    const inputs = structOf({ name: "role", assumeRolePolicy: "{}" });
    await assert.rejects(
      call<unknown>((done) =>
        client.create(new CreateRequest().setUrn(urn(type)).setProperties(inputs), done),
      ),
      /policy/i,
    );
  });

  it("answers the functions that the local cloud has", async () => {
    const token = "aws:index/getCallerIdentity:getCallerIdentity";
    const response: InvokeResponse = await call((done) =>
      client.invoke(new InvokeRequest().setTok(token), done),
    );
    assert.equal(response.getReturn()?.toJavaScript().accountId, "000000000000");
    await assert.rejects(
      call<unknown>((done) =>
        client.invoke(new InvokeRequest().setTok("aws:ec2/getAmi:getAmi"), done),
      ),
      /aws:ec2\/getAmi:getAmi: the local cloud does not emulate this function/,
    );
  });

  it("refuses to construct components", async () => {
    await assert.rejects(
      call<unknown>((done) => client.construct(new ConstructRequest().setType("aws:x:Y"), done)),
      /has no components of its own/,
    );
  });
});
