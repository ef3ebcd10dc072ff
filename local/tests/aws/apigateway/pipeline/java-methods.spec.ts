import assert from "node:assert/strict";
import { render } from "velocityjs";
import { javaMethods } from "../../../../aws/apigateway/pipeline/java-methods";

/** What a reference to a method comes to. */
function value(reference: string): string {
  const variables = {
    text: "https://a.Example.com",
    list: ["a", "b"],
    map: { "a-b": "1", c: "2" },
    host: { own: (name: string) => `own ${name}` },
  };
  return render(`$!${reference}`, variables, undefined, { customMethodHandlers: [javaMethods] });
}

describe("javaMethods", () => {
  for (const [reference, expected] of [
    ['text.matches("https://[ab]\\.Example\\.com")', "true"],
    ['text.matches("https://[ab]")', "false"],
    ['text.contains("Example")', "true"],
    ['text.contains("example")', "false"],
    ['text.equals("https://a.Example.com")', "true"],
    ['text.equals("https://a")', "false"],
    ['text.equalsIgnoreCase("HTTPS://A.EXAMPLE.COM")', "true"],
    ['text.startsWith("https://")', "true"],
    ['text.endsWith(".org")', "false"],
    ["text.length()", "21"],
    ["text.isEmpty()", "false"],
    ['text.indexOf(":")', "5"],
    ['text.lastIndexOf("e")', "16"],
    ["text.charAt(8)", "a"],
    ["text.substring(8)", "a.Example.com"],
    ["text.substring(8, 9)", "a"],
    ['text.replace(".", "$")', "https://a$Example$com"],
    ['text.replaceAll("[/:]+", "-")', "https-a.Example.com"],
    ["text.toUpperCase()", "HTTPS://A.EXAMPLE.COM"],
    ["text.toLowerCase().trim().concat('!')", "https://a.example.com!"],
    ['text.split("\\.").size()', "3"],
    ['text.split("m").size()', "2"],
    ['list.contains("b")', "true"],
    ['list.contains("c")', "false"],
    ["list.get(1)", "b"],
    ["list.size()", "2"],
    ["list.isEmpty()", "false"],
    ['list.indexOf("b")', "1"],
    ['map.get("a-b")', "1"],
    ['map.get("A-b")', ""],
    ['map.containsKey("c")', "true"],
    ['map.containsKey("toString")', "false"],
    ["map.size()", "2"],
    ["map.isEmpty()", "false"],
    ["map.keySet().contains('a-b')", "true"],
    ["map.values().get(1)", "2"],
    ["map.entrySet().get(0).key", "a-b"],
    ['host.own("x")', "own x"],
  ] as const) {
    it(`comes to "${expected}" for ${reference}`, () => {
      assert.equal(value(reference), expected);
    });
  }

  it("changes lists and maps", () => {
    assert.equal(value("list.add('c')"), "true");
    const template = '#set($m = {})$!m.put("x-y", "1")$m.get("x-y")';
    assert.equal(render(template, {}, undefined, { customMethodHandlers: [javaMethods] }), "1");
    assert.equal(value('list.set(0, "c")'), "a");
    assert.equal(value("list.remove(0)"), "a");
    assert.equal(value("list.subList(1, 2).get(0)"), "b");
    assert.equal(value('map.remove("c")'), "2");
  });

  it("gives nothing for what JavaScript alone has", () => {
    for (const reference of [
      'text.includes("a")',
      'text.match("a")',
      'list.includes("a")',
      'list.join("")',
      'map.hasOwnProperty("c")',
      "text.constructor('x')",
    ]) {
      assert.equal(value(reference), "", reference);
    }
  });
});
