// Loaded into the process of a program that is only judged. The answer of a provider function that
// nobody here can answer is unknown: as an output it stays so by itself, but the plain form,
// `await aws.ec2.getAmi()`, gives the program an empty object, where it expects one that it can use.
"use strict";

const { createRequire } = require("node:module");
const { join } = require("node:path");
const process = require("node:process");

const requireFromProgram = createRequire(join(process.cwd(), "program.js"));
const { Output, runtime } = requireFromProgram("@pulumi/pulumi");
const { unknownValue } = requireFromProgram("@pulumi/pulumi/runtime/rpc");

for (const name of ["invoke", "invokeSingle"]) {
  const call = runtime[name];
  runtime[name] = (...args) =>
    call(...args).then((answer) => (isEmpty(answer) ? unknown() : answer));
}

/** The SDK's own answer where it does not know one. */
function isEmpty(answer) {
  return (
    answer === undefined ||
    (typeof answer === "object" && answer !== null && Object.keys(answer).length === 0)
  );
}

/**
 * A value that is an unknown output to the SDK, and that can be used like what it stands for: its
 * properties are unknown, so is the one element that it has as a list, and so is each text that it
 * becomes part of.
 */
function unknown() {
  const output = new Output(
    new Set(),
    Promise.resolve(),
    Promise.resolve(false),
    Promise.resolve(false),
    Promise.resolve(new Set()),
  );
  const value = new Proxy(output, {
    get: (_target, property) => {
      if (isText(property)) {
        return () => unknownValue;
      }
      if (property in output || isOfSdk(property)) {
        return output[property];
      }
      if (property === "length" || typeof property === "symbol" || property in Array.prototype) {
        const own = [value][property];
        return typeof own === "function" ? own.bind([value]) : own;
      }
      return property in String.prototype ? () => value : value;
    },
  });
  return value;
}

function isText(property) {
  return [Symbol.toPrimitive, "toString", "toJSON", "valueOf", "join"].includes(property);
}

/** What tells promises and the SDK's own kinds of objects. */
function isOfSdk(property) {
  return property === "then" || (typeof property === "string" && property.startsWith("__"));
}
