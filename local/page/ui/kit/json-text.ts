/** A number of JSON that JavaScript has not as it is written, such as one of 20 digits or `1.0`. */
export class WrittenNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * What a JSON text says, to be shown: {@link WrittenNumber}s in the place of numbers that would be told wrong.
 *
 * @throws SyntaxError when it is no JSON.
 */
export function parseToShow(json: string): unknown {
  return JSON.parse(json, readValue);
}

/**
 * @param context what stands in the text; older browsers do not tell.
 * https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/JSON/parse#reviver
 */
function readValue(_name: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  const isOther = typeof value === "number" && source !== undefined && source !== String(value);
  return isOther ? new WrittenNumber(source) : value;
}
