import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isAnyNewer, isCurrent, readRecord, recordBundling } from "../../components/bundle-record";

describe("The record of a bundling", () => {
  let dir: string;
  let source: string;
  let dependency: string;

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), "record-"));
    source = path.join(dir, "handler.ts");
    dependency = path.join(dir, "node_modules/package/index.js");
    mkdirSync(path.dirname(dependency), { recursive: true });
    writeFileSync(source, "export const a = 1;");
    writeFileSync(dependency, "exports.b = 2;");
  });

  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  const record = () => recordBundling("recipe", [source, dependency]);

  it("is current while nothing has changed, wherever it was kept", () => {
    const file = path.join(dir, "record.json");
    writeFileSync(file, JSON.stringify(record()));
    assert.equal(isCurrent(readRecord(file), "recipe"), true);
  });

  it("is not current for another recipe", () => {
    assert.equal(isCurrent(record(), "other"), false);
  });

  it("is not current once a source has changed, even if size and time are the same", () => {
    const before = record();
    const time = new Date(2026, 0, 1);
    utimesSync(source, time, time);
    assert.equal(isCurrent(before, "recipe"), true);
    writeFileSync(source, "export const a = 2;");
    utimesSync(source, time, time);
    assert.equal(isCurrent(before, "recipe"), false);
  });

  it("is not current once an installed package has changed", () => {
    const before = record();
    utimesSync(dependency, new Date(), new Date(Date.now() + 1000));
    assert.equal(isCurrent(before, "recipe"), false);
  });

  it("is not current once a file is gone, or one has come that was not there", () => {
    const absent = path.join(dir, "absent");
    const before = recordBundling("recipe", [source, absent]);
    assert.equal(isCurrent(before, "recipe"), true);
    writeFileSync(absent, "");
    assert.equal(isCurrent(before, "recipe"), false);
    const whole = record();
    rmSync(dependency);
    assert.equal(isCurrent(whole, "recipe"), false);
  });

  it("is none where there is no file, or not a whole one", () => {
    const file = path.join(dir, "record.json");
    assert.equal(isCurrent(readRecord(file), "recipe"), false);
    writeFileSync(file, '{"recipe": "rec');
    assert.equal(isCurrent(readRecord(file), "recipe"), false);
  });

  it("tells of files that changed while they were being read", () => {
    const time = Date.now();
    utimesSync(source, new Date(time - 5000), new Date(time - 5000));
    assert.equal(isAnyNewer([source], time), false);
    utimesSync(source, new Date(time), new Date(time));
    assert.equal(isAnyNewer([source], time), true);
    assert.equal(isAnyNewer([path.join(dir, "gone")], time), true);
  });
});
