import { strict as assert } from "node:assert";
import { changesBy, type ToldRequest } from "../../../views/images/image-changes";

const request = (about: Partial<ToldRequest>): ToldRequest => ({
  source: "api",
  method: "GET",
  path: "/v1/images/a%2Fb",
  route: "/images/{id}",
  status: 200,
  durationMs: 5,
  ...about,
});
const nothing = { any: false, changed: [], removed: [] };

describe("changesBy", () => {
  it("tells which images were changed, and which are gone", () => {
    const changes = changesBy([
      request({ method: "PATCH" }),
      request({ method: "DELETE", path: "/v1/images/c", status: 204 }),
    ]);
    assert.deepEqual(changes, { any: true, changed: ["a/b"], removed: ["c"] });
  });

  for (const [what, about] of [
    ["an upload", { method: "POST", path: "/v1/images", route: "/images", status: 201 }],
    ["an event", { source: "event", method: "EVENT", route: undefined }],
    ["a schedule", { source: "schedule", method: "SCHEDULE", route: undefined }],
  ] as const) {
    it(`takes ${what} for a change`, () => {
      assert.deepEqual(changesBy([request(about)]), { ...nothing, any: true });
    });
  }

  for (const [what, about] of [
    ["what is under way", { method: "DELETE", durationMs: undefined, status: undefined }],
    ["what was refused", { method: "DELETE", status: 412 }],
    ["what the client has not waited for", { method: "DELETE", status: undefined }],
    ["what only reads", { method: "GET" }],
    ["other routes", { method: "DELETE", route: "/records/{id}" }],
    ["what the edge answers", { source: "edge", method: "DELETE" }],
  ] as const) {
    it(`takes ${what} for none`, () => {
      assert.deepEqual(changesBy([request(about)]), nothing);
    });
  }
});
