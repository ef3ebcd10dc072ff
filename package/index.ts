// The components for programs in any language, by `pulumi package add`: see docs/components.md. What they
// take and give is plain data, where those of the stack take each other.
import { workInProject } from "./plugin-files";

export { Api } from "./api";
export { Edge } from "./edge";
export { HandlerFunction } from "./handler-function";
export { ImageEdge } from "./image-edge";
export { Ingest } from "./ingest";
export { SecureBucket } from "./secure-bucket";
export { Storage } from "./storage";

workInProject();
