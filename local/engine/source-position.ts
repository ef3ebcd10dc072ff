import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { SourcePosition } from "./registered-resource";

/**
 * Where the program created the resource: the innermost frame of its stack trace that lies in the
 * project. Frames of packages are passed over, and so are those of compiled code.
 */
export function sourceOf(
  request: RegisterResourceRequest,
  projectDir: string,
): SourcePosition | undefined {
  for (const frame of request.getStacktrace()?.getFramesList() ?? []) {
    const position = frame.getPc();
    const file = position && fileInProject(position.getUri(), projectDir);
    if (position && file !== undefined) {
      return { file, line: position.getLine() };
    }
  }
  return undefined;
}

function fileInProject(uri: string, projectDir: string): string | undefined {
  if (!uri.startsWith("file://")) {
    return undefined;
  }
  const segments = relative(projectDir, fileURLToPath(uri)).split(sep);
  const outside = segments[0] === ".." || segments.includes("node_modules");
  return outside ? undefined : segments.join("/");
}
