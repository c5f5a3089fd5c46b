// promql.mjs: reads PromQL expressions, one a line, on standard input; prints "LINE: COLUMN: text" for each that does not
// parse, and ends with 1 if there was one.
import { readFileSync } from "node:fs";
import { parser } from "@prometheus-io/lezer-promql";

const expressions = readFileSync(0, "utf8").split("\n").filter((line) => line.trim() !== "");
let bad = 0;
expressions.forEach((expression, index) => {
  parser.parse(expression).iterate({
    enter(node) {
      if (!node.type.isError) return;
      console.log(`${index + 1}: ${node.from + 1}: ${expression}`);
      bad++;
    },
  });
});
console.log(`${expressions.length} expressions, ${bad} errors`);
process.exit(bad > 0 || expressions.length === 0 ? 1 : 0);
