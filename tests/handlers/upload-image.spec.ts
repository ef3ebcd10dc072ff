import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import type { APIGatewayProxyEvent } from "aws-lambda";
import sharp from "sharp";
import type {
  DeletingItem,
  ImageItem,
  PendingItem,
  ReadyItem,
} from "../../handlers/images/images-table";
import { createHandler } from "../../handlers/upload-image";
import { imageFormats, makeImage, makeLargePng } from "../support/images";
import { apiEvent, call, type Exchange, jsonEvent, settings, useSdkSettings } from "./support";

describe("upload-image", () => {
  useSdkSettings();
  let s3: AwsClientStub<S3Client>;
  let dynamoDb: AwsClientStub<DynamoDBDocumentClient>;
  let png: Buffer;

  before(async () => {
    png = await makeImage("png");
  });
  beforeEach(() => {
    s3 = mockClient(S3Client);
    dynamoDb = mockClient(DynamoDBDocumentClient);
    s3.on(PutObjectCommand).resolves({ ETag: '"etag-1"', VersionId: "version-1" });
    dynamoDb.on(PutCommand).resolves({});
    dynamoDb.on(TransactWriteCommand).resolves({});
  });
  afterEach(() => {
    s3.restore();
    dynamoDb.restore();
  });

  const upload = (event: APIGatewayProxyEvent) => call(createHandler(settings), event);

  function jsonBody(fields: Record<string, unknown> = {}) {
    return {
      image_data: png.toString("base64"),
      content_type: "image/png",
      user_id: "user-1",
      ...fields,
    };
  }

  function uploadJson(fields: Record<string, unknown> = {}): Promise<Exchange> {
    return upload(jsonEvent(jsonBody(fields)));
  }

  const startingWith = (text: string) => new RegExp(`^${text.replace(/[.+]/g, String.raw`\$&`)}`);

  /** The upload was refused with an error in the common shape, and nothing was stored. */
  function assertRefused(
    exchange: Exchange,
    statusCode: number,
    code: string,
    text?: RegExp,
  ): void {
    assert.equal(exchange.statusCode, statusCode, JSON.stringify(exchange.body));
    assert.equal(exchange.body.code, code);
    assert.equal(exchange.body.requestId, "request-1");
    assert.match(exchange.body.error as string, text ?? /./);
    assert.equal(exchange.headers?.["Access-Control-Allow-Origin"], "*");
    assert.equal(exchange.headers["Content-Type"], "application/json");
    assert.equal(s3.calls().length, 0);
    assert.equal(dynamoDb.calls().length, 0);
    const failed = exchange.logs.at(-1);
    assert.equal(failed?.message, "failed");
    assert.equal(failed.requestId, "request-1");
  }

  /** What was put into the bucket and the tables, in the order of the calls. */
  function stored() {
    const [begin, alone] = dynamoDb.commandCalls(PutCommand);
    const [put] = s3.commandCalls(PutObjectCommand);
    const [together] = dynamoDb.commandCalls(TransactWriteCommand);
    // An image without tags is written by itself.
    const publish = alone ?? together;
    assert.ok(begin && put && publish);
    assert.ok(begin.calledBefore(put) && put.calledBefore(publish));
    const [row, ...tags] = alone
      ? [{ Put: alone.args[0].input }]
      : (together?.args[0].input.TransactItems ?? []);
    return {
      pending: begin.args[0].input.Item as PendingItem,
      object: put.args[0].input,
      item: row?.Put?.Item as ReadyItem,
      tagEntries: tags.map((entry) => entry.Put),
    };
  }

  describe("a good upload", () => {
    for (const [format, contentType] of Object.entries(imageFormats)) {
      it(`stores a ${format} sent as JSON`, async () => {
        const image = await makeImage(format as keyof typeof imageFormats);
        const { statusCode, body } = await uploadJson({
          image_data: image.toString("base64"),
          content_type: contentType,
        });
        assert.equal(statusCode, 201);
        assert.deepEqual(stored().object.Body, image);
        assert.equal(stored().object.ContentType, contentType);
        assert.equal((body.metadata as { contentType: string }).contentType, contentType);
      });

      it(`stores a ${format} sent as the body`, async () => {
        const image = await makeImage(format as keyof typeof imageFormats);
        const { statusCode } = await upload(
          apiEvent({
            headers: { "content-type": contentType },
            query: { userId: "user-1" },
            body: image,
          }),
        );
        assert.equal(statusCode, 201);
        assert.deepEqual(stored().object.Body, image);
      });
    }

    it("answers with id, presigned URL and metadata", async () => {
      const { statusCode, headers, body } = await uploadJson({
        image_name: "Ærøskøbing 🏞.png",
        tags: { place: "Ærø" },
      });
      assert.equal(statusCode, 201);
      assert.equal(headers?.["Access-Control-Allow-Origin"], "*");
      const { imageId, metadata, url, message } = body as {
        imageId: string;
        metadata: Record<string, unknown>;
        url: string;
        message: string;
      };
      const user = createHash("sha256").update("user-1").digest("hex").slice(0, 32);
      const key = `images/${user}/${imageId}.png`;
      assert.match(
        imageId,
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      assert.ok(message);
      assert.deepEqual(metadata, {
        imageId,
        timestamp: metadata.timestamp,
        userId: "user-1",
        imageName: "Ærøskøbing 🏞.png",
        key,
        contentType: "image/png",
        size: png.length,
        tags: { place: "Ærø" },
        width: 8,
        height: 8,
        etag: "etag-1",
      });
      assert.match(metadata.timestamp as string, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.ok(new URL(url).pathname.endsWith(key));
      assert.equal(new URL(url).searchParams.get("X-Amz-Expires"), "3600");
    });

    it("notes the upload where only the sweep sees it, and then stores the metadata", async () => {
      const before = Date.now();
      const { body } = await uploadJson({ tags: { a: "b:c", "a:b": "c", d: "" } });
      const { pending, item, tagEntries } = stored();
      const { imageId, metadata } = body as { imageId: string; metadata: object };
      assert.deepEqual(item, { ...metadata, state: "ready", collection: "images" });
      const { state, sweep, sweepAfter } = pending;
      assert.deepEqual([pending.imageId, state, sweep], [imageId, "pending", "sweep"]);
      assert.ok(Date.parse(sweepAfter) >= before + 15 * 60 * 1000);
      assert.equal("timestamp" in pending || "collection" in pending, false);
      const entries = ["a:b:c", "d:"].map((tag) => ({
        imageId,
        tag: createHash("sha256").update(tag).digest("hex"),
        userTag: createHash("sha256")
          .update(JSON.stringify(["user-1", tag]))
          .digest("hex"),
        timestamp: item.timestamp,
      }));
      assert.deepEqual(
        tagEntries,
        entries.map((Item) => ({ TableName: "tags-table", Item })),
      );
    });

    it("keeps the orientation that a JPEG states, and nothing else of its EXIF", async () => {
      const jpeg = await sharp(png)
        .withExif({ IFD0: { Artist: "SECRET-ARTIST" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer();
      const { statusCode, body } = await uploadJson({
        image_data: jpeg.toString("base64"),
        content_type: "image/jpeg",
      });
      assert.equal(statusCode, 201);
      const { width, height, orientation } = stored().item;
      assert.deepEqual([width, height, orientation], [8, 8, 6]);
      assert.doesNotMatch(JSON.stringify([body, stored().item]), /SECRET|GPS/);
    });

    it("names an image without a name", async () => {
      await uploadJson();
      assert.equal(stored().item.imageName, "unnamed");
      assert.deepEqual(stored().item.tags, {});
    });

    it("puts no user metadata on the object", async () => {
      await uploadJson({ image_name: "ü" });
      assert.equal(stored().object.Metadata, undefined);
    });

    for (const [alias, type] of Object.entries({
      "image/jpg": "jpeg",
      "image/pjpeg": "jpeg",
      "image/x-png": "png",
      "image/apng": "png",
      "image/vnd.mozilla.apng": "png",
      "IMAGE/JPG; q=1": "jpeg",
      "application/octet-stream": "webp",
      "binary/octet-stream": "gif",
    } as const)) {
      it(`takes ${alias} for what it is, in JSON, before base64 and as the body`, async () => {
        const image = await makeImage(type);
        const imageData = image.toString("base64");
        const prefixed = `data:${alias.replace("; q=1", "")};base64,${imageData}`;
        for (const send of [
          () => uploadJson({ content_type: alias, image_data: imageData }),
          () => uploadJson({ content_type: alias, image_data: prefixed }),
          () => uploadJson({ content_type: imageFormats[type], image_data: prefixed }),
          () =>
            upload(
              apiEvent({
                headers: { "Content-Type": alias },
                query: { userId: "u" },
                body: image,
              }),
            ),
        ]) {
          s3.resetHistory();
          dynamoDb.resetHistory();
          const { statusCode, bodyText } = await send();
          assert.equal(statusCode, 201, bodyText);
          assert.equal(stored().item.contentType, imageFormats[type]);
          assert.ok(stored().item.key.endsWith(type === "jpeg" ? ".jpg" : `.${type}`));
        }
      });
    }

    it("takes names in either spelling, and in both if they agree", async () => {
      const image = png.toString("base64");
      const camelCase = { imageData: image, contentType: "image/png", userId: "u", imageName: "n" };
      assert.equal((await upload(jsonEvent(camelCase))).statusCode, 201);
      const { userId, imageName, contentType } = stored().item;
      assert.deepEqual([userId, imageName, contentType], ["u", "n", "image/png"]);
      for (const further of [{ user_id: "u" }, { image_name: "n", content_type: "image/png" }]) {
        assert.equal((await upload(jsonEvent({ ...camelCase, ...further }))).statusCode, 201);
      }
    });

    it("refuses two values for one name, and names problems as the client does", async () => {
      const camelCase = { imageData: "AAAA", contentType: "image/png", userId: "u" };
      assertRefused(
        await upload(jsonEvent({ ...camelCase, user_id: "v" })),
        400,
        "InvalidRequest",
        /^user_id is the same as userId, but has another value\.$/,
      );
      const sentences: [object, RegExp][] = [
        [{}, /imageData is required; contentType is required; userId is required/],
        [{ image_name: 5 }, /image_data is required.*user_id is required; image_name must be/],
        [{ ...camelCase, imageData: "A" }, /^imageData must be base64/],
        [{ image_data: "A", contentType: "image/png", userId: "u" }, /^image_data must be base64/],
        [{ ...camelCase, userid: "u" }, /^userid is not accepted \(accepted: imageData, /],
      ];
      for (const [body, sentence] of sentences) {
        assertRefused(await upload(jsonEvent(body)), 400, "InvalidRequest", sentence);
      }
    });

    it("takes an empty name and tags in the query for none", async () => {
      const headers = { "Content-Type": "image/png" };
      const query = { userId: "u", imageName: "", tags: "" };
      assert.equal((await upload(apiEvent({ headers, query, body: png }))).statusCode, 201);
      assert.equal(stored().item.imageName, "unnamed");
    });

    it("refuses an empty name in JSON, where it can be left out", async () => {
      assertRefused(
        await uploadJson({ image_name: "" }),
        400,
        "InvalidRequest",
        /^image_name must/,
      );
    });

    it("takes JSON that has a name of its own, or a byte order mark", async () => {
      const body = `\ufeff${JSON.stringify(jsonBody())}`;
      for (const type of ["application/json; charset=utf-8", "application/vnd.api+json"]) {
        for (const sent of [body, Buffer.from(body)]) {
          const event = apiEvent({ headers: { "Content-Type": type }, body: sent });
          assert.equal((await upload(event)).statusCode, 201);
        }
      }
    });

    it("strips a matching data: prefix", async () => {
      const { statusCode } = await uploadJson({
        image_data: `data:image/png;base64,${png.toString("base64")}`,
      });
      assert.equal(statusCode, 201);
      assert.deepEqual(stored().object.Body, png);
    });

    it("takes content types in any case and with parameters", async () => {
      const exchange = await upload(
        apiEvent({
          headers: { "CONTENT-TYPE": "Application/JSON; charset=utf-8" },
          body: Buffer.from(JSON.stringify(jsonBody({ content_type: "Image/PNG" }))),
        }),
      );
      assert.equal(exchange.statusCode, 201);
      assert.equal(stored().item.contentType, "image/png");
    });

    it("takes user id, name and tags of a raw body from the query", async () => {
      const query = { userId: "ünï", imageName: "n", tags: '{"a":"b"}' };
      await upload(apiEvent({ headers: { "Content-Type": "image/png" }, query, body: png }));
      const { userId, imageName, tags } = stored().item;
      assert.deepEqual(
        { userId, imageName, tags },
        { userId: "ünï", imageName: "n", tags: { a: "b" } },
      );
    });

    it("keeps tags that are named like members of Object.prototype", async () => {
      const { statusCode } = await uploadJson({ tags: { constructor: "a", toString: "b" } });
      assert.equal(statusCode, 201);
      assert.deepEqual(stored().item.tags, { constructor: "a", toString: "b" });
    });

    it("takes an image of exactly the limit", async () => {
      const large = await makeLargePng(50_000);
      const handler = createHandler({ ...settings, MAX_UPLOAD_BYTES: String(large.length) });
      const fields = { image_data: large.toString("base64") };
      assert.equal((await call(handler, jsonEvent(jsonBody(fields)))).statusCode, 201);
    });
  });

  describe("a form", () => {
    async function uploadForm(fill: (form: FormData) => void, contentType?: string) {
      const form = new FormData();
      fill(form);
      const encoded = new Response(form);
      const type = encoded.headers.get("content-type") ?? "";
      return upload(
        apiEvent({
          headers: { "Content-Type": contentType ?? type },
          body: new Uint8Array(await encoded.arrayBuffer()),
        }),
      );
    }

    function addImage(form: FormData, type = "image/png"): void {
      form.append("image", new File([new Uint8Array(png)], "a/../b.png", { type }));
    }

    it("is stored with its fields", async () => {
      const { statusCode } = await uploadForm((form) => {
        addImage(form);
        form.append("user_id", "ünï");
        form.append("image_name", "näme");
        form.append("tags", '{"a":"b"}');
      });
      assert.equal(statusCode, 201);
      assert.deepEqual(stored().object.Body, png);
      const { userId, imageName, tags } = stored().item;
      assert.deepEqual(
        { userId, imageName, tags },
        { userId: "ünï", imageName: "näme", tags: { a: "b" } },
      );
    });

    it("may name the image's content type in a field", async () => {
      const { statusCode } = await uploadForm((form) => {
        addImage(form, "application/octet-stream");
        form.append("user_id", "u");
        form.append("content_type", "image/png");
      });
      assert.equal(statusCode, 201);
    });

    const field = (name: string, headers: string, content: Buffer) =>
      Buffer.concat([
        Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"${headers}\r\n\r\n`),
        content,
        Buffer.from("\r\n"),
      ]);
    const sendParts = (...parts: Buffer[]) =>
      upload(
        apiEvent({
          headers: { "Content-Type": "multipart/form-data; boundary=b" },
          body: Buffer.concat([...parts, Buffer.from("--b--\r\n")]),
        }),
      );
    const user = field("userId", "", Buffer.from("u"));

    for (const [what, headers] of Object.entries({
      "no type": '; filename="a.bin"',
      "no type and no file name": "",
      "the type of anything": '; filename="a"\r\nContent-Type: application/octet-stream',
      "another such type": '; filename="a"\r\nContent-Type: binary/octet-stream',
      "the type of text, as by default": '; filename="a"\r\nContent-Type: text/plain',
    })) {
      it(`is judged by the image's bytes where its part has ${what}`, async () => {
        for (const [format, contentType] of Object.entries(imageFormats)) {
          s3.resetHistory();
          dynamoDb.resetHistory();
          const image = await makeImage(format as keyof typeof imageFormats);
          assert.equal((await sendParts(user, field("image", headers, image))).statusCode, 201);
          assert.equal(stored().item.contentType, contentType);
        }
      });
    }

    it("is refused, whatever is stated, if the bytes are no image", async () => {
      const html = field("image", '; filename="a.png"', Buffer.from("<html>"));
      assertRefused(await sendParts(user, html), 415, "UnsupportedImageType", /of no known type/);
    });

    it("is refused if the bytes are not what is stated, naming both", async () => {
      const header = '; filename="a"\r\nContent-Type: image/gif';
      const exchange = await sendParts(user, field("image", header, png));
      assertRefused(exchange, 415, "ContentTypeMismatch", /image\/png, and not image\/gif/);
    });

    const names: Record<string, [string, string]> = {
      "a plain name": ['; filename="harbour.jpg"', "harbour.jpg"],
      "a name without quotes": ["; filename=harbour.jpg", "harbour.jpg"],
      "a path": ['; filename="/home/ada/harbour.jpg"', "harbour.jpg"],
      "a path of Windows": ['; filename="C:\\fakepath\\harbour.jpg"', "harbour.jpg"],
      "quotes in the name": ['; filename="the \\"harbour\\".jpg"', 'the "harbour".jpg'],
      "an encoded name": ["; filename*=UTF-8''h%C3%A4fen%20%E2%82%AC.jpg", "häfen €.jpg"],
      "an encoded name of Latin-1": ["; filename*=iso-8859-1''h%E4fen.jpg", "häfen.jpg"],
      both: ["; filename=\"hafen.jpg\"; filename*=UTF-8''h%C3%A4fen.jpg", "häfen.jpg"],
      "an encoded path": ["; filename*=UTF-8''..%2F..%5Cetc%2Fpasswd", "passwd"],
      "a name in UTF-8": ['; filename="写真 🏞.png"', "写真 🏞.png"],
      "control characters": ["; filename*=UTF-8''a%00b%0Ac%7F.png", "abc.png"],
      "quotes as browsers send them": [
        '; filename="the %22harbour%22%0D%0A%23.jpg"',
        'the "harbour"%23.jpg',
      ],
      "no name": ['; filename=""', "unnamed"],
      "a folder only": ['; filename="../.."', "unnamed"],
      "a long name": [`; filename="${"n".repeat(300)}.jpeg"`, `${"n".repeat(250)}.jpeg`],
      "a long name of wide characters": [
        `; filename="${"🏞".repeat(300)}.png"`,
        `${"🏞".repeat(251)}.png`,
      ],
    };
    for (const [what, [header, name]] of Object.entries(names)) {
      it(`names the image after its file: ${what}`, async () => {
        const exchange = await sendParts(user, field("image", header, png));
        assert.equal(exchange.statusCode, 201, exchange.bodyText);
        assert.equal(stored().item.imageName, name);
      });
    }

    it("names the image as it says, whatever its file is called", async () => {
      const image = field("image", '; filename="a.png"', png);
      await sendParts(user, field("imageName", "", Buffer.from("näme")), image);
      assert.equal(stored().item.imageName, "näme");
    });

    it("is refused for a file's name that is not UTF-8, unless it gives another", async () => {
      const header = Buffer.from(
        '--b\r\nContent-Disposition: form-data; name="image"; filename="h',
      );
      const rest = Buffer.concat([
        Buffer.from('\xe4.png"\r\n\r\n', "latin1"),
        png,
        Buffer.from("\r\n"),
      ]);
      const image = Buffer.concat([header, rest]);
      assertRefused(await sendParts(user, image), 400, "InvalidRequest", /file name.*not UTF-8/);
      const named = await sendParts(user, image, field("imageName", "", Buffer.from("n")));
      assert.equal(named.statusCode, 201);
    });

    it("names the image as .NET sends it", async () => {
      const header = "; filename=\"=?utf-8?B?aMOkZmVuLmpwZw==?=\"; filename*=utf-8''h%C3%A4fen.jpg";
      await sendParts(user, field("image", header, png));
      assert.equal(stored().item.imageName, "häfen.jpg");
    });

    it("is refused with a part without a name", async () => {
      for (const header of ["", "Content-Disposition: attachment\r\n"]) {
        const nameless = Buffer.from(`--b\r\n${header}Content-Type: image/png\r\n\r\nx\r\n`);
        const exchange = await sendParts(user, nameless, field("image", "", png));
        assertRefused(exchange, 400, "InvalidRequest", /a part without a name/);
      }
    });

    it("is refused with its image under other names, naming them", async () => {
      const file = (name: string) => field(name, '; filename="a.png"', png);
      assertRefused(
        await sendParts(user, file("file")),
        400,
        "InvalidRequest",
        /^image is required; the file came as `file`\.$/,
      );
      s3.resetHistory();
      assertRefused(
        await sendParts(file("photo[]"), file("file")),
        400,
        "InvalidRequest",
        /^image is required; the file came as `photo\[\]`, `file`; userId is required\.$/,
      );
      const exchange = await sendParts(user, file("image"), file("thumbnail"));
      assertRefused(exchange, 400, "InvalidRequest", /^thumbnail is not accepted/);
    });

    it("takes empty fields for absent, but for the user's id", async () => {
      const empty = ["imageName", "image_name", "tags", "contentType", "content_type"];
      for (const name of empty) {
        s3.resetHistory();
        dynamoDb.resetHistory();
        const image = field("image", "", png);
        const exchange = await sendParts(user, field(name, "", Buffer.alloc(0)), image);
        assert.equal(exchange.statusCode, 201, exchange.bodyText);
        const { imageName, tags, contentType } = stored().item;
        assert.deepEqual([imageName, tags, contentType], ["unnamed", {}, "image/png"]);
      }
      s3.resetHistory();
      dynamoDb.resetHistory();
      const nobody = await sendParts(field("userId", "", Buffer.alloc(0)), field("image", "", png));
      assertRefused(nobody, 400, "InvalidRequest", /^userId must have 1 to 128/);
    });

    it("takes texts that were sent as files", async () => {
      const tags = field(
        "tags",
        '; filename="t.json"\r\nContent-Type: application/json',
        Buffer.from('{"a":"b"}'),
      );
      assert.equal((await sendParts(user, tags, field("image", "", png))).statusCode, 201);
      assert.deepEqual(stored().item.tags, { a: "b" });
    });

    it("is refused for a field that is not UTF-8, with the byte", async () => {
      for (const name of ["userId", "image_name", "tags"]) {
        const bytes = Buffer.from([0x61, 0xc3, 0xa4, 0xe4, 0x62]);
        const exchange = await sendParts(field(name, "", bytes), field("image", "", png));
        const sentence = new RegExp(`^${name} must be UTF-8, and is not at byte 3`);
        assertRefused(exchange, 400, "InvalidRequest", sentence);
      }
    });

    it("is refused without image and user id, naming both", async () => {
      const exchange = await uploadForm((form) => {
        form.append("image_name", "n");
      });
      assertRefused(exchange, 400, "InvalidRequest", /image is required.*user_id is required/);
    });

    it("is refused with two images", async () => {
      const exchange = await uploadForm((form) => {
        addImage(form);
        addImage(form);
        form.append("user_id", "u");
      });
      assertRefused(exchange, 400, "InvalidRequest", /image must be given only once/);
    });

    it("is refused with a field given twice", async () => {
      const exchange = await uploadForm((form) => {
        addImage(form);
        form.append("user_id", "u");
        form.append("user_id", "v");
      });
      assertRefused(exchange, 400, "InvalidRequest", /user_id must be given only once/);
    });

    it("is refused with an unknown part", async () => {
      const exchange = await uploadForm((form) => {
        addImage(form);
        form.append("user_id", "u");
        form.append("userid", "u");
      });
      assertRefused(exchange, 400, "InvalidRequest", /userid is not accepted/);
    });

    it("is refused with a field that is not UTF-8", async () => {
      const body = Buffer.concat([
        Buffer.from('--b\r\nContent-Disposition: form-data; name="user_id"\r\n\r\n'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from("\r\n--b--\r\n"),
      ]);
      const headers = { "Content-Type": "multipart/form-data; boundary=b" };
      assertRefused(await upload(apiEvent({ headers, body })), 400, "InvalidRequest", /UTF-8/);
    });

    it("is refused with another boundary than the header's", async () => {
      const exchange = await uploadForm((form) => {
        addImage(form);
        form.append("user_id", "u");
      }, "multipart/form-data; boundary=other");
      assertRefused(exchange, 400, "InvalidRequest", /boundary/);
    });

    it("is refused without a boundary", async () => {
      const exchange = await uploadForm(addImage, "multipart/form-data");
      assertRefused(exchange, 400, "InvalidRequest", /boundary/);
    });

    it("is refused when it is cut off anywhere", async () => {
      const form = new FormData();
      form.append("user_id", "u");
      addImage(form);
      const encoded = new Response(form);
      const headers = { "Content-Type": encoded.headers.get("content-type") ?? "" };
      const whole = new Uint8Array(await encoded.arrayBuffer());
      // The last four bytes, "--" and a line break, are where a body may end without loss.
      for (let length = 0; length < whole.length - 4; length += 7) {
        const exchange = await upload(apiEvent({ headers, body: whole.subarray(0, length) }));
        assertRefused(exchange, 400, "InvalidRequest");
      }
    });
  });

  describe("bad input", () => {
    for (const body of ["null", "5", '"text"', "[]", "true"]) {
      it(`refuses the body ${body}`, async () => {
        const exchange = await upload(jsonEvent(null, { body }));
        assertRefused(exchange, 400, "InvalidRequest", /body must be a JSON object/);
      });
    }

    it("refuses malformed JSON without quoting it", async () => {
      const exchange = await upload(jsonEvent(null, { body: '{"user_id": SECRET' }));
      assertRefused(exchange, 400, "InvalidRequest", /body must be JSON/);
      assert.doesNotMatch(JSON.stringify(exchange.body) + exchange.logText, /SECRET/);
    });

    it("refuses no body", async () => {
      const headers = { "Content-Type": "application/json" };
      assertRefused(await upload(apiEvent({ headers })), 400, "InvalidRequest", /body/);
    });

    it("refuses JSON that is not UTF-8", async () => {
      const body = Buffer.from(JSON.stringify(jsonBody({ user_id: "é" })), "latin1");
      assertRefused(await upload(jsonEvent(null, { body })), 400, "InvalidRequest", /UTF-8/);
    });

    it("refuses text that the gateway has replaced characters of, with the byte", async () => {
      const body = JSON.stringify(jsonBody({ user_id: "Jos\ufffd" }));
      const at = Buffer.byteLength(body.slice(0, body.indexOf("\ufffd")));
      const sentence = new RegExp(`^body must be UTF-8, and is not at byte ${at}\\.$`);
      assertRefused(await upload(jsonEvent(null, { body })), 400, "InvalidRequest", sentence);
      const headers = { "Content-Type": "image/png" };
      for (const query of [
        { userId: "\ufffd\ufffd", imageName: "n" },
        { userId: "u", imageName: "é\ufffd" },
      ]) {
        const exchange = await upload(apiEvent({ headers, query, body: png }));
        assertRefused(
          exchange,
          400,
          "InvalidRequest",
          /^\w+ must be UTF-8, and is not at byte [02]/,
        );
      }
    });

    it("lists every problem in one answer", async () => {
      const exchange = await uploadJson({
        user_id: undefined,
        image_name: 5,
        tags: { a: 1.5 },
        x: 1,
      });
      assertRefused(exchange, 400, "InvalidRequest");
      const fields = (exchange.body.details as { field: string }[]).map(({ field }) => field);
      assert.deepEqual(fields.sort(), ["image_name", "tags.a", "user_id", "x"]);
    });

    for (const userId of ["../../admin", "..", ".", "a/../b", "a\\..\\b", "a/."]) {
      it(`refuses the user id ${userId}`, async () => {
        assertRefused(await uploadJson({ user_id: userId }), 400, "InvalidRequest", /user_id/);
      });
    }

    for (const [what, fields] of Object.entries({
      "an empty user id": { user_id: "" },
      "a long user id": { user_id: "x".repeat(129) },
      "a control character": { user_id: "a\u0000" },
      "a C1 control character": { image_name: "a\u0085" },
      "an unpaired surrogate": { image_name: "\ud800" },
      "a fractional number in tags": { tags: { a: 1.5 } },
      "an integral number as tags": { tags: 1 },
      "nested tags": { tags: { a: { b: "c" } } },
      "tags in an array": { tags: ["a"] },
      "51 tags": { tags: Object.fromEntries([...Array(51).keys()].map((n) => [n, "x"])) },
      "an empty tag key": { tags: { "": "x" } },
      "a long tag key": { tags: { ["k".repeat(129)]: "x" } },
      "a long tag value": { tags: { a: "x".repeat(257) } },
      "tags that are null": { tags: null },
      "an unknown field": { userid: "u" },
    })) {
      it(`refuses ${what}`, async () => {
        assertRefused(await uploadJson(fields), 400, "InvalidRequest");
      });
    }

    it("refuses numbers as tags however they are written", async () => {
      for (const tags of ["1.0", "1e0", "12345678901234567890", '{"a":1.0}']) {
        const body = JSON.stringify(jsonBody()).replace(/}$/, `,"tags":${tags}}`);
        assertRefused(await upload(jsonEvent(null, { body })), 400, "InvalidRequest", /tags/);
      }
    });

    it("refuses a tag that is called __proto__", async () => {
      const body = JSON.stringify(jsonBody()).replace(/}$/, ',"tags":{"__proto__":"x"}}');
      assertRefused(await upload(jsonEvent(null, { body })), 400, "InvalidRequest", /__proto__/);
      assert.equal(({} as Record<string, unknown>).x, undefined);
    });

    it("accepts 128 characters beyond the basic plane", async () => {
      assert.equal((await uploadJson({ user_id: "🎞".repeat(128) })).statusCode, 201);
    });

    for (const data of [
      "<<<%%%>>>",
      "AAAAA",
      "AA A",
      "AA+_",
      "AB==",
      "data:image/gif;base64,AAAA",
    ]) {
      it(`refuses the base64 ${JSON.stringify(data)}`, async () => {
        assertRefused(await uploadJson({ image_data: data }), 400, "InvalidRequest", /image_data/);
      });
    }

    it("refuses an empty image, however it is sent", async () => {
      const headers = { "Content-Type": "image/png" };
      const query = { userId: "u" };
      assertRefused(await uploadJson({ image_data: "" }), 400, "InvalidRequest", /image_data/);
      const onlyPrefix = { image_data: "data:image/png;base64," };
      assertRefused(await uploadJson(onlyPrefix), 400, "InvalidRequest", /image must not be empty/);
      assertRefused(await upload(apiEvent({ headers, query })), 400, "InvalidRequest", /empty/);
    });

    it("refuses an image over the limit, naming the limit", async () => {
      const large = await makeLargePng(120_000);
      const exchange = await uploadJson({ image_data: large.toString("base64") });
      assertRefused(exchange, 413, "ImageTooLarge", /100000 bytes.* POST \/uploads/);
      assert.equal(exchange.body.limit, "image");
      assert.equal(exchange.body.maxBytes, 100_000);
    });

    it("refuses an image that claims too many pixels, naming the limit", async () => {
      const bomb = Buffer.from(png);
      bomb.writeUInt32BE(60_000, 16);
      bomb.writeUInt32BE(60_000, 20);
      const exchange = await uploadJson({ image_data: bomb.toString("base64") });
      assertRefused(exchange, 413, "TooManyPixels", /60000 × 60000/);
      assert.equal(exchange.body.limit, "pixels");
      assert.equal(exchange.body.maxPixels, 1_000_000);
    });

    it("refuses an image whose header states no size", async () => {
      const image_data = Buffer.from("GIF89a").toString("base64");
      const exchange = await uploadJson({ image_data, content_type: "image/gif" });
      assertRefused(exchange, 415, "UnreadableImage");
    });

    it("refuses HTML that calls itself a PNG", async () => {
      const html = Buffer.from("<html><script>alert(1)</script></html>").toString("base64");
      assertRefused(await uploadJson({ image_data: html }), 415, "ContentTypeMismatch");
    });

    it("refuses a PNG that calls itself a JPEG", async () => {
      assertRefused(await uploadJson({ content_type: "image/jpeg" }), 415, "ContentTypeMismatch");
    });

    for (const type of ["image/svg+xml", "text/html", "image/png2", ""]) {
      it(`refuses the image type "${type}", naming those accepted`, async () => {
        const exchange = await uploadJson({ content_type: type });
        const said = `The image's content type "${type}" is not supported; supported are image/jpeg, `;
        assertRefused(exchange, 415, "UnsupportedImageType", startingWith(said));
      });
    }

    for (const type of [undefined, "text/plain", "image/heic"]) {
      it(`refuses the request's content type ${type ?? "if there is none"}`, async () => {
        const headers: Record<string, string> = type ? { "Content-Type": type } : {};
        const exchange = await upload(apiEvent({ headers, body: "x" }));
        const said = `Content-Type is ${type ?? "missing"}, and must be one of application/json, `;
        assertRefused(exchange, 415, "UnsupportedMediaType", startingWith(said));
      });
    }

    for (const type of ["image/heic", "image/heif"]) {
      it(`says what to do instead of sending ${type}, as the body or within it`, async () => {
        const wayOut = /Send photographs of telephones as JPEG/;
        const raw = await upload(apiEvent({ headers: { "Content-Type": type }, body: png }));
        assertRefused(raw, 415, "UnsupportedMediaType", wayOut);
        assertRefused(
          await uploadJson({ content_type: type }),
          415,
          "UnsupportedImageType",
          wayOut,
        );
      });
    }

    it("refuses an image that arrives as text, and so damaged", async () => {
      const event = apiEvent({
        headers: { "Content-Type": "image/gif" },
        query: { userId: "u" },
        body: "GIF89a\ufffd",
      });
      assertRefused(await upload(event), 400, "InvalidRequest", /binary/);
    });

    it("refuses a query parameter that is given twice", async () => {
      const headers = { "Content-Type": "image/png" };
      const event = apiEvent({ headers, query: { userId: ["a", "b"] }, body: png });
      assertRefused(await upload(event), 400, "InvalidRequest", /userId must be given only once/);
    });

    it("refuses a query next to JSON", async () => {
      const exchange = await upload(jsonEvent(jsonBody(), { query: { userId: "a" } }));
      assertRefused(exchange, 400, "InvalidRequest", /userId is not accepted/);
    });

    it("refuses tags in the query that are not JSON", async () => {
      const headers = { "Content-Type": "image/png" };
      const event = apiEvent({ headers, query: { userId: "a", tags: "{" }, body: png });
      assertRefused(await upload(event), 400, "InvalidRequest", /tags must be the JSON text/);
    });

    it("answers a great many unknown fields with a short list", async () => {
      const fields = Object.fromEntries([...Array(100_000).keys()].map((n) => [`x${n}`, n]));
      const exchange = await uploadJson(fields);
      assertRefused(exchange, 400, "InvalidRequest");
      assert.equal((exchange.body.details as unknown[]).length, 20);
    });
  });

  describe("a failing service", () => {
    const refusal = Object.assign(new Error("table arn:secret-detail is gone"), { name: "Gone" });

    function assertBland(exchange: Exchange): void {
      assert.equal(exchange.statusCode, 500);
      assert.equal(exchange.body.code, "InternalError");
      assert.equal(exchange.headers?.["Access-Control-Allow-Origin"], "*");
      assert.doesNotMatch(JSON.stringify(exchange.body), /secret-detail/);
      assert.match(exchange.logText, /secret-detail/);
    }

    /**
     * The row is there as the last write has left it, and the object has two versions.
     *
     * @param isPublished whether an image may be made of an upload.
     */
    function keepWhatIsWritten({ isPublished = true } = {}): void {
      let row: object | undefined;
      dynamoDb.on(PutCommand).callsFake(({ Item }: { Item: ImageItem }) => {
        if (Item.state === "ready" && !isPublished) {
          throw refusal;
        }
        row = Item;
        return {};
      });
      dynamoDb.on(GetCommand).callsFake(() => ({ Item: row }));
      s3.on(ListObjectVersionsCommand).callsFake(({ Prefix }: { Prefix: string }) => {
        row = { ...row, state: "deleting" };
        return {
          Versions: [{ Key: `${Prefix}.png`, VersionId: "version-1" }],
          DeleteMarkers: [{ Key: `${Prefix}.png`, VersionId: "marker-1" }],
        };
      });
      s3.on(DeleteObjectsCommand).resolves({});
    }

    it("is a bland 500 when the upload cannot be noted, and nothing is stored", async () => {
      dynamoDb.on(PutCommand).rejects(refusal);
      assertBland(await uploadJson());
      assert.equal(s3.calls().length, 0);
    });

    it("has every version of the object removed, and leaves the row to the sweep", async () => {
      keepWhatIsWritten({ isPublished: false });
      assertBland(await uploadJson());
      const { pending } = stored();
      const [removal] = s3.commandCalls(DeleteObjectsCommand);
      assert.deepEqual(removal?.args[0].input.Delete?.Objects, [
        { Key: pending.key, VersionId: "version-1" },
        { Key: pending.key, VersionId: "marker-1" },
      ]);
      const [hiding] = dynamoDb.commandCalls(TransactWriteCommand);
      const hidden = hiding?.args[0].input.TransactItems?.[0]?.Put?.Item as DeletingItem;
      assert.deepEqual(hidden, {
        imageId: pending.imageId,
        state: "deleting",
        key: pending.key,
        sweep: "sweep",
        sweepAfter: hidden.sweepAfter,
      });
    });

    it("is a 504 that leaves it open when the image may be made, and cannot be hidden", async () => {
      keepWhatIsWritten({ isPublished: false });
      dynamoDb.on(TransactWriteCommand).rejects(refusal);
      const exchange = await uploadJson();
      assert.equal(exchange.statusCode, 504);
      assert.equal(exchange.body.code, "OutcomeUnknown");
      assert.match(String(exchange.body.error), /Idempotency-Key/);
      assert.doesNotMatch(JSON.stringify(exchange.body), /secret-detail/);
      assert.match(exchange.logText, /secret-detail/);
      assert.equal(s3.commandCalls(DeleteObjectsCommand).length, 0);
    });

    it("is a bland 500 when nothing can be made of it, also if it cannot be hidden", async () => {
      keepWhatIsWritten();
      s3.on(PutObjectCommand).rejects(refusal);
      dynamoDb.on(TransactWriteCommand).rejects(refusal);
      assertBland(await uploadJson());
    });

    it("has the row hidden when the object cannot be written", async () => {
      keepWhatIsWritten();
      s3.on(PutObjectCommand).rejects(refusal);
      assertBland(await uploadJson());
      assert.equal(dynamoDb.commandCalls(TransactWriteCommand).length, 1);
    });

    it("says when S3 cannot remove a version", async () => {
      keepWhatIsWritten({ isPublished: false });
      s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Code: "InternalError" }] });
      const exchange = await uploadJson();
      assertBland(exchange);
      const line = exchange.logs.find(
        ({ message }) => message === "failed upload left to the sweep",
      );
      assert.equal(line?.level, "ERROR");
      assert.equal(line.imageId, stored().pending.imageId);
      assert.match(JSON.stringify(line), /1 versions: InternalError/);
    });
  });

  it("logs received, started and finished, and nothing that a client sent", async () => {
    const { logs, logText } = await upload(
      jsonEvent(jsonBody({ user_id: "SECRET-USER", image_name: "SECRET-NAME" }), {
        headers: { "Content-Type": "application/json", "x-api-key": "SECRET-KEY" },
      }),
    );
    assert.deepEqual(
      logs.map(({ message, requestId }) => [message, requestId]),
      ["received", "started", "finished"].map((message) => [message, "request-1"]),
    );
    assert.doesNotMatch(logText, /SECRET|X-Amz-Signature/);
    assert.ok(!logText.includes(png.toString("base64")));
  });

  it("does not start without its settings", () => {
    assert.throws(() => createHandler({ ...settings, IMAGES_BUCKET: "" }), /IMAGES_BUCKET/);
    assert.throws(
      () => createHandler({ ...settings, MAX_UPLOAD_BYTES: "many" }),
      /MAX_UPLOAD_BYTES/,
    );
  });
});
