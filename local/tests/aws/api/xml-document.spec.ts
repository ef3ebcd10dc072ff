import assert from "node:assert/strict";
import { xmlReader } from "../../../aws/api/xml-document";

describe("an XML document", () => {
  const read = xmlReader();
  const texts: [why: string, xml: string, text: string][] = [
    ["keeps white space", "<Key> a\n</Key>", " a\n"],
    ["keeps what looks like a number", "<Key>007</Key>", "007"],
    ["has XML's own names", "<Key>&lt;&gt;&amp;&quot;&apos;</Key>", "<>&\"'"],
    ["has characters by number", "<Key>&#13;&#x41;&#x1f600;</Key>", "\rA😀"],
    ["has what is no character of XML 1.0", '<?xml version="1.0"?><Key>a&#x1;b</Key>', "a\u0001b"],
    ["reads what was escaped once", "<Key>&amp;lt;</Key>", "&lt;"],
    ["leaves sections as they are", "<Key><![CDATA[&#0;&lt;]]></Key>", "&#0;&lt;"],
  ];
  for (const [why, xml, text] of texts) {
    it(why, () => {
      assert.equal(read(xml)?.Key, text);
    });
  }

  const refused = [
    "",
    "<Key>a",
    "<Key>a & b</Key>",
    "<Key>&copy;</Key>",
    "<Key>&__proto__;</Key>",
    "<Key>&#0;</Key>",
    "<Key>&#xd800;</Key>",
    "<Key>&#x110000;</Key>",
    "<Key>&#X41;</Key>",
    "<Key>&#;</Key>",
    '<!DOCTYPE Key [<!ENTITY name "value">]><Key>&name;</Key>',
  ];
  for (const xml of refused) {
    it(`is not well-formed as ${JSON.stringify(xml)}`, () => {
      assert.equal(read(xml), undefined);
    });
  }

  it("has arrays for the elements that are said to be lists", () => {
    const isList = (name: string) => name === "Path";
    assert.deepEqual(xmlReader(isList)("<Items><Path>/a</Path></Items>"), {
      Items: { Path: ["/a"] },
    });
  });
});
