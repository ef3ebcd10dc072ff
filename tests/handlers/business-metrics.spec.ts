import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import type { APIGatewayProxyEventV2, S3Event } from "aws-lambda";
import { measuredOperations } from "../../components/operations/business-metrics";
import { businessMetrics, createBusinessCounts } from "../../handlers/aws/business-metrics";
import { createUpload } from "../../handlers/create-upload";
import { createHandler as createDelete } from "../../handlers/delete-image";
import { createHandler as createFinalise } from "../../handlers/finalise-upload";
import { createHandler as createProcess } from "../../handlers/process-data";
import { createHandler as createRender } from "../../handlers/render-image";
import { createHandler as createUploadImage } from "../../handlers/upload-image";
import { makeImage } from "../support/images";
import { idempotencyTable, recordsTable, useDynamoDb } from "./dynamodb";
import { imageDeps } from "./image-deps";
import { resultsTable } from "./image-tables";
import { useImagesCloud } from "./images-cloud";
import {
  apiEvent,
  call,
  context,
  jsonEvent,
  type Log,
  logging,
  settings,
  useSdkSettings,
} from "./support";

const measured = {
  ...settings,
  POWERTOOLS_METRICS_NAMESPACE: "Shop",
  METRICS_SERVICE: "shop",
  METRICS_STAGE: "test",
};

interface Emf {
  _aws: {
    Timestamp: number;
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[];
  };
}

/** What was counted, by the lines of the log; each has to be complete, and to tell of nobody. */
function counted({ logs }: Pick<Log, "logs">): Record<string, number>[] {
  return logs
    .filter((line) => "_aws" in line)
    .map((line) => {
      const { _aws, service, stage, ...values } = line as unknown as Emf & Record<string, unknown>;
      const [directive, ...others] = _aws.CloudWatchMetrics;
      assert.ok(directive);
      assert.deepEqual(others, []);
      assert.deepEqual(
        [directive.Namespace, directive.Dimensions, service, stage],
        ["Shop", [["service", "stage"]], "shop", "test"],
      );
      assert.deepEqual(
        directive.Metrics.map((metric) => metric as unknown),
        Object.keys(values).map((Name) => ({
          Name,
          Unit: businessMetrics[Name as keyof typeof businessMetrics],
        })),
      );
      assert.ok(Math.abs(Date.now() - _aws.Timestamp) < 60_000);
      return values as Record<string, number>;
    });
}

/** The counts, with times left out, which are some number from 0. */
function countedBut(time: string, log: Pick<Log, "logs">): Record<string, number>[] {
  return counted(log).map(({ [time]: seconds = -1, ...others }) => {
    assert.ok(seconds >= 0 && seconds < 60);
    return others;
  });
}

describe("createBusinessCounts", () => {
  it("writes one line for all that happened at once", async () => {
    const log = await logging(() => {
      createBusinessCounts(measured).add({ ImagesReady: 1, BytesStored: 5 });
      return Promise.resolve();
    });
    assert.deepEqual(counted(log), [{ ImagesReady: 1, BytesStored: 5 }]);
  });

  it("begins anew with each line", async () => {
    const log = await logging(() => {
      const counts = createBusinessCounts(measured);
      counts.add({ ImagesReady: 1 });
      counts.add({ ImagesRejected: 1 });
      return Promise.resolve();
    });
    assert.deepEqual(counted(log), [{ ImagesReady: 1 }, { ImagesRejected: 1 }]);
  });

  it("leaves out a number that is not known, rather than to fail", async () => {
    const log = await logging(() => {
      createBusinessCounts(measured).add({ ImagesReady: 1, UploadSeconds: NaN });
      return Promise.resolve();
    });
    assert.deepEqual(counted(log), [{ ImagesReady: 1 }]);
  });

  it("writes nothing where no namespace is named", async () => {
    const { logText } = await logging(() => {
      createBusinessCounts(settings).add({ ImagesReady: 1 });
      return Promise.resolve();
    });
    assert.equal(logText, "");
  });

  it("is used by the handlers that the program tells the namespace, and by no others", () => {
    const using = readdirSync("handlers")
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => readFileSync(`handlers/${file}`, "utf8").includes("createBusinessCounts("))
      .map((file) => file.replace(".ts", ""));
    assert.deepEqual(using.sort(), [...measuredOperations].sort());
  });
});

