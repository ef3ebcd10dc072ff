/** A value with its type, such as `{ S: "text" }`; binary ones as bytes, as the SDK has them. */
export type Attribute = Record<string, unknown>;

/** JSON of what is asked of DynamoDB, in which bytes are base64. */
export function requestText(input: object): string {
  return JSON.stringify(input, function (this: Record<string, unknown>, key, value: unknown) {
    // Before `toJSON`, which buffers have.
    const member = this[key];
    return member instanceof Uint8Array ? Buffer.from(member).toString("base64") : value;
  });
}

/**
 * Turns the binary values within an answer into bytes, in their place.
 *
 * @param text the answer, in which there is none as a rule.
 */
export function withBytes<Answer extends object>(answer: Answer, text: string): Answer {
  if (/"BS?":/.test(text)) {
    decodeWithin(answer);
  }
  return answer;
}

/** Members called `B` may be anything's; those that are text, or hold texts, can only be values'. */
function decodeWithin(value: unknown): void {
  if (typeof value !== "object" || value === null) {
    return;
  }
  const members = value as Record<string, unknown>;
  for (const [name, member] of Object.entries(members)) {
    if (name === "B" && typeof member === "string") {
      members[name] = bytesOf(member);
    } else if (name === "BS" && isTexts(member)) {
      members[name] = member.map(bytesOf);
    } else {
      decodeWithin(member);
    }
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}
