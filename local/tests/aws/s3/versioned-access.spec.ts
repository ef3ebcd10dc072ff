import assert from "node:assert/strict";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { CopyObjectCommandInput, S3Client } from "@aws-sdk/client-s3";
import type { PolicyStatement } from "../../../aws/iam/types";
import { refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "versioned";
const bucketArn = `arn:aws:s3:::${Bucket}`;

describe("S3 access to versions", () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startS3();
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    await fixture.client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    );
  });
  after(async () => {
    await fixture.close();
  });

  const put = async (Key: string, Body: string, Tagging?: string) => {
    const command = new PutObjectCommand({ Bucket, Key, Body, Tagging });
    const { VersionId = "", ETag = "" } = await fixture.client.send(command);
    return { VersionId, ETag };
  };
  /** A client that may do just this to objects. */
  const may = (...actions: string[]) => mayAs({ Action: actions, Resource: `${bucketArn}/*` });
  const mayAs = (...statements: Omit<PolicyStatement, "Effect">[]) =>
    fixture.clientOf({
      credentials: fixture.roleWith(
        ...statements.map((each): PolicyStatement => ({ Effect: "Allow", ...each })),
      ),
    });
  const copy = (client: S3Client, input: Partial<CopyObjectCommandInput>) =>
    client.send(new CopyObjectCommand({ Bucket, Key: "to", CopySource: "", ...input }));

  it("reads a range of one version, for those who may read versions", async () => {
    const { VersionId } = await put("ranged", "old content");
    await put("ranged", "new");
    const input = { Bucket, Key: "ranged", VersionId, Range: "bytes=0-2" };
    const reply = await may("s3:GetObjectVersion").send(new GetObjectCommand(input));
    assert.equal(await reply.Body?.transformToString(), "old");
    assert.equal(reply.ContentRange, "bytes 0-2/11");
    assert.equal(reply.VersionId, VersionId);
    await refused(may("s3:GetObject").send(new GetObjectCommand(input)), "AccessDenied", 403);
    const newest = new GetObjectCommand({ Bucket, Key: "ranged" });
    await refused(may("s3:GetObjectVersion").send(newest), "AccessDenied", 403);
  });

  it("copies one version with other headers, if it is still the same", async () => {
    const { VersionId, ETag } = await put("from it/ä", "first");
    await put("from it/ä", "second");
    const key = encodeURIComponent("from it/ä");
    const input: Partial<CopyObjectCommandInput> = {
      CopySource: `${Bucket}/${key}?versionId=${VersionId}`,
      CopySourceIfMatch: ETag,
      MetadataDirective: "REPLACE",
      ContentType: "image/png",
    };
    const reply = await copy(may("s3:GetObjectVersion", "s3:PutObject"), input);
    assert.equal(reply.CopySourceVersionId, VersionId);
    const made = await fixture.client.send(new GetObjectCommand({ Bucket, Key: "to" }));
    assert.equal(made.ContentType, "image/png");
    assert.equal(await made.Body?.transformToString(), "first");
    const other = { ...input, CopySourceIfMatch: '"0123456789abcdef0123456789abcdef"' };
    await refused(copy(fixture.client, other), "PreconditionFailed", 412);
    await refused(copy(may("s3:GetObject", "s3:PutObject"), input), "AccessDenied", 403);
    await refused(copy(may("s3:GetObjectVersion"), input), "AccessDenied", 403);
  });

  it("takes a source that is encoded as a whole", async () => {
    await put("whole/a b?c", "content");
    const CopySource = encodeURIComponent(`${Bucket}/whole/a b?c`);
    await copy(fixture.client, { Key: "whole-copy", CopySource });
    await fixture.client.send(new HeadObjectCommand({ Bucket, Key: "whole-copy" }));
  });

  it("copies the tags of a version for those who may read them", async () => {
    const { VersionId } = await put("tagged", "x", "a=1");
    const input = { Key: "tagged-copy", CopySource: `${Bucket}/tagged?versionId=${VersionId}` };
    const write = ["s3:PutObject", "s3:PutObjectTagging", "s3:GetObjectVersion"];
    await copy(may(...write, "s3:GetObjectVersionTagging"), input);
    const { TagSet } = await fixture.client.send(
      new GetObjectTaggingCommand({ Bucket, Key: "tagged-copy" }),
    );
    assert.deepEqual(TagSet, [{ Key: "a", Value: "1" }]);
    await refused(copy(may(...write, "s3:GetObjectTagging"), input), "AccessDenied", 403);
  });

  it("deletes each of many versions for those who may", async () => {
    const { VersionId } = await put("bulk/a", "x");
    await put("bulk/b", "x");
    const Objects = [{ Key: "bulk/a", VersionId }, { Key: "bulk/b" }];
    const remove = (client: S3Client) =>
      client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    const first = await remove(may("s3:DeleteObject"));
    assert.deepEqual(
      first.Errors?.map(({ Key, Code }) => [Key, Code]),
      [["bulk/a", "AccessDenied"]],
    );
    assert.equal(first.Deleted?.[0]?.DeleteMarker, true);
    const second = await remove(may("s3:DeleteObjectVersion"));
    assert.deepEqual(second.Deleted, [{ Key: "bulk/a", VersionId }]);
    const one = new DeleteObjectCommand({ Bucket, Key: "bulk/a", VersionId });
    await refused(may("s3:DeleteObject").send(one), "AccessDenied", 403);
  });

  it("lists what lies under a prefix for those who may", async () => {
    await put("mine/a", "1");
    await put("mine/a", "2");
    const Condition = { StringEquals: { "s3:prefix": "mine/" } };
    const lister = (Action: string) => mayAs({ Action, Resource: bucketArn, Condition });
    const versions = (Prefix?: string) => new ListObjectVersionsCommand({ Bucket, Prefix });
    const objects = (Prefix?: string) => new ListObjectsV2Command({ Bucket, Prefix });
    const { Versions } = await lister("s3:ListBucketVersions").send(versions("mine/"));
    assert.equal(Versions?.length, 2);
    assert.equal((await lister("s3:ListBucket").send(objects("mine/"))).KeyCount, 1);
    for (const prefix of ["theirs/", "mine/a", undefined]) {
      await refused(lister("s3:ListBucketVersions").send(versions(prefix)), "AccessDenied", 403);
      await refused(lister("s3:ListBucket").send(objects(prefix)), "AccessDenied", 403);
    }
    await refused(lister("s3:ListBucket").send(versions("mine/")), "AccessDenied", 403);
  });

  it("writes only where nothing is, if asked, and a delete marker is nothing", async () => {
    await put("source", "x");
    const conditional = { Bucket, Key: "once", IfNoneMatch: "*" };
    const write = () => fixture.client.send(new PutObjectCommand({ ...conditional, Body: "1" }));
    const copyThere = () =>
      fixture.client.send(
        new CopyObjectCommand({ ...conditional, CopySource: `${Bucket}/source` }),
      );
    const remove = () => fixture.client.send(new DeleteObjectCommand({ Bucket, Key: "once" }));
    await write();
    await refused(write(), "PreconditionFailed", 412);
    await refused(copyThere(), "PreconditionFailed", 412);
    await remove();
    await copyThere();
    await refused(write(), "PreconditionFailed", 412);
  });
});
