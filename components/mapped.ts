/** What `make` makes of each value, by the same keys. */
export function mapped<Key extends string, Value, Result>(
  values: Readonly<Record<Key, Value>>,
  make: (value: Value) => Result,
): Record<Key, Result> {
  const entries = Object.entries<Value>(values).map(([key, value]) => [key, make(value)] as const);
  return Object.fromEntries(entries) as Record<Key, Result>;
}
