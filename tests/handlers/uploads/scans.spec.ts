import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { GuardDutyScanResultNotificationEvent, S3Event } from "aws-lambda";
import { createS3 } from "../../../handlers/aws/clients";
import { createHandler as createFinaliseHandler } from "../../../handlers/finalise-upload";
import { createHandler as createUploadHandler } from "../../../handlers/upload-image";
import { createUpload } from "../../../handlers/create-upload";
import { ImagesBucket } from "../../../handlers/images/images-bucket";
import { sweepImages } from "../../../handlers/images/sweep";
import { finaliseUpload } from "../../../handlers/uploads/finalise";
import { scanResult } from "../../../handlers/uploads/scan-result";
import { stage } from "../../../handlers/uploads/stage";
import { makeImage } from "../../support/images";
import { limitSettings } from "../callers";
import { idempotencyTable } from "../dynamodb";
import { imageDeps } from "../image-deps";
import { usersTable } from "../image-tables";
import { useImagesCloud } from "../images-cloud";
import { call, context, jsonEvent, logging, settings, useSdkSettings } from "../support";

/** What GuardDuty says when it has looked at a version, or has tried to. */
function resultOf(key: string, versionId: string, status: string) {
  return {
    version: "0",
    source: "aws.guardduty",
    "detail-type": "GuardDuty Malware Protection Object Scan Result",
    detail: {
      schemaVersion: "1.0",
      scanStatus: "COMPLETED",
      resourceType: "S3_OBJECT",
      s3ObjectDetails: { bucketName: settings.IMAGES_BUCKET, objectKey: key, etag: "e", versionId },
      scanResultDetails: { scanResultStatus: status, threats: null },
    },
  } as unknown as GuardDutyScanResultNotificationEvent;
}

const scanning = { ...settings, SCAN_UPLOADS: "true" };

describe("scanResult", () => {
  it("lets through what is clean, of the version that was scanned", () => {
    assert.deepEqual(scanResult(resultOf("uploads/a b+c", "v1", "NO_THREATS_FOUND")), {
      version: { key: "uploads/a b+c", versionId: "v1" },
      status: "NO_THREATS_FOUND",
    });
  });

  for (const [status, code] of [
    ["THREATS_FOUND", "MalwareFound"],
    ["UNSUPPORTED", "MalwareScanFailed"],
    ["ACCESS_DENIED", "MalwareScanFailed"],
    ["FAILED", "MalwareScanFailed"],
    ["no_threats_found", "MalwareScanFailed"],
    ["", "MalwareScanFailed"],
  ] as const) {
    it(`refuses what GuardDuty says ${JSON.stringify(status)} of`, () => {
      assert.equal(scanResult(resultOf("uploads/a", "v1", status)).refusal?.code, code);
    });
  }
});

