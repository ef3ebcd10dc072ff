/**
 * Values that Pulumi 3.276 refuses where the project declares a type, as YAML, and how it calls the type
 * where that is not as it is declared.
 */
export const refusedValues: readonly [type: string, value: string, description?: string][] = [
  ["string", "{ a: b }"],
  ["string", "[a]"],
  ...["5.5", "five", "True", "yes", "''", "99999999999999999999", "9223372036854775808"].map(
    (value): [string, string] => ["integer", value],
  ),
  ...["'1_000'", "'0x10'", "' 5'", "'5.0'", "'9223372036854775808'", "2026-01-01"].map(
    (value): [string, string] => ["integer", value],
  ),
  ...["maybe", "yes", "'True'", "1", "''", "~"].map((value): [string, string] => [
    "boolean",
    value,
  ]),
  ...["text", "5", "[a]", "~", "'{}'"].map((value): [string, string] => ["object", value]),
  ["array, items: { type: integer }", "[1, x]", "array<integer>"],
  ["array, items: { type: integer }", "[1.5]", "array<integer>"],
  ["array, items: { type: string }", "[1]", "array<string>"],
  ["array, items: { type: string }", "a", "array<string>"],
  ["array, items: { type: array, items: { type: string } }", "[a]", "array<array<string>>"],
];

/** Values that it takes, and what the program then gets. */
export const acceptedValues: readonly [type: string, value: string, text: string][] = [
  ["string", "5", "5"],
  ["string", "0123456789012", "123456789012"],
  ["string", "1_000", "1000"],
  ["string", "2026-01-01", "2026-01-01 00:00:00 +0000 UTC"],
  ["string", "True", "true"],
  ["string", "yes", "yes"],
  ["string", "~", ""],
  ["string", "'0x10'", "0x10"],
  ["integer", '"5"', "5"],
  ["integer", '"+5"', "+5"],
  ["integer", '"05"', "05"],
  ["integer", "-5", "-5"],
  ["integer", "+1", "1"],
  ["integer", "0x10", "16"],
  ["integer", "5.0", "5"],
  ["integer", "1e3", "1000"],
  ["integer", "0o17", "15"],
  ["integer", "017", "15"],
  ["integer", "1_000", "1000"],
  ["integer", "'9223372036854775807'", "9223372036854775807"],
  ["boolean", '"true"', "true"],
  ["boolean", "True", "true"],
  ["boolean", "FALSE", "false"],
  ["object", "{ a: b }", '{"a":"b"}'],
  ["array, items: { type: integer }", "[1, 2.0, '3', 0x4]", '[1,2,"3",4]'],
  ["array, items: { type: integer }", "[18446744073709551615]", "[18446744073709552000]"],
  ["array, items: { type: boolean }", "[True, 'false']", '[true,"false"]'],
];
