import { AwsError } from "../../aws-error";
import type { LogSink } from "../../types";
import type { FunctionLog } from "./viewer-function";

/**
 * Keeps what a function logs in its log group, `/aws/cloudfront/function/<name>`, if there is one. AWS
 * makes the group itself; here, nothing is kept that nobody asked for.
 *
 * @param requestId names the stream, and each line as AWS does.
 */
export function functionLog(logs: LogSink, functionName: string, requestId: string): FunctionLog {
  return (lines) => {
    const group = `/aws/cloudfront/function/${functionName}`;
    try {
      logs.append(
        group,
        requestId,
        lines.map((line) => `${requestId} ${line}`),
      );
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== "ResourceNotFoundException") {
        throw error;
      }
    }
  };
}
