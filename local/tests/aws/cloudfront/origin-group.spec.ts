import assert from "node:assert/strict";
import { OriginFailure } from "../../../aws/cloudfront/origin-failure";
import { OriginGroupClient } from "../../../aws/cloudfront/origin-group";
import type { OriginCall, OriginClient } from "../../../aws/cloudfront/types";

const call: OriginCall = {
  method: "GET",
  path: "/a",
  query: ["b=1"],
  headers: { accept: "image/webp" },
  secure: true,
  viewerAddress: "192.0.2.2",
};

describe("OriginGroupClient", () => {
  let asked: [string, OriginCall][];

  beforeEach(() => {
    asked = [];
  });

  const origin = (name: string, status: number | Error): OriginClient => ({
    ask: (request) => {
      asked.push([name, request]);
      return typeof status === "number"
        ? Promise.resolve({ status, headers: {}, body: Buffer.from(name) })
        : Promise.reject(status);
    },
  });
  const group = (primary: number | Error, secondary: number | Error) =>
    new OriginGroupClient(origin("first", primary), origin("second", secondary), [403, 404]);

  for (const status of [200, 206, 302, 304, 400, 500, 503]) {
    it(`answers by the first origin's ${status}, which is no reason to go on`, async () => {
      const { body } = await group(status, 200).ask(call);
      assert.equal(body.toString(), "first");
      assert.equal(asked.length, 1);
    });
  }

  for (const status of [403, 404]) {
    it(`sends the same request to the second origin after ${status}`, async () => {
      const { body } = await group(status, 200).ask(call);
      assert.equal(body.toString(), "second");
      assert.deepEqual(asked, [
        ["first", call],
        ["second", call],
      ]);
    });
  }

  for (const status of [502, 504] as const) {
    it(`goes on when the first origin fails by ${status}, whatever is configured`, async () => {
      const { body } = await group(new OriginFailure(status, "gone"), 200).ask(call);
      assert.equal(body.toString(), "second");
    });
  }

  it("starts with the first origin each time", async () => {
    const client = group(404, 200);
    await client.ask(call);
    await client.ask(call);
    assert.deepEqual(
      asked.map(([name]) => name),
      ["first", "second", "first", "second"],
    );
  });

  it("answers by what the second origin says, errors too", async () => {
    assert.equal((await group(403, 404).ask(call)).status, 404);
    const failure = new OriginFailure(504, "late");
    await assert.rejects(group(403, failure).ask(call), failure);
  });

  it("hides no bug of the first origin", async () => {
    await assert.rejects(group(new Error("a bug"), 200).ask(call), /a bug/);
  });
});