describe("finalise-upload, where uploads are scanned", () => {
  useSdkSettings();
  const cloud = useImagesCloud();
  let png: Buffer;
  before(async () => {
    png = await makeImage("png");
  });

  const finalise = (
    event: S3Event | GuardDutyScanResultNotificationEvent,
    environment: NodeJS.ProcessEnv = scanning,
  ) => logging(() => createFinaliseHandler(environment)(event, context));

  /** Notes a direct upload, and sends its object. */
  async function send(bytes = png) {
    const fields = { contentType: "image/png", userId: "u", imageName: "n", tags: {} };
    const input = { ...fields, size: png.length };
    const { uploadId } = await createUpload(input, imageDeps(), randomUUID());
    const key = `uploads/${uploadId}`;
    return { uploadId, key, versionId: await cloud().store(key, bytes) };
  }

  it("makes an image of what is clean", async () => {
    const { uploadId, key, versionId } = await send();
    const { logs } = await finalise(resultOf(key, versionId, "NO_THREATS_FOUND"));
    const row = await cloud().row(uploadId);
    assert.ok(row?.state === "ready");
    assert.deepEqual(await cloud().versions(), [row.key]);
    assert.deepEqual(
      logs.map(({ message }) => message),
      ["received", "started", "finished"],
    );
  });

  for (const [status, code] of [
    ["THREATS_FOUND", "MalwareFound"],
    ["UNSUPPORTED", "MalwareScanFailed"],
    ["ACCESS_DENIED", "MalwareScanFailed"],
    ["FAILED", "MalwareScanFailed"],
  ] as const) {
    it(`rejects and removes, and says in its log, what is ${status}`, async () => {
      const { uploadId, key, versionId } = await send();
      const { logs } = await finalise(resultOf(key, versionId, status));
      const row = await cloud().row(uploadId);
      assert.ok(row?.state === "rejected");
      assert.equal(row.rejection.code, code);
      assert.deepEqual(await cloud().versions(), []);
      const [warning] = logs.filter(({ level }) => level === "WARN");
      assert.deepEqual([warning?.message, warning?.status], ["not clean", status]);
    });
  }

  it("reads nothing of what is not clean", async () => {
    const { key, versionId } = await send();
    const s3 = createS3();
    const read: string[] = [];
    s3.middlewareStack.add(
      (next, { commandName = "" }) =>
        (args) => {
          read.push(...[commandName].filter((name) => /Get|Copy/.test(name)));
          return next(args);
        },
      { step: "initialize" },
    );
    const deps = { ...imageDeps(), bucket: new ImagesBucket(s3, settings.IMAGES_BUCKET) };
    const { refusal } = scanResult(resultOf(key, versionId, "THREATS_FOUND"));
    await finaliseUpload({ key, versionId }, deps, refusal);
    assert.deepEqual(read, []);
    assert.deepEqual(await cloud().versions(), []);
  });

  it("goes on checking what is clean", async () => {
    const { uploadId, key, versionId } = await send(Buffer.alloc(png.length, "a"));
    await finalise(resultOf(key, versionId, "NO_THREATS_FOUND"));
    const row = await cloud().row(uploadId);
    assert.ok(row?.state === "rejected");
    assert.equal(row.rejection.code, "ContentTypeMismatch");
  });

  it("makes nothing of what has arrived and is not scanned, and leaves it there", async () => {
    const { uploadId, key, versionId } = await send();
    const { logs } = await finalise({
      Records: [{ s3: { object: { key, versionId } } }],
    } as S3Event);
    assert.equal((await cloud().row(uploadId))?.state, "pending");
    assert.deepEqual(await cloud().versions(), [key]);
    assert.deepEqual(
      logs.map(({ message }) => message),
      ["received", "started", "left to a scan", "finished"],
    );
  });

  it("decides by the first result of several versions, and removes the others", async () => {
    const { uploadId, key, versionId: first } = await send();
    const second = await cloud().store(key, png);
    await finalise(resultOf(key, second, "NO_THREATS_FOUND"));
    await finalise(resultOf(key, first, "THREATS_FOUND"));
    const row = await cloud().row(uploadId);
    assert.ok(row?.state === "ready");
    assert.deepEqual(await cloud().versions(), [row.key]);
  });

  it("does the same once and for all when a result comes twice", async () => {
    for (const [status, state] of [
      ["NO_THREATS_FOUND", "ready"],
      ["THREATS_FOUND", "rejected"],
    ] as const) {
      const { uploadId, key, versionId } = await send();
      await finalise(resultOf(key, versionId, status));
      const before = await cloud().row(uploadId);
      await finalise(resultOf(key, versionId, status));
      assert.deepEqual(await cloud().row(uploadId), before);
      assert.equal(before?.state, state);
    }
  });

  it("removes what is scanned for an upload that there is not", async () => {
    const key = `uploads/${randomUUID()}`;
    await finalise(resultOf(key, await cloud().store(key, png), "NO_THREATS_FOUND"));
    await cloud().assertEmpty();
  });

  it("leaves to the sweep what no result ever comes of", async () => {
    await send();
    await sweepImages(new Date(Date.now() + 26 * 3600 * 1000), imageDeps());
    await cloud().assertEmpty();
  });

  it("goes by a result that comes when uploads are not scanned any more", async () => {
    for (const [status, state] of [
      ["NO_THREATS_FOUND", "ready"],
      ["THREATS_FOUND", "rejected"],
    ] as const) {
      const { uploadId, key, versionId } = await send();
      await finalise(resultOf(key, versionId, status), settings);
      assert.equal((await cloud().row(uploadId))?.state, state);
    }
  });
});

