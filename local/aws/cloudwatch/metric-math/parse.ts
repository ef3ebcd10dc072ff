/** Two sides and what is made of them. */
export type BinaryOperator = (typeof binaryLevels)[number][number];

/** A metric maths expression. */
export type Expression =
  | { kind: "number"; value: number }
  | { kind: "text"; value: string }
  | { kind: "id"; id: string }
  | { kind: "list"; items: readonly Expression[] }
  | { kind: "call"; name: string; args: readonly Expression[] }
  | { kind: "minus"; operand: Expression }
  | { kind: "binary"; operator: BinaryOperator; left: Expression; right: Expression };

/** Weakest first; those of a level bind from the left, but for powers. */
const binaryLevels = [
  ["OR", "||"],
  ["AND", "&&"],
  ["==", "!=", "<=", ">=", "<", ">"],
  ["+", "-"],
  ["*", "/"],
  ["^"],
] as const;

const token =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|(?<word>[A-Za-z]\w*)|"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<sign>==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]))/y;

/**
 * Reads an expression of metric maths.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 *
 * @throws SyntaxError that says where it ends to be one.
 */
export function parseExpression(text: string): Expression {
  return new Parser(tokensOf(text)).all();
}

/** Every expression in it, itself first. */
export function partsOf(expression: Expression): Expression[] {
  return [expression, ...childrenOf(expression).flatMap(partsOf)];
}

function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "list":
      return expression.items;
    case "call":
      return expression.args;
    case "minus":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "id":
    case "number":
    case "text":
      return [];
  }
}

interface Token {
  kind: "number" | "sign" | "text" | "word";
  text: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(token);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (!groups) {
      throw new SyntaxError(`unexpected ${text.slice(at).trim()}`);
    }
    const { number, word, double, single, sign = "" } = groups;
    if (number !== undefined) {
      tokens.push({ kind: "number", text: number });
    } else if (word !== undefined) {
      tokens.push({ kind: ["AND", "OR"].includes(word) ? "sign" : "word", text: word });
    } else if (double !== undefined || single !== undefined) {
      tokens.push({ kind: "text", text: double ?? single ?? "" });
    } else {
      tokens.push({ kind: "sign", text: sign });
    }
  }
  return tokens;
}

class Parser {
  readonly #tokens: Token[];

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  all(): Expression {
    const expression = this.#binary(0);
    const [left] = this.#tokens;
    if (left) {
      throw new SyntaxError(`unexpected ${left.text}`);
    }
    return expression;
  }

  #binary(level: number): Expression {
    const operators = binaryLevels[level];
    if (!operators) {
      return this.#operand();
    }
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators.find((one) => this.#next("sign", one));
      if (!operator) {
        return left;
      }
      const right = this.#binary(operator === "^" ? level : level + 1);
      left = { kind: "binary", operator, left, right };
    }
  }

  #operand(): Expression {
    const { kind, text } = this.#tokens.shift() ?? { kind: "sign", text: "the end" };
    if (kind === "number") {
      return { kind, value: Number(text) };
    }
    if (kind === "text") {
      return { kind, value: text };
    }
    if (kind === "word") {
      return this.#next("sign", "(")
        ? { kind: "call", name: text, args: this.#items(")") }
        : { kind: "id", id: text };
    }
    switch (text) {
      case "-":
        return { kind: "minus", operand: this.#operand() };
      case "[":
        return { kind: "list", items: this.#items("]") };
      case "(": {
        const inner = this.#binary(0);
        this.#require(")");
        return inner;
      }
      default:
        throw new SyntaxError(`unexpected ${text}`);
    }
  }

  /** What stands before the closing sign, with commas between. */
  #items(closing: string): Expression[] {
    if (this.#next("sign", closing)) {
      return [];
    }
    const items = [this.#binary(0)];
    while (this.#next("sign", ",")) {
      items.push(this.#binary(0));
    }
    this.#require(closing);
    return items;
  }

  #next(kind: Token["kind"], text: string): boolean {
    const [first] = this.#tokens;
    const is = first?.kind === kind && first.text === text;
    if (is) {
      this.#tokens.shift();
    }
    return is;
  }

  #require(text: string): void {
    if (!this.#next("sign", text)) {
      throw new SyntaxError(`expected ${text} before ${this.#tokens[0]?.text ?? "the end"}`);
    }
  }
}
