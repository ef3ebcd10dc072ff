import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createHandler } from "../../handlers/delete-image";
import { etagOf } from "../../handlers/http/entity-tags";
import { toMetadata } from "../../handlers/images/images-table";
import { purge } from "../../handlers/images/purge";
import { ingest } from "../../handlers/uploads/ingest";
import { makeImage } from "../support/images";
import { serviceContext, userContext, usersSettings } from "./callers";
import { imageDeps } from "./image-deps";
import { useImagesCloud } from "./images-cloud";
import { apiEvent, call, type RequestParts, settings, useSdkSettings } from "./support";

describe("delete-image", () => {
  useSdkSettings();
  const cloud = useImagesCloud();

  const remove = (id: string, parts: RequestParts = {}) =>
    call(
      createHandler(settings),
      apiEvent({ method: "DELETE", resource: "/images/{id}", id, ...parts }),
    );

  async function upload() {
    const image = await makeImage("png");
    const upload = { image, contentType: "image/png", userId: "SECRET", imageName: "n" };
    const tags = { a: "b", c: "d" };
    const { metadata } = await ingest({ ...upload, tags }, imageDeps(), randomUUID());
    return metadata;
  }

  it("hides the row, and removes the entries of tags, every version and the renditions", async () => {
    const { imageId, key } = await upload();
    await cloud().store(key, Buffer.from("another version"));
    for (const operations of ["width-200", "width-200", "height-100_format-auto.webp"]) {
      await cloud().storeRendition(imageId, operations);
    }
    const kept = await cloud().storeRendition(randomUUID());
    const { statusCode, bodyText, headers } = await remove(imageId);
    assert.deepEqual([statusCode, bodyText], [204, ""]);
    assert.equal(headers?.["Access-Control-Allow-Origin"], "*");
    assert.deepEqual(await cloud().renditions(), [kept]);
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${imageId}/*`]]);
    const [row, ...others] = await cloud().rows();
    assert.ok(row?.state === "deleting");
    assert.deepEqual([others, row.invalidationOwed], [[], undefined]);
    assert.ok(row.sweepAfter > new Date(Date.now() + 14 * 60_000).toISOString());
    assert.deepEqual([await cloud().tagEntries(), await cloud().versions()], [[], []]);
  });

  describe("with If-Match", () => {
    const meant: Record<string, (etag: string) => string> = {
      "the ETag": (etag) => etag,
      "a list that has it": (etag) => `"other", ${etag}`,
      "any of them": () => "*",
    };
    const others: Record<string, (etag: string) => string> = {
      "another ETag": () => '"other"',
      "the ETag as a weak one": (etag) => `W/${etag}`,
      "the ETag without quotes": (etag) => etag.slice(1, -1),
      "a list without it": () => '"other", "another"',
      nothing: () => "",
    };
    const removeBy = async (names: (etag: string) => string) => {
      const { imageId } = await upload();
      const row = await cloud().row(imageId);
      assert.ok(row?.state === "ready");
      const etag = etagOf(JSON.stringify(toMetadata(row)));
      return { imageId, ...(await removeIf(imageId, names(etag))) };
    };
    const removeIf = (id: string, ifMatch: string) =>
      call(
        createHandler(settings),
        apiEvent({
          method: "DELETE",
          resource: "/images/{id}",
          id,
          headers: { "If-Match": ifMatch },
        }),
      );

    for (const [what, names] of Object.entries(meant)) {
      it(`removes an image that is meant by ${what}`, async () => {
        const { imageId, statusCode } = await removeBy(names);
        assert.equal(statusCode, 204);
        await cloud().assertHidden();
        // The answer may have been lost: then the row is no more what was meant.
        assert.equal((await removeIf(imageId, '"other"')).statusCode, 204);
      });
    }
    for (const [what, names] of Object.entries(others)) {
      it(`leaves an image as it is that is not meant by ${what}`, async () => {
        const { imageId, statusCode, bodyText } = await removeBy(names);
        assert.equal(statusCode, 412);
        assert.match(bodyText, /"PreconditionFailed"/);
        assert.equal((await cloud().row(imageId))?.state, "ready");
        assert.equal((await cloud().versions()).length, 1);
      });
    }
    it("says of what there is not what it says without", async () => {
      assert.equal((await removeIf(randomUUID(), "*")).statusCode, 204);
    });
  });

  it("leaves an image as it is that If-None-Match names", async () => {
    const { imageId } = await upload();
    const row = await cloud().row(imageId);
    assert.ok(row?.state === "ready");
    const etag = etagOf(JSON.stringify(toMetadata(row)));
    const removeUnless = (known: string) =>
      remove(imageId, { headers: { "If-None-Match": known } });
    for (const known of [etag, `"other", W/${etag}`, "*"]) {
      const { statusCode, body } = await removeUnless(known);
      assert.deepEqual([statusCode, body.code], [412, "PreconditionFailed"], known);
    }
    assert.equal((await cloud().row(imageId))?.state, "ready");
    for (const time of ["first", "second"]) {
      assert.equal((await removeUnless('"other"')).statusCode, 204, time);
    }
  });

  it("tells the edge nothing of an image without renditions", async () => {
    const { imageId } = await upload();
    assert.equal((await remove(imageId)).statusCode, 204);
    await cloud().assertHidden();
    assert.deepEqual(cloud().edge.invalidations, []);
  });

  it("leaves to the sweep what the edge cannot forget yet", async () => {
    const { imageId } = await upload();
    await cloud().storeRendition(imageId);
    cloud().edge.refusal = "TooManyInvalidationsInProgress";
    assert.equal((await remove(imageId)).statusCode, 204);
    await cloud().assertHidden();
    const row = await cloud().row(imageId);
    assert.ok(row?.state === "deleting" && row.invalidationOwed);
    cloud().edge.refusal = undefined;
    // Nothing but the row tells now that there were any.
    assert.equal((await remove(imageId)).statusCode, 204);
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${imageId}/*`]]);
  });

  it("fails when the edge does for another reason, and goes on when repeated", async () => {
    const { imageId } = await upload();
    await cloud().storeRendition(imageId);
    cloud().edge.refusal = "AccessDenied";
    assert.equal((await remove(imageId)).statusCode, 500);
    cloud().edge.refusal = undefined;
    assert.equal((await remove(imageId)).statusCode, 204);
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${imageId}/*`]]);
  });

  it("removes no other image", async () => {
    const [{ imageId }, other] = [await upload(), await upload()];
    await remove(imageId);
    assert.deepEqual(await cloud().versions(), [other.key]);
    const ready = (await cloud().rows()).filter(({ state }) => state === "ready");
    assert.deepEqual(
      ready.map((row) => row.imageId),
      [other.imageId],
    );
    assert.equal((await cloud().tagEntries()).length, 2);
  });

  it("answers the same when the image is deleted already, or never was there", async () => {
    const { imageId } = await upload();
    assert.equal((await remove(imageId)).statusCode, 204);
    assert.equal((await remove(imageId)).statusCode, 204);
    assert.equal((await remove(randomUUID())).statusCode, 204);
  });

  it("succeeds twice at once", async () => {
    const { imageId } = await upload();
    await Promise.all([purge(imageId, imageDeps()), purge(imageId, imageDeps())]);
    await cloud().assertHidden();
  });

  describe("of an API that knows its users", () => {
    const removeBy = (authorizer: Record<string, unknown>, imageId: string) =>
      call(
        createHandler({ ...settings, ...usersSettings }),
        apiEvent({ method: "DELETE", resource: "/images/{id}", id: imageId, authorizer }),
      );
    const owner = { ...userContext("SECRET") };
    const other = { ...userContext("other") };

    async function everything() {
      const { edge } = cloud();
      const stored = [await cloud().versions(), await cloud().renditions()];
      return [await cloud().rows(), await cloud().tagEntries(), ...stored, edge.invalidations];
    }

    it("removes a user's image, and says so again while its row is there", async () => {
      const { imageId } = await upload();
      await cloud().storeRendition(imageId);
      for (let time = 0; time < 2; time++) {
        assert.equal((await removeBy(owner, imageId)).statusCode, 204);
        await cloud().assertHidden();
      }
      const row = await cloud().row(imageId);
      assert.ok(row?.state === "deleting");
      await imageDeps().publication.forget(row);
      const { statusCode, body } = await removeBy(owner, imageId);
      assert.deepEqual([statusCode, body.code], [404, "ImageNotFound"]);
    });

    it("touches nothing of another user's, before and after it is deleted", async () => {
      const { imageId } = await upload();
      await cloud().storeRendition(imageId);
      const unknown = await removeBy(other, randomUUID());
      for (const prepare of [() => Promise.resolve(), () => removeBy(owner, imageId)]) {
        await prepare();
        const before = await everything();
        const exchange = await removeBy(other, imageId);
        assert.deepEqual([exchange.statusCode, exchange.body.code], [404, "ImageNotFound"]);
        assert.equal(exchange.bodyText, unknown.bodyText);
        assert.deepEqual(exchange.headers, unknown.headers);
        assert.deepEqual(await everything(), before);
      }
    });

    it("removes anybody's for admins and programs, and answers as if there were no users", async () => {
      for (const authorizer of [{ ...userContext("root", "admin") }, serviceContext]) {
        const { imageId } = await upload();
        for (const id of [imageId, imageId, randomUUID()]) {
          assert.equal((await removeBy(authorizer, id)).statusCode, 204);
        }
        await cloud().assertHidden();
      }
    });
  });

  for (const id of ["1", "..%2F..%2Fadmin", "__proto__", " "]) {
    it(`answers 404 for ${JSON.stringify(id)}, which can be no id`, async () => {
      const { statusCode, body } = await remove(id);
      assert.deepEqual([statusCode, body.code], [404, "ImageNotFound"]);
    });
  }

  it("takes no query", async () => {
    const { statusCode, body } = await remove(randomUUID(), { query: { force: "true" } });
    assert.deepEqual([statusCode, body.code], [400, "InvalidRequest"]);
  });

  it("keeps nothing personal in a row that waits for the sweep", async () => {
    const { imageId } = await upload();
    await imageDeps().publication.hide(imageId, new Date());
    assert.doesNotMatch(JSON.stringify(await cloud().row(imageId)), /SECRET/);
  });
});
