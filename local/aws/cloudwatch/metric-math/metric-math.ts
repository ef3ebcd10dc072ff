import { AwsError } from "../../aws-error";
import { notEmulated } from "../../not-emulated";
import type { MetricQuery } from "../alarm-definition";
import { functions, type MathContext, operators } from "./functions";
import { type Expression, parseExpression, partsOf } from "./parse";
import { type Series, type Value, valuesOf } from "./values";

/** Functions that CloudWatch has, but that are not emulated. */
const others = new Set(
  (
    "ANOMALY_DETECTION_BAND DATE DAY DB_PERF_INSIGHTS DIFF_TIME EPOCH HOUR INSIGHT_RULE_METRIC LAMBDA " +
    "MINUTE MONTH REMOVE_EMPTY SEARCH SERVICE_QUOTA SLICE SORT YEAR"
  ).split(" "),
);

/** Words that are arguments of functions. */
const fillers = new Set(["REPEAT", "LINEAR"]);

/** What expressions are evaluated for. */
export interface MathSpan {
  /** How many periods. */
  length: number;
  /** Seconds of each, which all metrics have. */
  period: number;
}

/** Makes a series of those of metrics, by expressions that may refer to each other. */
export class MetricMath {
  readonly #queries: ReadonlyMap<string, MetricQuery>;
  readonly #expressions = new Map<string, Expression>();
  readonly #result: MetricQuery;

  /**
   * @param queries of which `result` is one.
   * @throws AwsError `ValidationError` for what is no expression, and one that says what is not emulated.
   */
  constructor(queries: readonly MetricQuery[], result: MetricQuery) {
    this.#queries = new Map(queries.map((query) => [query.id, query]));
    this.#result = result;
    for (const { id, expression } of queries) {
      if (expression !== undefined) {
        this.#expressions.set(id, this.#read(id, expression));
      }
    }
    this.#refuseCycle(result.id, []);
  }

  /** Ids of the metrics that the result is made of. */
  get metricIds(): ReadonlySet<string> {
    return new Set(this.#metricsOf(this.#result.id));
  }

  /**
   * The result as one series.
   *
   * @param data of each metric by its id, oldest first.
   * @throws AwsError `ValidationError` for what is none.
   */
  evaluate(data: ReadonlyMap<string, Series>, span: MathSpan): Series {
    return this.#refusing(() => valuesOf(this.#resultOf(data, span)));
  }

  /**
   * Whatever the result is.
   *
   * @param data as for {@link evaluate}.
   * @throws AwsError `ValidationError` for what cannot be evaluated.
   */
  value(data: ReadonlyMap<string, Series>, span: MathSpan): Value {
    return this.#refusing(() => this.#resultOf(data, span));
  }

  #refusing<T>(evaluate: () => T): T {
    try {
      return evaluate();
    } catch (error) {
      throw invalid(this.#result.id, error);
    }
  }

  #resultOf(data: ReadonlyMap<string, Series>, { length, period }: MathSpan): Value {
    const missing = Array.from({ length }, () => undefined);
    const metrics = [...this.#queries.values()]
      .filter(({ metric }) => metric)
      .map(({ id }) => ({ id, values: data.get(id) ?? missing }));
    return this.#valueOf(this.#result.id, { period, length, metrics });
  }

  #metricsOf(id: string): string[] {
    const expression = this.#expressions.get(id);
    if (!expression) {
      return [id];
    }
    return partsOf(expression).flatMap((part) => {
      if (part.kind === "call" && part.name === "METRICS") {
        return [...this.#queries.values()].flatMap((query) => (query.metric ? query.id : []));
      }
      return part.kind === "id" && this.#queries.has(part.id) ? this.#metricsOf(part.id) : [];
    });
  }

  #valueOf(id: string, context: MathContext): Value {
    const expression = this.#expressions.get(id);
    return expression
      ? this.#evaluate(expression, context)
      : { kind: "series", values: context.metrics.find((one) => one.id === id)?.values ?? [] };
  }

  #evaluate(expression: Expression, context: MathContext): Value {
    const of = (part: Expression) => this.#evaluate(part, context);
    switch (expression.kind) {
      case "number":
        return { kind: "scalar", value: expression.value };
      case "text":
        return { kind: "text", text: expression.value };
      case "id":
        return fillers.has(expression.id)
          ? { kind: "text", text: expression.id }
          : this.#valueOf(expression.id, context);
      case "list":
        return {
          kind: "array",
          items: expression.items.map(of).flatMap((value) => {
            return value.kind === "array" ? value.items : [valuesOf(value)];
          }),
        };
      case "minus":
        return operators["-"]({ kind: "scalar", value: 0 }, of(expression.operand));
      case "binary":
        return operators[expression.operator](of(expression.left), of(expression.right));
      case "call":
        return functionOf(expression.name)(expression.args.map(of), context);
    }
  }

  #read(id: string, text: string): Expression {
    if (/^\s*SELECT\b/i.test(text)) {
      throw notEmulated("Metrics Insights queries of CloudWatch");
    }
    try {
      const expression = parseExpression(text);
      for (const part of partsOf(expression)) {
        if (part.kind === "call") {
          functionOf(part.name);
        }
        if (part.kind === "id" && !this.#queries.has(part.id) && !fillers.has(part.id)) {
          throw new SyntaxError(`there is no ${part.id}`);
        }
      }
      return expression;
    } catch (error) {
      throw invalid(id, error);
    }
  }

  #refuseCycle(id: string, from: readonly string[]): void {
    if (from.includes(id)) {
      throw invalid(id, new SyntaxError("it refers to itself"));
    }
    const expression = this.#expressions.get(id);
    for (const part of expression ? partsOf(expression) : []) {
      if (part.kind === "id") {
        this.#refuseCycle(part.id, [...from, id]);
      }
    }
  }
}

function functionOf(name: string) {
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (known) {
    return known;
  }
  if (others.has(name)) {
    throw notEmulated(`the function ${name} of metric maths`);
  }
  throw new SyntaxError(`there is no function ${name}`);
}

function invalid(id: string, error: unknown): unknown {
  return error instanceof SyntaxError
    ? new AwsError("ValidationError", `Error in expression '${id}': ${error.message}`)
    : error;
}
