import assert from "node:assert/strict";
import {
  compose,
  inverse,
  type Rectangle,
  type Turn,
  turnOf,
  turnRectangle,
  turnSize,
} from "../../../../handlers/renditions/render/turn";

const all: Turn[] = ([0, 90, 180, 270] as const).flatMap((degrees) =>
  [false, true].map((mirrored) => ({ mirrored, degrees })),
);
const whole = { width: 7, height: 4 };
const part: Rectangle = { left: 1, top: 2, width: 3, height: 1 };

/** Turns by the definition: of each place, the one that it comes to. */
function turnByHand(
  { left, top, width, height }: Rectangle,
  { mirrored, degrees }: Turn,
): Rectangle {
  let size = whole;
  let box = { left: mirrored ? size.width - left - width : left, top, width, height };
  for (let turned = 0; turned < degrees; turned += 90) {
    box = {
      left: size.height - box.top - box.height,
      top: box.left,
      width: box.height,
      height: box.width,
    };
    size = { width: size.height, height: size.width };
  }
  return box;
}

describe("turns", () => {
  it("take parts of a picture to where they belong", () => {
    for (const turn of all) {
      assert.deepEqual(turnRectangle(part, whole, turn), turnByHand(part, turn));
    }
  });

  it("are together what one does after the other", () => {
    for (const first of all) {
      for (const second of all) {
        const once = turnRectangle(part, whole, first);
        const twice = turnRectangle(once, turnSize(whole, first), second);
        assert.deepEqual(turnRectangle(part, whole, compose(first, second)), twice);
      }
    }
  });

  it("are undone by their inverse", () => {
    for (const turn of all) {
      assert.deepEqual(compose(turn, inverse(turn)), { mirrored: false, degrees: 0 });
    }
  });

  it("swap the sides of a picture where they lay it on one", () => {
    assert.deepEqual(turnSize(whole, { mirrored: true, degrees: 180 }), whole);
    assert.deepEqual(turnSize(whole, { mirrored: false, degrees: 90 }), { width: 4, height: 7 });
  });

  it("are none for an orientation that is not stated, or is none", () => {
    for (const orientation of [undefined, 0, 1, 9, 1.5]) {
      assert.deepEqual(turnOf(orientation), { mirrored: false, degrees: 0 });
    }
  });
});
