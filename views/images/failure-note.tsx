import { Button, hrefTo } from "../../local/page/ui/kit";
import type { ApiFailure } from "./api-failure";

interface FailureNoteProps {
  failure: ApiFailure;
  onRetry?: () => void;
}

/** Why a request was refused, in the words of who refused it, and where to look further. */
export function FailureNote({ failure, onRetry }: FailureNoteProps) {
  const { message, status, code, requestId, details } = failure;
  return (
    <div class="note note-bad" role="alert">
      <div>
        <p>{message}</p>
        {details.length > 1 && (
          <ul class="details">
            {details.map(({ field, problem }) => (
              <li key={field}>
                <code>{field}</code> {problem}
              </li>
            ))}
          </ul>
        )}
        <p class="failure-facts">
          {[status, code].filter(Boolean).join(" ")}
          {requestId && <a href={hrefTo("requests", [requestId])}>See the request</a>}
        </p>
      </div>
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
