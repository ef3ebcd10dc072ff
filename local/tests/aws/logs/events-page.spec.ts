import assert from "node:assert/strict";
import { AwsError } from "../../../aws/aws-error";
import { eventsPage } from "../../../aws/logs/events-page";

/** Positions in a file that other streams write to as well. */
const events = [2, 3, 5, 8].map((position) => ({ position }));

const ask = (startFromHead: boolean, limit: number, token?: string, all = events) => {
  const invalid = () => new AwsError("InvalidParameterException", "");
  const page = eventsPage(all, { startFromHead, limit, token }, invalid);
  return { ...page, items: page.items.map(({ position }) => position) };
};

describe("eventsPage", () => {
  it("begins with the latest, and goes back to the first", () => {
    const latest = ask(false, 3);
    assert.deepEqual(latest.items, [3, 5, 8]);
    const before = ask(false, 3, latest.backward);
    assert.deepEqual(before.items, [2]);
    const end = ask(false, 3, before.backward);
    assert.deepEqual(end.items, []);
    assert.equal(end.backward, before.backward);
  });

  it("goes forward from the head, and stays at the end until more has come", () => {
    const first = ask(true, 3);
    assert.deepEqual(first.items, [2, 3, 5]);
    const second = ask(true, 3, first.forward);
    assert.deepEqual(second.items, [8]);
    const end = ask(true, 3, second.forward);
    assert.deepEqual(end.items, []);
    assert.equal(end.forward, second.forward);
    assert.deepEqual(ask(true, 3, end.forward, [...events, { position: 11 }]).items, [11]);
  });

  it("refuses tokens that it never gave", () => {
    assert.throws(() => ask(true, 3, "x/1"), { code: "InvalidParameterException" });
  });
});
