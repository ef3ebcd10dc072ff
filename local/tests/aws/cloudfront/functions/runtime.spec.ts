import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { resultOf } from "./events";

/** Compares values of expressions, which are all evaluated in one run. */
async function assertValues(expected: Record<string, unknown>, top = ""): Promise<void> {
  const expressions = Object.keys(expected);
  const actual = await resultOf(`return [${expressions.join(",\n")}];`, top);
  assert.deepEqual(actual, Object.values(expected));
}

describe("the runtime of viewer functions", () => {
  it("has no way out: no process, timers, network, files or environment", async () => {
    const absent = `process setTimeout setInterval setImmediate clearTimeout queueMicrotask fetch
      XMLHttpRequest WebSocket module exports __dirname global window self performance navigator
      WebAssembly SharedArrayBuffer Atomics Worker structuredClone host runtime std os scriptArgs`;
    for (const name of absent.split(/\s+/)) {
      assert.equal(await resultOf(`return typeof ${name};`), "undefined", name);
    }
    await assert.rejects(resultOf('return require("f" + "s");'), /Cannot find module "fs"/);
  });

  it("evaluates no text as code, wherever the constructor is found", async () => {
    const ways = [
      'eval("1")',
      'globalThis.eval("1")',
      '(0, eval)("1")',
      'Function("return 1")()',
      'new Function("a", "return a")(1)',
      '(function () {}).constructor("return 1")()',
      '(() => 1).constructor("return 1")()',
      '[].map.constructor("return 1")()',
      'Object.getPrototypeOf(top).constructor("return 1")()',
      'console.log.constructor("return 1")()',
      'require("crypto").createHash.constructor("return 1")()',
    ];
    for (const way of ways) {
      await assert.rejects(resultOf(`return ${way};`, "async function top() {}"), /EvalError/, way);
    }
  });

  it("lacks the globals and methods that runtime 2.0 does not document", async () => {
    await assertValues({
      "typeof Map": "undefined",
      "typeof Set": "undefined",
      "typeof WeakMap": "undefined",
      "typeof Proxy": "undefined",
      "typeof Reflect": "undefined",
      "typeof BigInt": "undefined",
      "typeof Intl": "undefined",
      "typeof URL": "undefined",
      "typeof [].flat": "undefined",
      "typeof [].at": "undefined",
      'typeof "".at': "undefined",
      'typeof "".matchAll': "undefined",
      'typeof "".localeCompare': "undefined",
      "typeof Object.fromEntries": "undefined",
      "typeof Array.from": "undefined",
      "typeof String.raw": "undefined",
    });
  });

  it("has those that it documents", async () => {
    await assertValues({
      '"a-b-a".replaceAll("a", "c")': "c-b-c",
      '"x".padStart(3, "-")': "--x",
      '/(?<y>\\d{4})/.exec("in 2026").groups.y': "2026",
      "[1, 2, 3].includes(2)": true,
      "[3, 1, 2].sort().concat([4]).slice(1)": [2, 3, 4],
      "Object.entries({ a: 1 })": [["a", 1]],
      "Object.assign({ a: 1 }, { b: 2 })": { a: 1, b: 2 },
      "Uint8Array.from([1, 2]).length": 2,
      "new DataView(new ArrayBuffer(8)).getFloat64(0)": 0,
      'JSON.parse("[1]")[0]': 1,
      "Number.isSafeInteger(2 ** 53)": false,
      'encodeURIComponent("é")': "%C3%A9",
      "typeof Symbol.for": "function",
      "typeof InternalError": "function",
      "new Error('x') instanceof Error": true,
      "(function () {}) instanceof Function": true,
    });
  });

  it("stops the clock during a run", async () => {
    const body = `var start = Date.now(); for (var i = 0; i < 20000; i++) { start += 0; }
      return [Date.now() - start, new Date().getTime() - start, new Date(5).getTime(),
        new Date(2026, 0, 1) instanceof Date, typeof Date(), Date.UTC(1970, 0, 2), Date.length];`;
    assert.deepEqual(await resultOf(body), [0, 0, 5, true, "string", 86_400_000, 7]);
  });

  it("begins each run at the time of the request", async () => {
    const before = Date.now();
    const began = Number(await resultOf("return began;", "var began = Date.now();"));
    assert.ok(began >= before && began <= Date.now());
  });

  it("draws other random numbers in each run", async () => {
    const draw = "return [Math.random(), Math.random()];";
    const numbers = [await resultOf(draw), await resultOf(draw)].flat();
    assert.equal(new Set(numbers).size, 4);
  });

  it("makes digests", async () => {
    const top = 'var crypto = require("crypto");';
    await assertValues(
      {
        'crypto.createHash("sha256").update("abc").digest("hex")':
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        'crypto.createHash("sha1").update("a").update("bc").digest("base64")':
          "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
        'crypto.createHash("md5").update("").digest().length': 16,
        'crypto.createHmac("sha256", "key").update("data").digest("base64url")':
          "UDH-PZicbRU3oBP6bnOdojRj_a7DtwE32Cjjas4iG9A",
        'crypto.createHmac("sha256", Buffer.from("6b6579", "hex")).update("data").digest("hex")':
          "5031fe3d989c6d1537a013fa6e739da23463fdaec3b70137d828e36ace221bd0",
      },
      top,
    );
    await assert.rejects(
      resultOf('return require("crypto").createHash("sha512");'),
      /not supported algorithm/,
    );
  });

  it("reads and writes queries", async () => {
    await assertValues(
      {
        'querystring.parse("name=value&abc=xyz&abc=123")': { name: "value", abc: ["xyz", "123"] },
        'querystring.parse("a+b=%C3%A9&bad=%FF&odd=%")': { "a b": "é", bad: "\ufffd", odd: "%" },
        'querystring.parse("a:1;b:2", ";", ":")': { a: "1", b: "2" },
        'querystring.parse("a=1&b=2&c=3", null || "&", "=", { maxKeys: 2 })': { a: "1", b: "2" },
        'querystring.parse("")': {},
        'querystring.stringify({ name: "v w", abc: ["x", 1], none: "" })':
          "name=v%20w&abc=x&abc=1&none=",
      },
      'var querystring = require("querystring");',
    );
  });

  it("has buffers", async () => {
    await assertValues({
      'Buffer.from("héllo").toString("hex")': "68c3a96c6c6f",
      'Buffer.from("YWJj", "base64").toString()': "abc",
      'Buffer.from("_-8", "base64url").toString("base64")': "/+8=",
      'Buffer.from("a\\0b").length': 3,
      'Buffer.from("a\\0b").toString()': "a\0b",
      "Buffer.from([256, 255, -1]).toJSON().data": [0, 255, 255],
      "Buffer.from([1, 2]).equals(Buffer.concat([Buffer.from([1]), Buffer.from([2])]))": true,
      "Buffer.concat([Buffer.from([1, 2, 3])], 2).length": 2,
      'Buffer.alloc(5, "ab").toString()': "ababa",
      'Buffer.byteLength("é")': 2,
      "Buffer.compare(Buffer.from([1]), Buffer.from([2]))": -1,
      'Buffer.from("abcabc").indexOf("bc", 2)': 4,
      'Buffer.from("abcabc").lastIndexOf("bc")': 4,
      'Buffer.from("abc").includes(98)': true,
      'Buffer.from("abc").indexOf("x")': -1,
      "Buffer.from([1, 2, 3, 4]).readUInt32BE(0)": 16_909_060,
      "Buffer.from([255, 255, 255]).readIntLE(0, 3)": -1,
      "(function (b) { b.writeInt16LE(-2, 1); return b.toJSON().data; })(Buffer.alloc(3))": [
        0, 254, 255,
      ],
      "(function (b) { b.writeUIntBE(66051, 0, 3); return b.toJSON().data; })(Buffer.alloc(3))": [
        1, 2, 3,
      ],
      "Buffer.from([1, 2, 3, 4]).swap16().toJSON().data": [2, 1, 4, 3],
      '(function (b) { return [b.write("aé"), b.toString("hex")]; })(Buffer.alloc(2))': [1, "6100"],
      'Buffer.from("abc").subarray(1).toString()': "bc",
      "Buffer.isBuffer(Buffer.alloc(1)) && !Buffer.isBuffer(new Uint8Array(1))": true,
      'Buffer.isEncoding("base64url")': true,
      'Buffer.isEncoding("latin1")': false,
    });
    await assert.rejects(resultOf('return Buffer.from("a", "latin1");'), /Unknown encoding/);
    await assert.rejects(resultOf("return Buffer.alloc(1).readUInt16BE(0);"), /out of bound/);
  });

  it("converts texts", async () => {
    await assertValues({
      'btoa("a\\xff")': "Yf8=",
      'atob("Yf8=")': "a\xff",
      'atob(" Y Q ")': "a",
      'new TextEncoder().encode("é").length': 2,
      "new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff]))": "a\ufffd",
      'new TextEncoder().encodeInto("aéb", new Uint8Array(3))': { read: 2, written: 3 },
    });
    await assert.rejects(resultOf('return btoa("€");'), /invalid character/);
    await assert.rejects(resultOf('return atob("a");'), /invalid character/);
    await assert.rejects(
      resultOf('return new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([255]));'),
      /not valid/,
    );
  });
});
