import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LogFile } from "../../../aws/logs/log-file";
import { until } from "../../engine/processes";

const at = new Date("2026-01-15T10:00:00Z");

describe("LogIndex", () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "log-index-"));
    path = join(folder, "group.log");
    told = [];
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Told of what cannot be written. */
  let told: string[];

  const openLog = () => new LogFile(path, (line) => told.push(line));

  const messagesOf = (file: LogFile) =>
    file.events().map((event) => [event.at, event.stream, file.read(event).message]);

  it("keeps when and by which stream each event was written, and leaves the log alone", () => {
    const file = openLog();
    file.append(at, "a", ["one", "zwölf\nlines"]);
    file.close();
    const again = openLog();
    again.append(new Date(at.getTime() + 5), "b", ["three"]);
    assert.deepEqual(messagesOf(again), [
      [at.getTime(), "a", "one"],
      [at.getTime(), "a", "zwölf\nlines"],
      [at.getTime() + 5, "b", "three"],
    ]);
    again.close();
    assert.equal(readFileSync(path, "utf8"), "one\nzwölf\nlines\nthree\n");
  });

  it("keeps the time of each of the events that were written at once", () => {
    const file = openLog();
    const later = new Date(at.getTime() + 5);
    file.append([at, later, later], "a", ["one", "two", "three"]);
    assert.deepEqual(messagesOf(file), [
      [at.getTime(), "a", "one"],
      [later.getTime(), "a", "two"],
      [later.getTime(), "a", "three"],
    ]);
    file.close();
  });

  it("makes up for what was not yet written when the process was killed", () => {
    const file = openLog();
    file.append(at, "a", ["one"]);
    file.close();
    appendFileSync(path, "two\nthree\n");
    const again = openLog();
    const events = messagesOf(again);
    again.close();
    assert.deepEqual(
      events.map(([, stream, message]) => [stream, message]),
      [
        ["a", "one"],
        ["unknown", "two"],
        ["unknown", "three"],
      ],
    );
  });

  it("keeps waiting what there is no room for, and tells", async () => {
    const file = openLog();
    file.append(at, "a", ["one"]);
    // Any write to it ends with ENOSPC.
    symlinkSync("/dev/full", `${path}.index`);
    await until(() => told.length > 0);
    assert.deepEqual(told, [
      "times and streams of log events wait to be written: ENOSPC: no space left on device, write",
    ]);
    rmSync(`${path}.index`);
    assert.deepEqual(messagesOf(file), [[at.getTime(), "a", "one"]]);
    file.append(at, "b", ["two"]);
    file.close();
    const index = readFileSync(`${path}.index`, "utf8");
    assert.equal(index, `[${at.getTime()},"a",[4]]\n[${at.getTime()},"b",[4]]\n`);
  });

  for (const [what, spoil] of [
    ["is cut in the middle of a record", (index: string) => `${index}[17`],
    ["knows of more than the log has", (index: string) => `${index}[1,"x",[999]]\n`],
  ] as const) {
    it(`is begun anew when it ${what}`, () => {
      const file = openLog();
      file.append(at, "a", ["one"]);
      file.close();
      writeFileSync(`${path}.index`, spoil(readFileSync(`${path}.index`, "utf8")));
      const again = openLog();
      assert.deepEqual(
        messagesOf(again).map(([, , message]) => message),
        ["one"],
      );
      again.close();
    });
  }
});
