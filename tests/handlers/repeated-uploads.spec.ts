import assert from "node:assert/strict";
import { DeleteItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { createHandler as createUploadHandler } from "../../handlers/create-upload";
import { createHandler as uploadImageHandler } from "../../handlers/upload-image";
import type { Fault } from "../../local/aws/types";
import { makeImage } from "../support/images";
import { idempotencyTable, useDynamoDb } from "./dynamodb";
import { limitSettings } from "./callers";
import { imagesTable, tagsTable, usersTable } from "./image-tables";
import { useS3 } from "./s3";
import { apiEvent, call, jsonEvent, settings, useSdkSettings } from "./support";

describe("uploads under an Idempotency-Key", () => {
  useSdkSettings();
  const dynamoDb = useDynamoDb(imagesTable, tagsTable, usersTable, idempotencyTable);
  let isStored: boolean;
  const s3 = useS3(settings.IMAGES_BUCKET, {
    faults: {
      decide: (_service, operation) => {
        isStored ||= operation === "PutObject";
        return undefined;
      },
    },
  });
  const key = { "Idempotency-Key": "key-1" };
  let png: Buffer;

  beforeEach(async () => {
    isStored = false;
    png = await makeImage("png");
  });

  function uploadJson(imageName = "n", environment: NodeJS.ProcessEnv = settings, ownKey = key) {
    const headers = { "Content-Type": "application/json", ...ownKey };
    const body = {
      image_data: png.toString("base64"),
      content_type: "image/png",
      user_id: "u",
      image_name: imageName,
    };
    return call(uploadImageHandler(environment), jsonEvent(body, { headers }));
  }

  function uploadForm(boundary: string) {
    const part = (head: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; name=${head}\r\n\r\n`;
    const body = Buffer.concat([
      Buffer.from(`${part('"user_id"')}u\r\n`),
      Buffer.from(part('"image"; filename="x"\r\nContent-Type: image/png')),
      png,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const headers = { "Content-Type": `multipart/form-data; boundary=${boundary}`, ...key };
    return call(uploadImageHandler(settings), apiEvent({ headers, body }));
  }

  function createUpload() {
    const headers = { "Content-Type": "application/json", ...key };
    const body = { content_type: "image/png", user_id: "u", size: png.length };
    return call(createUploadHandler(settings), jsonEvent(body, { headers }));
  }

  async function rows(TableName: string) {
    const { Items = [] } = await dynamoDb().client.send(new ScanCommand({ TableName }));
    return Items;
  }

  async function objects(): Promise<number> {
    const list = new ListObjectVersionsCommand({ Bucket: settings.IMAGES_BUCKET });
    return (await s3().client.send(list)).Versions?.length ?? 0;
  }

  /** Forgets the answer but not the claim, as if the function had crashed before it was stored. */
  async function forgetAnswer(): Promise<void> {
    const TableName = settings.IDEMPOTENCY_TABLE;
    const answer = (await rows(TableName)).find(({ id }) => id?.S?.startsWith("answer#"));
    assert.ok(answer?.id);
    await dynamoDb().client.send(new DeleteItemCommand({ TableName, Key: { id: answer.id } }));
  }

  it("make one image, and answer alike every time", async () => {
    const first = await uploadJson();
    assert.equal(first.statusCode, 201);
    const again = await uploadJson();
    assert.equal(again.bodyText, first.bodyText);
    assert.equal(again.headers?.["Idempotency-Replayed"], "true");
    assert.equal((await rows(settings.IMAGES_TABLE)).length, 1);
    assert.equal(await objects(), 1);
  });

  it("make one image although the first attempt crashed after it had", async () => {
    const first = await uploadJson();
    await forgetAnswer();
    const again = await uploadJson();
    assert.equal(again.statusCode, 201);
    assert.deepEqual(again.body.metadata, first.body.metadata);
    assert.equal((await rows(settings.IMAGES_TABLE)).length, 1);
    assert.equal(await objects(), 1);
  });

  it("make one image although nobody knew whether the first attempt had, and it could not be undone", async () => {
    const fates: Readonly<Record<string, () => Fault["kind"] | undefined>> = {
      PutItem: () => (isStored ? "drop" : undefined),
      TransactWriteItems: () => "error",
    };
    dynamoDb().faults = {
      decide: (_service, operation) => {
        const kind = fates[operation]?.();
        return kind === undefined ? undefined : { kind, moment: 0 };
      },
    };
    const first = await uploadJson();
    assert.deepEqual([first.statusCode, first.body.code], [504, "OutcomeUnknown"]);
    const [made] = await rows(settings.IMAGES_TABLE);
    assert.equal(made?.state?.S, "ready");

    dynamoDb().faults = undefined;
    const again = await uploadJson();
    assert.deepEqual([again.statusCode, again.body.imageId], [201, made.imageId?.S]);
    assert.equal((await rows(settings.IMAGES_TABLE)).length, 1);
    assert.equal(await objects(), 1);
  });

  it("are answered alike although they took the last room, also after a crash", async () => {
    const limited = {
      ...settings,
      ...limitSettings,
      CALLERS: "anyone",
      MAX_IMAGES_PER_USER: "1",
    };
    const first = await uploadJson("n", limited);
    assert.equal(first.statusCode, 201);
    const other = await uploadJson("n", limited, { "Idempotency-Key": "key-2" });
    assert.deepEqual(
      [other.statusCode, other.body.code, other.body.limit, other.body.images],
      [403, "UserLimitReached", "images", 1],
    );
    assert.equal((await uploadJson("n", limited)).bodyText, first.bodyText);
    await forgetAnswer();
    const again = await uploadJson("n", limited);
    assert.deepEqual([again.statusCode, again.body.metadata], [201, first.body.metadata]);
    assert.deepEqual(await rows(usersTable.TableName), [
      { userId: { S: "u" }, images: { N: "1" }, bytes: { N: String(png.length) } },
    ]);
    assert.equal((await rows(settings.IMAGES_TABLE)).length, 1);
    assert.equal(await objects(), 1);
  });

  it("are the same with another boundary", async () => {
    const first = await uploadForm("boundary-1");
    assert.equal(first.statusCode, 201);
    assert.equal((await uploadForm("boundary-2")).bodyText, first.bodyText);
  });

  it("are refused when anything else differs", async () => {
    await uploadJson();
    assert.equal((await uploadJson("other")).statusCode, 422);
    png = Buffer.concat([png, Buffer.of(0)]);
    assert.equal((await uploadJson()).statusCode, 422);
    assert.equal((await rows(settings.IMAGES_TABLE)).length, 1);
  });

  it("get the same form, or one for the same upload after a crash", async () => {
    const first = await createUpload();
    assert.equal(first.statusCode, 201);
    assert.equal((await createUpload()).bodyText, first.bodyText);
    await forgetAnswer();
    const again = await createUpload();
    assert.equal(again.statusCode, 201);
    assert.equal(again.body.uploadId, first.body.uploadId);
    assert.equal((await rows(settings.IMAGES_TABLE)).length, 1);
  });
});
