// dockerfile.mjs FILE: prints what a validator and a linter find in a Dockerfile, and ends with 1 if that is anything.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { validate } from "dockerfile-utils";

const text = readFileSync(process.argv[2], "utf8");
const findings = validate(text).map((finding) => `line ${finding.range.start.line + 1}: ${finding.message}`);

const { run } = createRequire(import.meta.url)("dockerfilelint");
for (const finding of run("./", text).issues ?? []) {
  findings.push(`line ${finding.line}: ${finding.title}: ${finding.content.trim()}`);
}
findings.forEach((finding) => console.log(finding));
console.log(`${findings.length} findings`);
process.exit(findings.length > 0 ? 1 : 0);
