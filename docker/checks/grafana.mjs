// grafana.mjs FILE...: holds dashboards against Grafana's own types (@grafana/schema) with the TypeScript compiler: the
// dashboard as a whole, and options and custom field settings of each panel against its type's. Ends with 1 on an error.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(here, ".grafana-"));
const files = process.argv.slice(2);
// Type of a panel: folder of its types in the schema, and what they call its custom field settings.
const panelTypes = {
  timeseries: ["timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen", "FieldConfig"],
  stat: ["stat/panelcfg/x/StatPanelCfg_types.gen", null],
  bargauge: ["bargauge/panelcfg/x/BarGaugePanelCfg_types.gen", null],
  table: ["table/panelcfg/x/TablePanelCfg_types.gen", "FieldConfig"],
  "state-timeline": ["statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen", "FieldConfig"],
  logs: ["logs/panelcfg/x/LogsPanelCfg_types.gen", null],
};

let panels = 0;
const sources = files.map((file, index) => {
  const dashboard = JSON.parse(readFileSync(file, "utf8"));
  const lines = [
    `import type { Dashboard } from "@grafana/schema";`,
    // JSON has an enum's values where the types have the enum.
    "type Plain<T> = T extends string ? `${T}` : T extends (infer E)[] ? Plain<E>[]",
    "  : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;",
    "type Loose<T> = T extends (infer E)[] ? Loose<E>[] : T extends object ? { [K in keyof T]?: Loose<T[K]> } : T;",
    `export const dashboard: Plain<Dashboard> = ${JSON.stringify(dashboard)};`,
  ];
  dashboard.panels.forEach((panel) => {
    const [path, custom] = panelTypes[panel.type] ?? [];
    if (path === undefined) throw new Error(`${file}: no types are known for a panel of type ${panel.type}`);
    const module = `@grafana/schema/dist/esm/raw/composable/${path}`;
    lines.push(`export const options${panel.id}: Plain<Loose<import("${module}").Options>> = ${JSON.stringify(panel.options)};`);
    if (custom !== null) {
      const settings = JSON.stringify(panel.fieldConfig.defaults.custom ?? {});
      lines.push(`export const custom${panel.id}: Plain<Loose<import("${module}").${custom}>> = ${settings};`);
    } else if (panel.fieldConfig.defaults.custom !== undefined) {
      throw new Error(`${file}: a panel of type ${panel.type} has no custom settings`);
    }
    panels++;
  });
  const source = join(folder, `dashboard${index}.ts`);
  writeFileSync(source, lines.join("\n"));
  return source;
});

try {
  const program = ts.createProgram(sources, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  const errors = ts.getPreEmitDiagnostics(program);
  for (const error of errors) {
    const index = sources.indexOf(error.file?.fileName ?? "");
    const line = error.file?.getLineAndCharacterOfPosition(error.start ?? 0).line ?? -1;
    const text = error.file?.text.split("\n")[line]?.slice(0, 40) ?? "";
    console.log(`${files[index] ?? ""}: ${text}: ${ts.flattenDiagnosticMessageText(error.messageText, "\n")}`);
  }
  console.log(`${files.length} dashboards, ${panels} panels, ${errors.length} errors`);
  process.exitCode = errors.length > 0 || panels === 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
