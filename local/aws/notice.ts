/**
 * Tells the person who runs the local cloud of something.
 *
 * @param line the text; several lines if need be.
 * @param notice the same for programs. Default: there is nothing to be told but the text.
 */
export type Notify = (line: string, notice?: Notice) => void;

/** What the person who runs the local cloud is told of. */
export type Notice = AlarmNotice | FunctionErrorNotice | MailNotice | RefusalNotice;

/** A mail has been sent. */
export interface MailNotice {
  type: "mail";
  to: string;
  subject: string;
  /** Where it is, as an absolute path. */
  file: string;
}

/** A function failed, or logged an error. */
export interface FunctionErrorNotice {
  type: "error";
  functionName: string;
  /** Absent when it was only logged. */
  requestId?: string;
  errorType: string;
  message: string;
  /** Lines of sources, innermost first, such as `handlers/a.ts:12:7`. */
  stack: readonly string[];
}

/** A call was refused for want of permissions. */
export interface RefusalNotice {
  type: "refusal";
  /** Such as `resize by resize-role`. */
  principal: string;
  action: string;
  resource: string;
  reason: string;
}

/** The state of an alarm has changed. */
export interface AlarmNotice {
  type: "alarm";
  name: string;
  state: string;
  reason: string;
}
