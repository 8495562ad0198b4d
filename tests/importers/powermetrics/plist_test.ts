import { deepEqual, throws } from "node:assert/strict";
import { parsePlist } from "../../../src/importers/powermetrics/plist.ts";

const document = (value: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x.dtd">\n` +
  `<plist version="1.0">\n${value}\n</plist>\n`;

Deno.test("every kind of value is read, nested and empty ones too", () => {
  const dict = `<dict>
    <key>text</key><string>a &lt;b&gt; &amp; c</string><key>none</key><string></string>
    <key>whole</key><integer>-12</integer><key>real</key><real>1.15444e+09</real>
    <key>yes</key><true/><key>no</key><false/><key>at</key><date>2026-01-22T21:07:07Z</date>
    <!-- a comment --><key>list</key><array><dict><key>a</key><integer>1</integer></dict><array/></array>
    <key>empty</key><dict/>
  </dict>`;
  deepEqual(parsePlist(document(dict)), {
    text: "a <b> & c",
    none: "",
    whole: -12,
    real: 1154440000,
    yes: true,
    no: false,
    at: "2026-01-22T21:07:07Z",
    list: [{ a: 1 }, []],
    empty: {},
  });
});

Deno.test("of a key that comes twice the last one counts, and what is no number is null", () => {
  const dict = "<dict><key>a</key><real>0.5</real><key>b</key><real>nan</real>" +
    "<key>a</key><real>0.75</real><key>c</key><real>-inf</real><key>d</key><integer></integer></dict>";
  deepEqual(parsePlist(document(dict)), { a: 0.75, b: null, c: null, d: null });
});

Deno.test("what is cut off or something else is refused", () => {
  throws(() => parsePlist("<plist><dict><key>a</key><real>0."), SyntaxError);
  throws(() => parsePlist("<plist><dict><key>a</key></dict></plist>"), SyntaxError);
  throws(() => parsePlist("<plist><dict><real>1</real></dict></plist>"), SyntaxError);
  throws(() => parsePlist("<html><body>no</body></html>"), SyntaxError);
  throws(() => parsePlist(""), SyntaxError);
});
