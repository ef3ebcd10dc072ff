import { hasCors, hasErrorShape } from "../error-shape";
import type { Answer, Outcome } from "./connection";
import type { SpoiltRequest } from "./request";

/** What is wrong with the answers to a request, or `undefined`. Nothing of the request is in it. */
export function outcomeProblem(
  { isHttp, isHead }: SpoiltRequest,
  { answers, hangs }: Outcome,
): string | undefined {
  if (hangs) {
    return "was not answered";
  }
  if (isHttp && answers.length !== 1) {
    return `was answered ${answers.length} times`;
  }
  return answers.map((answer) => answerProblem(answer, isHttp, isHead)).find(Boolean);
}

function answerProblem(answer: Answer, isHttp: boolean, isHead: boolean): string | undefined {
  const { status, headers } = answer;
  if (status >= 500) {
    return `was answered with ${status}`;
  }
  // What no API sees, because it is no HTTP or names no stage, the server answers in its own way.
  if (!isHttp && !("access-control-allow-origin" in headers)) {
    return [400, 403, 408, 417, 431].includes(status)
      ? undefined
      : `was answered bare with ${status}`;
  }
  if (!hasCors(answer)) {
    return `was answered with ${status} without CORS headers`;
  }
  return status >= 400 && !isHead && !hasErrorShape(answer)
    ? `was answered with ${status} in another shape`
    : undefined;
}
