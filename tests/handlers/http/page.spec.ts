import assert from "node:assert/strict";
import { maxPayloadBytes } from "../../../handlers/http/json";
import { readPage } from "../../../handlers/http/page";

/** So many, and then an error: nothing may be asked for beyond what proves that there is more. */
async function* numbers(count: number, isEnd = true): AsyncGenerator<{ n: number }> {
  for (let n = 0; n < count; n++) {
    yield await Promise.resolve({ n });
  }
  if (!isEnd) {
    throw new Error("asked for more");
  }
}

describe("readPage", () => {
  const shown: number[] = [];
  const show = ({ n }: { n: number }) => {
    shown.push(n);
    return { shown: n };
  };
  beforeEach(() => {
    shown.length = 0;
  });

  it("is empty where nothing is found", async () => {
    assert.deepEqual(await readPage(numbers(0), 3, show), {
      items: [],
      last: undefined,
      hasMore: false,
    });
  });

  it("has all of what is found up to the limit, and no further page", async () => {
    assert.deepEqual(await readPage(numbers(2), 2, show), {
      items: [{ shown: 0 }, { shown: 1 }],
      last: { n: 1 },
      hasMore: false,
    });
  });

  it("ends at the limit where there is one more, of which nothing is shown", async () => {
    const page = await readPage(numbers(3, false), 2, show);
    assert.deepEqual(page, { items: [{ shown: 0 }, { shown: 1 }], last: { n: 1 }, hasMore: true });
    assert.deepEqual(shown, [0, 1]);
  });

  it("ends before more than a function may return, but with one at least", async () => {
    const text = "x".repeat(maxPayloadBytes / 2);
    const page = await readPage(numbers(3), 3, ({ n }) => ({ n, text }));
    assert.deepEqual([page.items.length, page.last, page.hasMore], [1, { n: 0 }, true]);
    const large = await readPage(numbers(2), 2, ({ n }) => ({ n, text: text + text + text }));
    assert.deepEqual([large.items.length, large.last, large.hasMore], [1, { n: 0 }, true]);
  });
});
