import assert from "node:assert/strict";
import { ListObjectVersionsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import { createDynamoDb } from "../../handlers/aws/clients";
import { createHandler as createForms } from "../../handlers/create-upload";
import { createHandler as createStatus } from "../../handlers/get-upload";
import { tagEntries } from "../../handlers/images/tags-table";
import { createHandler as createList } from "../../handlers/list-images";
import { createHandler as createProcessing } from "../../handlers/process-data";
import { createHandler as createUploads } from "../../handlers/upload-image";
import { makeImage } from "../support/images";
import { serviceContext, userContext, usersSettings } from "./callers";
import { idempotencyTable, recordsTable, useDynamoDb } from "./dynamodb";
import { imagesTable, resultsTable, tagsTable } from "./image-tables";
import { readyItem } from "./ready-item";
import { useSigningKey } from "./signing-key";
import {
  apiEvent,
  call,
  type Exchange,
  jsonEvent,
  type RequestParts,
  settings,
  useSdkSettings,
} from "./support";

/** A request's part that says who sends it. */
type Sender = Pick<RequestParts, "authorizer">;

const ada: Sender = { authorizer: { ...userContext("ada") } };
const bob: Sender = { authorizer: { ...userContext("bob") } };
const admin: Sender = { authorizer: { ...userContext("root", "admin") } };
const program: Sender = { authorizer: serviceContext };
const environment = { ...settings, ...usersSettings };

describe("what one user does", function () {
  this.timeout(30_000);
  useSdkSettings();
  useSigningKey();
  useDynamoDb(imagesTable, tagsTable, idempotencyTable, recordsTable, resultsTable);

  describe("in lists", () => {
    const tag = "a:b";
    let ids: Record<"ada" | "bob", string[]>;

    beforeEach(async () => {
      const client = createDynamoDb();
      ids = { ada: [], bob: [] };
      for (let second = 0; second < 6; second++) {
        const userId = second % 2 === 0 ? "ada" : "bob";
        const item = readyItem({
          userId,
          timestamp: new Date(second * 1000).toISOString(),
          tags: { a: "b" },
          perceptualHash: "0123456789abcdef",
        });
        const Put = (TableName: string) => (Item: object) => ({ Put: { TableName, Item } });
        const TransactItems = [
          Put(settings.IMAGES_TABLE)(item),
          ...tagEntries(item).map(Put(settings.TAGS_TABLE)),
        ];
        await client.send(new TransactWriteCommand({ TransactItems }));
        ids[userId].unshift(item.imageId);
      }
    });

    const list = (sender: Sender, query: Record<string, string>, changed = environment) =>
      call(createList(changed), apiEvent({ method: "GET", resource: "/images", query, ...sender }));

    function idsOf({ statusCode, body }: Exchange): string[] {
      assert.equal(statusCode, 200, JSON.stringify(body));
      return (body.images as { imageId: string }[]).map(({ imageId }) => imageId);
    }

    /** All images of a list, in pages of two. */
    async function readAll(sender: Sender, query: Record<string, string>): Promise<string[]> {
      const found: string[] = [];
      let cursor: unknown = "";
      while (typeof cursor === "string") {
        const further = { ...query, limit: "2", ...(cursor !== "" && { cursor }) };
        const page = await list(sender, further);
        found.push(...idsOf(page));
        cursor = page.body.nextCursor;
      }
      return found;
    }

    const lists: Record<string, Record<string, string>> = { all: {}, "those with a tag": { tag } };
    for (const [what, query] of Object.entries(lists)) {
      it(`is not among ${what} of another, page by page`, async () => {
        assert.deepEqual(await readAll(ada, query), ids.ada);
        assert.deepEqual(await readAll(bob, query), ids.bob);
        assert.deepEqual(await readAll(bob, { ...query, user_id: "bob" }), ids.bob);
      });

      it(`is among ${what} of an admin and of a program`, async () => {
        for (const sender of [admin, program]) {
          assert.equal((await readAll(sender, query)).length, 6);
          assert.deepEqual(await readAll(sender, { ...query, userId: "ada" }), ids.ada);
        }
      });

      it(`leads nobody else on in ${what}`, async () => {
        const { nextCursor } = (await list(ada, { ...query, limit: "1" })).body;
        const cursor = String(nextCursor);
        const names: Record<string, string>[] = [{}, { userId: "ada" }, { user_id: "ada" }];
        for (const named of names) {
          const own = idsOf(await list(ada, { ...query, ...named, cursor }));
          assert.deepEqual(own, ids.ada.slice(1));
        }
        const own = idsOf(await list(admin, { ...query, userId: "ada", cursor }));
        assert.deepEqual(own, ids.ada.slice(1));
        const { nextCursor: ofAll } = (await list(admin, { ...query, limit: "1" })).body;
        const keysAlone = { ...settings, CALLERS: "anyone" };
        const { nextCursor: ofAnyone } = (await list({}, { ...query, limit: "1" }, keysAlone)).body;
        const forged = await list(bob, { ...query, cursor: `${cursor}AAAA` });
        assert.deepEqual([forged.statusCode, forged.body.code], [400, "InvalidCursor"]);
        for (const foreign of [cursor, String(ofAll), String(ofAnyone)]) {
          const refused = await list(bob, { ...query, cursor: foreign });
          assert.equal(refused.bodyText, forged.bodyText);
          assert.equal(refused.statusCode, 400);
        }
      });
    }

    it("looks like nothing to another", async () => {
      const [own = "", ...others] = ids.ada;
      assert.deepEqual(idsOf(await list(ada, { similarTo: own })).sort(), others.sort());
      const foreign = await list(bob, { similarTo: own });
      assert.deepEqual([foreign.statusCode, foreign.body.code], [404, "ImageNotFound"]);
      assert.deepEqual(idsOf(await list(admin, { similarTo: own })).sort(), others.sort());
    });
  });

  describe("under a key by which requests are repeated", () => {
    let s3: AwsClientStub<S3Client>;
    let image_data: string;
    before(async () => {
      image_data = (await makeImage("png")).toString("base64");
    });
    beforeEach(() => {
      s3 = mockClient(S3Client);
      s3.on(PutObjectCommand).resolves({ ETag: '"etag-1"', VersionId: "version-1" });
      s3.on(ListObjectVersionsCommand).resolves({});
    });
    afterEach(() => {
      s3.restore();
    });

    const headers = { "Content-Type": "application/json", "Idempotency-Key": "k" };

    const requests: Record<string, (sender: Sender, fields?: object) => Promise<Exchange>> = {
      "POST /images": (sender, fields) =>
        call(
          createUploads(environment),
          jsonEvent({ image_data, content_type: "image/png", ...fields }, { headers, ...sender }),
        ),
      "POST /uploads": (sender, fields) =>
        call(
          createForms(environment),
          jsonEvent({ contentType: "image/png", size: 3, ...fields }, { headers, ...sender }),
        ),
    };
    for (const [what, send] of Object.entries(requests)) {
      it(`is no other's: ${what}`, async () => {
        const [first, other] = [await send(ada), await send(bob)];
        assert.deepEqual([first.statusCode, other.statusCode], [201, 201]);
        assert.equal(other.headers?.["Idempotency-Replayed"], undefined);
        assert.notEqual(first.bodyText, other.bodyText);
        // Whoever says whose it is, and whoever does not, says the same.
        for (const [sender, answer, userId] of [
          [ada, first, "ada"],
          [bob, other, "bob"],
        ] as const) {
          for (const fields of [{}, { userId }, { user_id: userId }]) {
            const again = await send(sender, fields);
            assert.equal(again.headers?.["Idempotency-Replayed"], "true");
            assert.equal(again.bodyText, answer.bodyText);
          }
        }
        assert.equal((await send(bob, { userId: "ada" })).body.code, "NotYourUser");
        for (const sender of [admin, program]) {
          const elsewhere = await send(sender, { userId: "ada" });
          assert.equal(elsewhere.statusCode, 201);
          assert.notEqual(elsewhere.bodyText, first.bodyText);
        }
      });
    }

    it("is no other's: POST /process, with a record that is one user's", async () => {
      const Item = { id: "r", userId: "ada", color: "red" };
      await createDynamoDb().send(new PutCommand({ TableName: settings.RECORDS_TABLE, Item }));
      const send = (sender: Sender) =>
        call(createProcessing(environment), jsonEvent({ id: "r" }, { headers, ...sender }));
      const [first, other] = [await send(ada), await send(bob)];
      assert.equal((first.body.processedData as typeof Item).color, "red");
      assert.equal((other.body.processedData as Partial<typeof Item>).color, undefined);
      assert.equal((await send(ada)).bodyText, first.bodyText);
      assert.equal((await send(bob)).bodyText, other.bodyText);
    });

    it("is awaited by the user alone who asked for a form", async () => {
      const { uploadId } = (await requests["POST /uploads"]?.(ada))?.body ?? {};
      const id = String(uploadId);
      const status = (sender: Sender) =>
        call(
          createStatus(environment),
          apiEvent({ method: "GET", resource: "/uploads/{id}", id, ...sender }),
        );
      const foreign = await status(bob);
      assert.deepEqual([foreign.statusCode, foreign.body.code], [404, "UploadNotFound"]);
      for (const sender of [ada, admin, program]) {
        assert.equal((await status(sender)).body.status, "pending");
      }
    });
  });
});
