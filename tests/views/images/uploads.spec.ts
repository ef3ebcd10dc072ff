import { strict as assert } from "node:assert";
import { ApiFailure } from "../../../views/images/api-failure";
import {
  summaryOf,
  unfinished,
  type UploadEvent,
  uploadsReducer,
} from "../../../views/images/uploads";

const chosen = (...ids: string[]): UploadEvent => ({
  type: "chosen",
  uploads: ids.map((id) => ({ id, name: `${id}.png`, size: 5 })),
});

const after = (...events: UploadEvent[]) => events.reduce(uploadsReducer, []);

describe("uploads of a page", () => {
  it("are listed as they were chosen, the latest choice first, and wait", () => {
    const uploads = after(chosen("a", "b"), chosen("c"));
    assert.deepEqual(
      uploads.map(({ id, progress }) => [id, progress.step]),
      [
        ["c", "waiting"],
        ["a", "waiting"],
        ["b", "waiting"],
      ],
    );
  });

  it("move on one by one", () => {
    const progress = { step: "sending", part: 0.25 } as const;
    const [first, second] = after(chosen("a", "b"), { type: "moved", id: "b", progress });
    assert.deepEqual([first?.progress, second?.progress], [{ step: "waiting" }, progress]);
  });

  it("do not come back when they are dismissed, whatever is heard of them later", () => {
    const uploads = after(
      chosen("a"),
      { type: "dismissed", id: "a" },
      { type: "moved", id: "a", progress: { step: "checking" } },
    );
    assert.deepEqual(uploads, []);
  });

  it("are summed up in a sentence that says how many ended how", () => {
    const failure = new ApiFailure("no");
    const uploads = after(
      chosen("a", "b", "c", "d"),
      { type: "moved", id: "a", progress: { step: "ready", imageId: "1" } },
      { type: "moved", id: "b", progress: { step: "failed", failure } },
      { type: "moved", id: "c", progress: { step: "checking" } },
    );
    assert.equal(summaryOf(uploads), "2 under way, 1 uploaded, 1 failed");
    assert.equal(summaryOf([]), "");
  });

  it("are lost with it unless they are images, or all of them has gone", () => {
    const uploads = after(
      chosen("a", "b", "c", "d", "e"),
      { type: "moved", id: "a", progress: { step: "failed", failure: new ApiFailure("no") } },
      { type: "moved", id: "b", progress: { step: "sending", part: 0.5 } },
      { type: "moved", id: "c", progress: { step: "checking" } },
      { type: "moved", id: "d", progress: { step: "ready", imageId: "i" } },
    );
    assert.deepEqual(unfinished(uploads), [
      { name: "a.png", size: 5 },
      { name: "b.png", size: 5 },
      { name: "e.png", size: 5 },
    ]);
  });
});
