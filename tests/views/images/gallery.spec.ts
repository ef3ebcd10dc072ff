import { strict as assert } from "node:assert";
import { ApiFailure } from "../../../views/images/api-failure";
import { type GalleryEvent, galleryReducer, noImages } from "../../../views/images/gallery";
import type { ListedImage } from "../../../views/images/images-api";

const image = (imageId: string) =>
  ({
    imageId,
    imageName: imageId,
    urls: { thumb: `https://cdn/${imageId}` },
  }) as unknown as ListedImage;

const after = (...events: GalleryEvent[]) => events.reduce(galleryReducer, noImages);
const idsOf = (gallery: typeof noImages) => gallery.images.map(({ imageId }) => imageId);

const all = { asker: "ada", filter: {} };
const page = (ids: string[], nextCursor?: string) => ({ images: ids.map(image), nextCursor });

describe("the gallery", () => {
  const first: GalleryEvent[] = [
    { type: "asked", question: all },
    { type: "answered", question: all, page: page(["a", "b"], "next") },
  ];
  const more = { asker: "ada", filter: {}, cursor: "next" };

  it("appends the next page, without images that both pages have", () => {
    const gallery = after(
      ...first,
      { type: "asked", question: more },
      { type: "answered", question: more, page: page(["b", "c"]) },
    );
    assert.deepEqual(idsOf(gallery), ["a", "b", "c"]);
    assert.deepEqual([gallery.state, gallery.nextCursor], ["loaded", undefined]);
  });

  it("shows what it has while the same is asked for again, and then the answer in its place", () => {
    const again = { asker: "ada", filter: {} };
    const asked = after(...first, { type: "asked", question: again });
    assert.deepEqual([idsOf(asked), asked.state], [["a", "b"], "loading"]);
    const answer: GalleryEvent = { type: "answered", question: again, page: page(["new", "a"]) };
    assert.deepEqual(idsOf(galleryReducer(asked, answer)), ["new", "a"]);
  });

  it("shows no image that another asker sees while it waits", () => {
    const gallery = after(...first, { type: "asked", question: { asker: "bob", filter: {} } });
    assert.deepEqual(idsOf(gallery), []);
  });

  it("shows no image of another filter while it waits", () => {
    const gallery = after(...first, {
      type: "asked",
      question: { asker: "ada", filter: { userId: "ada" } },
    });
    assert.deepEqual([idsOf(gallery), gallery.nextCursor], [[], undefined]);
  });

  it("does not listen to answers that come too late", () => {
    const late = { asker: "ada", filter: { userId: "ada" } };
    const gallery = after(
      { type: "asked", question: late },
      ...first,
      { type: "answered", question: late, page: page(["z"]) },
      { type: "failed", question: late, failure: new ApiFailure("late") },
    );
    assert.deepEqual([idsOf(gallery), gallery.state], [["a", "b"], "loaded"]);
  });

  it("keeps what it shows when the next page fails", () => {
    const failure = new ApiFailure("busy");
    const gallery = after(
      ...first,
      { type: "asked", question: more },
      { type: "failed", question: more, failure },
    );
    assert.deepEqual(
      [idsOf(gallery), gallery.failure, gallery.nextCursor],
      [["a", "b"], failure, "next"],
    );
  });

  it("shows a changed image as it is now, with the URLs that it has", () => {
    const { urls, ...metadata } = image("a");
    const changed = { ...metadata, imageName: "new" };
    const gallery = after(...first, { type: "changed", image: changed });
    assert.deepEqual(gallery.images[0], { ...changed, urls });
  });

  const longer: GalleryEvent[] = [
    ...first,
    { type: "asked", question: more },
    { type: "answered", question: more, page: page(["c", "d"], "further") },
  ];
  const refreshed = (ids: string[], nextCursor?: string): GalleryEvent => ({
    type: "refreshed",
    question: { asker: "ada", filter: {} },
    page: page(ids, nextCursor),
  });

  it("has what is new first, and goes on with what it showed after it", () => {
    const gallery = after(...longer, refreshed(["new", "a"], "after a"));
    assert.deepEqual(idsOf(gallery), ["new", "a", "b", "c", "d"]);
    assert.deepEqual([gallery.nextCursor, gallery.state], ["further", "loaded"]);
  });

  it("drops what the first page has no longer", () => {
    const gallery = after(...longer, refreshed(["b", "c"], "after c"));
    assert.deepEqual([idsOf(gallery), gallery.nextCursor], [["b", "c", "d"], "further"]);
    assert.deepEqual(idsOf(after(...longer, refreshed(["d"]))), ["d"]);
  });

  it("begins anew where more has come than the first page has", () => {
    const gallery = after(...longer, refreshed(["y", "x"], "after x"));
    assert.deepEqual([idsOf(gallery), gallery.nextCursor], [["y", "x"], "after x"]);
  });

  it("goes on after the first page where that has all that it showed", () => {
    const gallery = after(...first, refreshed(["new", "a", "b"], "after b"));
    assert.deepEqual([idsOf(gallery), gallery.nextCursor], [["new", "a", "b"], "after b"]);
  });

  it("takes a refreshed page of no other list, and still waits for what it asked for", () => {
    const other: GalleryEvent = {
      type: "refreshed",
      question: { asker: "ada", filter: { tag: "a:b" } },
      page: page(["z"]),
    };
    assert.deepEqual(idsOf(after(...longer, other)), ["a", "b", "c", "d"]);
    const gallery = after(
      ...first,
      { type: "asked", question: more },
      refreshed(["new", "a"], "after a"),
      { type: "answered", question: more, page: page(["c"]) },
    );
    assert.deepEqual(idsOf(gallery), ["new", "a", "b", "c"]);
  });

  it("drops a removed image", () => {
    assert.deepEqual(idsOf(after(...first, { type: "removed", imageId: "a" })), ["b"]);
  });
});