describe("business metrics of images", () => {
  useSdkSettings();
  const cloud = useImagesCloud();
  let png: Buffer;
  before(async () => {
    png = await makeImage("png");
  });

  const upload = (body: Buffer, contentType = "image/png") =>
    call(
      createUploadImage(measured),
      apiEvent({ headers: { "Content-Type": contentType }, query: { userId: "SECRET" }, body }),
    );

  it("count an upload that is ready, its bytes and how long it took", async () => {
    const log = await upload(png);
    assert.equal(log.statusCode, 201);
    assert.deepEqual(countedBut("UploadSeconds", log), [
      { ImagesReady: 1, BytesStored: png.length },
    ]);
    assert.doesNotMatch(log.logText, /SECRET/);
  });

  it("count an upload that is no image, and none that is refused before it is looked at", async () => {
    const rejected = await upload(Buffer.from("no image"));
    assert.equal(rejected.statusCode, 415);
    assert.deepEqual(counted(rejected), [{ ImagesRejected: 1 }]);
    const refused = await call(
      createUploadImage(measured),
      apiEvent({ headers: { "Content-Type": "image/png" }, query: { nosuch: "1" }, body: png }),
    );
    assert.equal(refused.statusCode, 400);
    assert.deepEqual(counted(refused), []);
  });

  async function arrived(bytes: Buffer): Promise<S3Event> {
    const input = { contentType: "image/png", userId: "SECRET", imageName: "n", tags: {} };
    const id = randomUUID();
    await createUpload({ ...input, size: png.length }, imageDeps(), id);
    const key = `uploads/${id}`;
    const object = { key, versionId: await cloud().store(key, bytes) };
    const eventTime = new Date().toISOString();
    return { Records: [{ eventTime, s3: { object } }] } as S3Event;
  }

  const finalise = (event: S3Event) => logging(() => createFinalise(measured)(event, context));

  it("count a direct upload once, however often it is told of", async () => {
    const event = await arrived(png);
    assert.deepEqual(countedBut("UploadSeconds", await finalise(event)), [
      { ImagesReady: 1, BytesStored: png.length },
    ]);
    assert.deepEqual(counted(await finalise(event)), []);
  });

  it("count a direct upload that is rejected", async () => {
    const event = await arrived(Buffer.alloc(png.length));
    assert.deepEqual(counted(await finalise(event)), [{ ImagesRejected: 1 }]);
  });

  it("count a deleted image, and none that is not there", async () => {
    const { body } = await upload(png);
    const remove = (id: string) =>
      call(createDelete(measured), apiEvent({ method: "DELETE", resource: "/images/{id}", id }));
    assert.deepEqual(counted(await remove(String(body.imageId))), [{ ImagesDeleted: 1 }]);
    assert.deepEqual(counted(await remove(randomUUID())), []);
  });

  it("count a rendition that is made, and none that is refused", async () => {
    const { body } = await upload(png);
    const render = (operations: string) => {
      const handler = createRender({
        ...measured,
        ORIGIN_SECRET_HASHES: createHash("sha256").update("secret").digest("hex"),
      });
      const path = `/i/${String(body.imageId)}/${operations}`;
      const event = {
        rawPath: path,
        headers: { "x-origin-secret": "secret" },
        requestContext: { requestId: "request-1", http: { method: "GET", path } },
      } as unknown as APIGatewayProxyEventV2;
      return logging(() => handler(event, context));
    };
    const made = await render("width-2_format-png");
    assert.equal(made.result.statusCode, 200);
    assert.deepEqual(countedBut("RenditionSeconds", made), [{ RenditionsMade: 1 }]);
    const refused = await render("nosuch-1");
    assert.equal(refused.result.statusCode, 400);
    assert.deepEqual(counted(refused), []);
  });
});

describe("business metrics of results", () => {
  useSdkSettings();
  const dynamoDb = useDynamoDb(recordsTable, resultsTable, idempotencyTable);

  it("count results, and those for which there was a record", async () => {
    const s3 = mockClient(S3Client);
    s3.on(PutObjectCommand).resolves({});
    try {
      const process = (id: string, headers: Record<string, string> = {}) =>
        call(createProcess(measured), jsonEvent({ id }, { resource: "/process", headers }));
      assert.deepEqual(counted(await process("a")), [{ ResultsStored: 1, RecordsMerged: 0 }]);
      const Item = { id: { S: "b" } };
      await dynamoDb().client.send(new PutItemCommand({ TableName: settings.RECORDS_TABLE, Item }));
      const again = { "Content-Type": "application/json", "Idempotency-Key": "key-1" };
      assert.deepEqual(counted(await process("b", again)), [
        { ResultsStored: 1, RecordsMerged: 1 },
      ]);
      const replayed = await process("b", again);
      assert.equal(replayed.headers?.["Idempotency-Replayed"], "true");
      assert.deepEqual(counted(replayed), []);
    } finally {
      s3.restore();
    }
  });
});
