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
          const upload = parseUpload(await event({ ...fields, image_name: "n" }), user);
          assert.deepEqual(
            [upload.userId, upload.imageName, upload.image.toString()],
            ["ada", "n", "image"],
          );
        }
      });

      it("takes an admin's upload for whose the admin says, or for the admin's own", async () => {
        assert.equal(parseUpload(await event({ user_id: "bob" }), admin).userId, "bob");
        assert.equal(parseUpload(await event({}), admin).userId, "root");
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
          assert.equal(parseUpload(await event({ user_id: "bob" }), caller).userId, "bob");
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
              assert.equal(parseUpload(empty, user).userId, "ada");
              assert.equal(parseUpload(empty, admin).userId, "root");
            }
            for (const caller of way === "JSON" ? [user, admin, ...others] : others) {
              assert.throws(() => parseUpload(empty, caller), {
                statusCode: 400,
                message: `${field} must have 1 to 128 characters, but has 0.`,
              });
            }
          }
        },
      );
    });
  }

  describe("of a form with texts that are not in UTF-8", () => {
    /** @param latin1 bytes of the name, and what the form and the part say of them. */
    function form(latin1: string, ofForm?: string, ofPart?: string): APIGatewayProxyEvent {
      const parts = [
        ...(ofForm === undefined ? [] : [`name="_charset_"\r\n\r\n${ofForm}`]),
        'name="userId"\r\n\r\nbob',
        `name="imageName"${ofPart === undefined ? "" : `\r\nContent-Type: ${ofPart}`}\r\n\r\n${latin1}`,
        'name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\xff\xfe',
      ];
      const text = parts.map((part) => `--b\r\nContent-Disposition: form-data; ${part}\r\n`);
      const headers = { "Content-Type": "multipart/form-data; boundary=b" };
      return apiEvent({ headers, body: Buffer.from(`${text.join("")}--b--\r\n`, "latin1") });
    }
    const parse = (...parts: Parameters<typeof form>) => parseUpload(form(...parts), admin);

    it("reads them as the part says, or else the form", () => {
      assert.equal(parse("H\xe4fen", "iso-8859-1").imageName, "Häfen");
      assert.equal(
        parse("H\xe4fen", "utf-8", "text/plain;charset=Windows-1252").imageName,
        "Häfen",
      );
      assert.equal(parse("H\xc3\xa4fen", "UTF-8").imageName, "Häfen");
      assert.equal(parse("H\xc3\xa4fen", "us-ascii").imageName, "Häfen");
      assert.equal(parse("\x83n\x81[\x83o\x81[", "Shift_JIS").imageName, "ハーバー");
      assert.deepEqual([...parse("n", "iso-8859-1").image], [0xff, 0xfe]);
    });

    it("refuses what is not so, or in nothing that is known", () => {
      const refused: [...Parameters<typeof form>, RegExp][] = [
        ["H\xe4fen", undefined, undefined, /imageName must be UTF-8, and is not at byte 1/],
        ["H\xe4fen", "utf-8", undefined, /imageName must be UTF-8, and is not at byte 1/],
        ["\xff", "euc-jp", undefined, /imageName must be text in euc-jp, as it says, and is not/],
        ["n", "klingon", undefined, /is text in klingon, which is not known: send it in UTF-8/],
      ];
      for (const [latin1, ofForm, ofPart, message] of refused) {
        assert.throws(() => parse(latin1, ofForm, ofPart), { statusCode: 400, message });
      }
    });
  });
});
