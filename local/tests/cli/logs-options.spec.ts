import assert from "node:assert/strict";
import { parseLogsOptions } from "../../cli/logs-options";

const now = Date.parse("2026-01-31T12:00:00Z");

describe("parseLogsOptions", () => {
  it("shows all of the default run, and then ends, if nothing is said", () => {
    assert.deepEqual(parseLogsOptions([]), { follow: false, raw: false, data: ".local" });
  });

  it("reads a function's name and all options", () => {
    const args = ["get-image", "-f", "--since", "10m", "--request", "0123456789", "--raw"];
    assert.deepEqual(parseLogsOptions([...args, "--data", "x"], now), {
      name: "get-image",
      follow: true,
      since: { at: now - 600_000, text: "10m" },
      request: "0123456789",
      raw: true,
      data: "x",
    });
  });

  for (const [text, expected] of [
    ["30s", "2026-01-31T11:59:30Z"],
    ["2h", "2026-01-31T10:00:00Z"],
    ["1d", "2026-01-30T12:00:00Z"],
    ["2026-01-31T11:00:00+01:00", "2026-01-31T10:00:00Z"],
    ["2026-01-31", "2026-01-31T00:00:00Z"],
  ] as const) {
    it(`reads --since ${text}`, () => {
      assert.equal(parseLogsOptions(["--since", text], now).since?.at, Date.parse(expected));
    });
  }

  for (const args of [
    ["--since", "10"],
    ["--since", "yesterday"],
    ["--since", "1w"],
    ["--since", "2026-13-01"],
    ["--since", "2026-02-30T00:00:00Z"],
    ["--request", "short"],
    ["--request", "two words"],
    ["one", "two"],
    ["--unknown"],
  ]) {
    it(`refuses ${args.join(" ")}`, () => {
      assert.throws(() => parseLogsOptions(args, now), { name: "CommanderError" });
    });
  }
});
