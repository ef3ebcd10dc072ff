import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { RuntimeFailure } from "./errors";

/** A function's handler. Node.js 24 has none that take a callback. */
export type Handler = (event: unknown, context: object) => unknown;

/**
 * Finds the function that a handler's name, such as `folder/file.export`, stands for.
 *
 * @param root the folder that holds the unzipped archive.
 * @throws RuntimeFailure when there is none; whatever the module throws while it loads.
 */
export async function loadHandler(root: string, name: string): Promise<Handler> {
  const [, file, path] = /^([^.]*)\.(.+)$/.exec(basename(name)) ?? [];
  if (file === undefined || path === undefined || name.includes("..")) {
    throw new RuntimeFailure("Runtime.MalformedHandlerName", `Bad handler ${name}`);
  }
  const handler = exportOf(await loadModule(join(root, dirname(name), file)), path);
  if (typeof handler !== "function") {
    throw new RuntimeFailure("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  }
  if (handler.length >= 3) {
    // https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/issues/137
    throw new RuntimeFailure(
      "Runtime.CallbackHandlerDeprecated",
      "Node.js 24 and later do not support callback-based function handlers: use an async handler.",
    );
  }
  return handler as Handler;
}

function exportOf(module: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], module);
}

async function loadModule(path: string): Promise<unknown> {
  const file = [".js", ".mjs", ".cjs"].map((end) => path + end).find((name) => existsSync(name));
  if (file === undefined) {
    const message = `Error: Cannot find module '${basename(path)}'`;
    throw new RuntimeFailure("Runtime.ImportModuleError", message);
  }
  try {
    return await requireOrImport(file);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeFailure("Runtime.UserCodeSyntaxError", String(error));
    }
    if (["MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND"].includes(codeOf(error))) {
      throw new RuntimeFailure("Runtime.ImportModuleError", String(error));
    }
    throw error;
  }
}

async function requireOrImport(file: string): Promise<unknown> {
  try {
    return createRequire(file)(file);
  } catch (error) {
    // Only modules with a top-level await cannot be required; nothing of them has run yet.
    if (codeOf(error) === "ERR_REQUIRE_ASYNC_MODULE") {
      return await import(pathToFileURL(file).href);
    }
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
