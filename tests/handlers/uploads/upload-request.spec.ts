import assert from "node:assert/strict";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { parseUpload } from "../../../handlers/uploads/upload-request";
import type { Caller } from "../../../handlers/users/caller";
import { apiEvent, jsonEvent } from "../support";

const image = Buffer.from("image");
const user: Caller = { kind: "user", userId: "ada" };
const admin: Caller = { kind: "admin", userId: "root" };
const others: Caller[] = [{ kind: "anyone" }, { kind: "service" }];

/** The three ways in which an image comes, with these fields beside it. */
const ways: Record<string, (fields: Record<string, string>) => Promise<APIGatewayProxyEvent>> = {
  JSON: (fields) =>
    Promise.resolve(
      jsonEvent({ image_data: image.toString("base64"), content_type: "image/png", ...fields }),
    ),
  "a form": async (fields) => {
    const form = new FormData();
    form.append("image", new Blob([image], { type: "image/png" }), "a.png");
    for (const [name, value] of Object.entries(fields)) {
      form.append(name, value);
    }
    const response = new Response(form);
    const headers = { "Content-Type": response.headers.get("Content-Type") ?? "" };
    return apiEvent({ headers, body: new Uint8Array(await response.arrayBuffer()) });
  },
  "the image itself": (fields) =>
    Promise.resolve(
      apiEvent({ headers: { "Content-Type": "image/png" }, query: fields, body: image }),
    ),
};

describe("parseUpload", () => {
  for (const [way, event] of Object.entries(ways)) {
    describe(`of ${way}`, () => {
      it("takes a user's upload for the user's own", async () => {
        const names: Record<string, string>[] = [{}, { userId: "ada" }, { user_id: "ada" }];
        for (const fields of names) {
          const upload = await parseUpload(await event({ ...fields, image_name: "n" }), user);
          assert.deepEqual(
            [upload.userId, upload.imageName, upload.image.toString()],
            ["ada", "n", "image"],
          );
        }
      });

      it("takes an admin's upload for whose the admin says, or for the admin's own", async () => {
        assert.equal((await parseUpload(await event({ user_id: "bob" }), admin)).userId, "bob");
        assert.equal((await parseUpload(await event({}), admin)).userId, "root");
      });

      it("takes no upload of a user for another's, and names the field as the user does", async () => {
        for (const field of ["userId", "user_id"]) {
          await assert.rejects(async () => parseUpload(await event({ [field]: "bob" }), user), {
            statusCode: 403,
            code: "NotYourUser",
            message: `${field} is not the user whom the token names: leave it out.`,
          });
        }
      });

      it("asks all others whose it is", async () => {
        for (const caller of others) {
          assert.equal((await parseUpload(await event({ user_id: "bob" }), caller)).userId, "bob");
          await assert.rejects(async () => parseUpload(await event({}), caller), {
            statusCode: 400,
            message: /user_?[iI]d is required/,
          });
        }
      });

      it(
        way === "JSON"
          ? "takes an empty user for no user at all"
          : "takes an empty user for absent, as forms send it, if the caller may leave it out",
        async () => {
          for (const field of ["userId", "user_id"]) {
            const empty = await event({ [field]: "" });
            if (way !== "JSON") {
              assert.equal((await parseUpload(empty, user)).userId, "ada");
              assert.equal((await parseUpload(empty, admin)).userId, "root");
            }
            for (const caller of way === "JSON" ? [user, admin, ...others] : others) {
              await assert.rejects(parseUpload(empty, caller), {
                statusCode: 400,
                message: `${field} must have 1 to 128 characters, but has 0.`,
              });
            }
          }
        },
      );
    });
  }
});