describe("POST /images, where uploads are scanned", () => {
  useSdkSettings();
  const cloud = useImagesCloud(usersTable, idempotencyTable);
  let png: Buffer;
  before(async () => {
    png = await makeImage("png");
  });

  function upload(environment: NodeJS.ProcessEnv = scanning, headers: Record<string, string> = {}) {
    const body = { imageData: png.toString("base64"), contentType: "image/png", userId: "u" };
    const parts = { headers: { "Content-Type": "application/json", ...headers } };
    return call(createUploadHandler(environment), jsonEvent(body, parts));
  }

  /** What a scan says of the version of an upload that is there. */
  async function scan(uploadId: string, status: string): Promise<void> {
    const key = `uploads/${uploadId}`;
    const [versionId = ""] = await cloud().versionIds(key);
    await logging(() =>
      createFinaliseHandler({ ...scanning, STRIP_LOCATION: "true" })(
        resultOf(key, versionId, status),
        context,
      ),
    );
  }

  it("lets the image wait, and shows it nowhere", async () => {
    const { statusCode, body } = await upload();
    assert.equal(statusCode, 202);
    const { uploadId } = body as { uploadId: string };
    assert.deepEqual(body, {
      message: "The image waits to be scanned.",
      uploadId,
      status: "pending",
    });
    assert.deepEqual(await cloud().versions(), [`uploads/${uploadId}`]);
    assert.equal((await cloud().row(uploadId))?.state, "pending");
    assert.deepEqual(await cloud().tagEntries(), []);
  });

  it("makes an image of what is clean, and none of what is not", async () => {
    for (const [status, state] of [
      ["NO_THREATS_FOUND", "ready"],
      ["THREATS_FOUND", "rejected"],
    ] as const) {
      const { uploadId } = (await upload()).body as { uploadId: string };
      await scan(uploadId, status);
      assert.equal((await cloud().row(uploadId))?.state, state);
    }
    const [image, ...others] = await cloud().versions();
    assert.deepEqual(others, []);
    assert.deepEqual(await cloud().read(image ?? ""), png);
  });

  it("refuses at once what is no image", async () => {
    png = Buffer.from("<script>");
    const { statusCode, body } = await upload();
    assert.deepEqual([statusCode, body.code], [415, "ContentTypeMismatch"]);
    await cloud().assertEmpty();
    png = await makeImage("png");
  });

  it("makes one upload under an Idempotency-Key, and says after a crash what has become of it", async () => {
    const key = { "Idempotency-Key": "key-1" };
    const first = await upload(scanning, key);
    assert.equal((await upload(scanning, key)).bodyText, first.bodyText);
    const { uploadId } = first.body as { uploadId: string };
    for (const [status, expected] of [
      ["NO_THREATS_FOUND", { status: "ready", imageId: uploadId }],
      [undefined, { status: "ready", imageId: uploadId }],
    ] as const) {
      if (status) {
        await scan(uploadId, status);
      }
      await cloud().forgetAnswers();
      const again = await upload(scanning, key);
      assert.equal(again.statusCode, 202);
      assert.deepEqual(again.body, {
        message: "The image waits to be scanned.",
        uploadId,
        ...expected,
      });
    }
    assert.equal((await cloud().rows()).length, 1);
  });

  it("goes by the limits of users, at once and when the image is made", async () => {
    const limited = { ...scanning, ...limitSettings, CALLERS: "anyone", MAX_IMAGES_PER_USER: "1" };
    const uploads = [await upload(limited), await upload(limited)];
    const [one = "", other = ""] = uploads.map(({ body }) => String(body.uploadId));
    for (const uploadId of [one, other]) {
      const [versionId = ""] = await cloud().versionIds(`uploads/${uploadId}`);
      await logging(() =>
        createFinaliseHandler(limited)(
          resultOf(`uploads/${uploadId}`, versionId, "NO_THREATS_FOUND"),
          context,
        ),
      );
    }
    assert.equal((await cloud().row(one))?.state, "ready");
    const row = await cloud().row(other);
    assert.ok(row?.state === "rejected");
    assert.equal(row.rejection.code, "UserLimitReached");
    assert.equal((await upload(limited)).statusCode, 403);
  });

  const uploadOf = () => {
    const described = { contentType: "image/png", userId: "u", imageName: "n", tags: {} };
    return { image: Buffer.from(png), ...described };
  };

  /** What fails as soon as its object is stored, whose answer is lost, after `then`. */
  const losing = (then: () => Promise<void> = () => Promise.resolve()) =>
    imageDeps(async (act) => {
      const output = await act();
      if (isPut(output)) {
        await then();
        throw new Error("The answer is lost.");
      }
      return output;
    });

  it("leaves nothing of an upload that fails", async () => {
    await assert.rejects(stage(uploadOf(), losing(), randomUUID()), /The answer is lost/);
    await cloud().assertHidden();
  });

  it("tells what became of an upload that was scanned before its answer was lost", async () => {
    const uploadId = randomUUID();
    const key = `uploads/${uploadId}`;
    const scan = async () => {
      const [versionId = ""] = await cloud().versionIds(key);
      const handler = createFinaliseHandler(scanning);
      await logging(() => handler(resultOf(key, versionId, "NO_THREATS_FOUND"), context));
    };
    const staged = await stage(uploadOf(), losing(scan), uploadId);
    assert.equal(staged.status, "ready");
    assert.equal((await cloud().row(uploadId))?.state, "ready");
  });

  it("leaves it open what becomes of an upload that may be stored and cannot be hidden", async () => {
    const deps = losing();
    deps.publication.hide = () => Promise.reject(new Error("The table does not answer."));
    const uploadId = randomUUID();
    await assert.rejects(stage(uploadOf(), deps, uploadId), {
      statusCode: 504,
      code: "OutcomeUnknown",
    });
    assert.equal((await cloud().row(uploadId))?.state, "pending");
  });
});

/** Whether it is S3's answer to an object that was stored. */
function isPut(output: unknown): boolean {
  return typeof (output as { output?: { VersionId?: unknown } }).output?.VersionId === "string";
}
