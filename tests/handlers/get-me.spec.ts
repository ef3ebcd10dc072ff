import assert from "node:assert/strict";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { createDynamoDb } from "../../handlers/aws/clients";
import { createHandler } from "../../handlers/get-me";
import { limitSettings, serviceContext, userContext } from "./callers";
import { useDynamoDb } from "./dynamodb";
import { usersTable } from "./image-tables";
import { apiEvent, call, type RequestParts, settings, useSdkSettings } from "./support";

describe("get-me", () => {
  useSdkSettings();
  useDynamoDb(usersTable);
  const environment = { ...settings, ...limitSettings };

  const get = (parts: RequestParts, further = {}) =>
    call(
      createHandler({ ...environment, ...further }),
      apiEvent({ method: "GET", resource: "/me", ...parts }),
    );

  async function count(userId: string, images: number, bytes: number): Promise<void> {
    const put = { TableName: usersTable.TableName, Item: { userId, images, bytes } };
    await createDynamoDb().send(new PutCommand(put));
  }

  it("tells users what they have and may have, and no cache", async () => {
    await count("ada|ü", 2, 250);
    await count("SECRET", 7, 7000);
    const { statusCode, headers, body, logText } = await get({
      authorizer: { ...userContext("ada|ü") },
    });
    assert.equal(statusCode, 200);
    assert.deepEqual(body, {
      userId: "ada|ü",
      isAdmin: false,
      images: { count: 2, max: 2 },
      bytes: { count: 250, max: 300 },
    });
    assert.equal(headers?.["Cache-Control"], "private, no-store");
    assert.doesNotMatch(logText, /ada/);
  });

  it("tells who has never had an image, and that they are an admin", async () => {
    const { body } = await get({ authorizer: { ...userContext("root", "admin") } });
    assert.deepEqual(body, {
      userId: "root",
      isAdmin: true,
      images: { count: 0, max: 2 },
      bytes: { count: 0, max: 300 },
    });
  });

  it("names no limit where there is none", async () => {
    const { body } = await get(
      { authorizer: { ...userContext("ada") } },
      { MAX_IMAGES_PER_USER: "0", MAX_BYTES_PER_USER: "0" },
    );
    assert.deepEqual([body.images, body.bytes], [{ count: 0 }, { count: 0 }]);
  });

  it("answers 403 to an API key, which is no user", async () => {
    const { statusCode, body } = await get({ authorizer: serviceContext });
    assert.deepEqual([statusCode, body.code], [403, "NoUser"]);
  });

  it("takes no query", async () => {
    const query = { userId: "other" };
    const { statusCode, body } = await get({ authorizer: { ...userContext("ada") }, query });
    assert.deepEqual([statusCode, body.code], [400, "InvalidRequest"]);
  });

  it("does not start without its table or its limits", () => {
    for (const name of ["USERS_TABLE", "MAX_IMAGES_PER_USER", "MAX_BYTES_PER_USER"]) {
      assert.throws(() => createHandler({ ...environment, [name]: "" }), new RegExp(name));
    }
  });
});
