// kubernetes.mjs FILE...: holds manifests against the types of the Kubernetes API (kubernetes-types) with the TypeScript
// compiler: unknown and missing fields, wrong kinds of values. Ends with 1 on an error.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

// The kinds of the examples, with the module that has their type.
const kinds = { "apps/v1/Deployment": "apps/v1" };
const folder = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), ".kubernetes-"));
const sources = [];
for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(readFileSync(file, "utf8"), { merge: true })) {
    if (document.errors.length > 0) throw document.errors[0];
    const manifest = document.toJS();
    const module = kinds[`${manifest.apiVersion}/${manifest.kind}`];
    if (module === undefined) throw new Error(`${file}: no type is known for ${manifest.apiVersion}/${manifest.kind}`);
    const source = join(folder, `manifest${sources.length}.ts`);
    const type = `import("kubernetes-types/${module}.d.ts").${manifest.kind}`;
    writeFileSync(source, `export const manifest: ${type} = ${JSON.stringify(manifest)};`);
    sources.push(source);
  }
}
try {
  const program = ts.createProgram(sources, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  const errors = ts.getPreEmitDiagnostics(program);
  errors.forEach((error) => console.log(ts.flattenDiagnosticMessageText(error.messageText, "\n")));
  console.log(`${sources.length} manifests, ${errors.length} errors`);
  process.exitCode = errors.length > 0 || sources.length === 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
