// draw.mjs DASHBOARD.json URL PAGE.html [name=value ...]: asks a Prometheus or VictoriaMetrics at URL what each panel of a
// dashboard asks, and draws the answers into a page, in the dashboard's grid: a look at a dashboard where there is no Grafana.
// Values: range (seconds, 3600), end (Unix time, now), interval (of exports, seconds, 15), width (pixels, 1920), log (a file
// whose lines stand in log panels), and those of the dashboard's variables (regular expressions, all unless told).
// An empty panel, or a query that the server refuses, is drawn as such; ends with 1 if a query was refused.
import { readFileSync, writeFileSync } from "node:fs";

const [file, url, page, ...settings] = process.argv.slice(2);
const set = Object.fromEntries(settings.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
const dashboard = JSON.parse(readFileSync(file, "utf8"));
const width = Number(set.width ?? 1920);
const range = Number(set.range ?? 3600);
const end = Number(set.end ?? Math.floor(Date.now() / 1000));
const interval = Number(set.interval ?? 15);
const [column, row, gap] = [width / 24, 38, 8];
let refused = 0;

// --- Asking ------------------------------------------------------------------------------------------------------------

// As Grafana does: a point for every two pixels or so, never closer than the exports; rates over at least four of them.
const step = Math.max(interval, Math.ceil(range / 600 / 5) * 5);
const rateInterval = Math.max(4 * interval, step + interval);

function replaced(expression) {
  return expression
    .replaceAll("$__rate_interval", `${rateInterval}s`)
    .replaceAll("$__range", `${range}s`)
    .replace(/\$(\w+)/g, (_, name) => set[name] ?? ".*");
}

async function ask(target) {
  const parameters = new URLSearchParams({ query: replaced(target.expr) });
  if (target.instant) {
    parameters.set("time", end);
  } else {
    parameters.set("start", end - range);
    parameters.set("end", end);
    parameters.set("step", step);
  }
  const response = await fetch(`${url}/api/v1/query${target.instant ? "" : "_range"}`, { method: "POST", body: parameters });
  const answer = await response.json();
  if (answer.status !== "success") {
    console.log(`${file}: ${target.expr}: ${answer.error}`);
    refused++;
    return [];
  }
  return answer.data.result.map((series) => ({
    labels: series.metric,
    name: target.legendFormat.replace(/\{\{(\w+)\}\}/g, (_, label) => series.metric[label] ?? ""),
    points: (series.values ?? [series.value]).map(([time, value]) => [Number(time), Number(value)]),
  }));
}

// --- Words, figures, colours -------------------------------------------------------------------------------------------

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

function scaled(value, base, units) {
  let unit = 0;
  while (Math.abs(value) >= base && unit < units.length - 1) [value, unit] = [value / base, unit + 1];
  return [value, units[unit]];
}

function text(value, unit, decimals) {
  if (!Number.isFinite(value)) return "NaN";
  const digits = (v) => v.toFixed(decimals ?? (Math.abs(v) >= 100 || Number.isInteger(v) ? 0 : Math.abs(v) >= 10 ? 1 : 2));
  if (unit === "percentunit") return `${(value * 100).toFixed(decimals ?? 1)}%`;
  if (unit === "s") {
    const [v, u] =
      value === 0 ? [0, "s"] : Math.abs(value) >= 1 ? [value, "s"] : Math.abs(value) >= 1e-3 ? [value * 1e3, "ms"] : Math.abs(value) >= 1e-6 ? [value * 1e6, "µs"] : [value * 1e9, "ns"];
    return `${digits(v)} ${u}`;
  }
  const units = { bytes: [1024, ["B", "KiB", "MiB", "GiB"], ""], Bps: [1000, ["B/s", "kB/s", "MB/s", "GB/s"], ""], ops: [1000, ["", "K", "M"], " ops/s"], short: [1000, ["", "K", "M"], ""] }[unit];
  if (units === undefined) return digits(value);
  const [v, u] = scaled(value, units[0], units[1]);
  return `${digits(v)}${u.includes("B") ? " " : ""}${u}${units[2]}`;
}

const palette = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999"];

function settingsOf(panel, name) {
  const all = { ...panel.fieldConfig.defaults, ...(panel.fieldConfig.defaults.custom ?? {}) };
  for (const override of panel.fieldConfig.overrides) {
    if (override.matcher.options !== name) continue;
    for (const { id, value } of override.properties) all[id.replace(/^custom\./, "")] = value;
  }
  return all;
}

function byThreshold(thresholds, value) {
  let color = "#CCCCDC";
  for (const bound of thresholds?.steps ?? []) {
    if (bound.value === null || value >= bound.value) color = bound.color === "text" ? "#CCCCDC" : bound.color;
  }
  return color;
}

function colorOf(panel, name, index, value) {
  const { color, thresholds } = settingsOf(panel, name);
  if (color?.mode === "fixed") return color.fixedColor;
  return color?.mode === "thresholds" ? byThreshold(thresholds, value) : palette[index % palette.length];
}

const last = (series) => series.points.at(-1)?.[1] ?? NaN;

// --- Panels ------------------------------------------------------------------------------------------------------------

const nothing = (panel, w, h) =>
  `<text x="${w / 2}" y="${h / 2}" class="nothing" text-anchor="middle">${escaped(panel.fieldConfig.defaults.noValue ?? "No data")}</text>`;

function timeAxis(left, w, h, bottom) {
  const ticks = 4;
  return Array.from({ length: ticks + 1 }, (_, i) => {
    const at = new Date((end - range + (range * i) / ticks) * 1000);
    const x = left + ((w - left - 4) * i) / ticks;
    const anchor = i === 0 ? "start" : i === ticks ? "end" : "middle";
    return `<text x="${x}" y="${h - bottom + 12}" class="axis" text-anchor="${anchor}">${at.toISOString().slice(11, 16)}</text>`;
  }).join("");
}

function lines(panel, series, w, h) {
  if (series.length === 0) return nothing(panel, w, h);
  const legendRight = panel.options.legend.placement === "right";
  const onRight = series.filter((s) => settingsOf(panel, s.name).axisPlacement === "right");
  const legendWidth = legendRight ? Math.min(340, w * 0.45) : 0;
  const [left, right, bottom] = [68, (onRight.length > 0 ? 48 : 4) + legendWidth, legendRight ? 16 : 34];
  const [plotWidth, plotHeight] = [w - left - right, h - bottom - 6];
  const stacked = (s) => settingsOf(panel, s.name).stacking?.mode === "normal";
  const sums = new Map();
  const drawn = series.map((s) => ({
    ...s,
    line: s.points.map(([time, value]) => {
      const below = stacked(s) ? (sums.get(time) ?? 0) : 0;
      if (stacked(s)) sums.set(time, below + (Number.isFinite(value) ? value : 0));
      return [time, below + value, below];
    }),
  }));
  const scale = (some) => {
    const values = some.flatMap((s) => s.line.map(([, top]) => top)).filter(Number.isFinite);
    const { min, max } = some === left ? {} : panel.fieldConfig.defaults;
    const low = min ?? Math.min(0, ...values);
    let high = max ?? Math.max(...values, 0);
    if (high <= low) high = low + 1;
    return (value) => 4 + plotHeight - ((Math.min(Math.max(value, low), high) - low) / (high - low)) * plotHeight;
  };
  const axes = [drawn.filter((s) => !onRight.some((r) => r.name === s.name)), drawn.filter((s) => onRight.some((r) => r.name === s.name))];
  const x = (time) => left + ((time - (end - range)) / range) * plotWidth;
  let svg = "";
  axes.forEach((some, axis) => {
    if (some.length === 0) return;
    const values = some.flatMap((s) => s.line.map(([, top]) => top)).filter(Number.isFinite);
    const fixed = axis === 0 ? panel.fieldConfig.defaults : {};
    const low = fixed.min ?? Math.min(0, ...values);
    let high = fixed.max ?? Math.max(0, ...values) * 1.05;
    if (high <= low) high = low + 1;
    const y = (value) => 4 + plotHeight - ((value - low) / (high - low)) * plotHeight;
    const unit = axis === 0 ? panel.fieldConfig.defaults.unit : settingsOf(panel, some[0].name).unit;
    for (let i = 0; i <= 3; i++) {
      const value = low + ((high - low) * i) / 3;
      const at = y(value);
      if (axis === 0) svg += `<line x1="${left}" x2="${left + plotWidth}" y1="${at}" y2="${at}" class="grid"/>`;
      svg += `<text x="${axis === 0 ? left - 6 : left + plotWidth + 6}" y="${at + 4}" class="axis" text-anchor="${axis === 0 ? "end" : "start"}">${text(value, unit)}</text>`;
    }
    some.forEach((s) => {
      const own = settingsOf(panel, s.name);
      const color = colorOf(panel, s.name, series.findIndex((one) => one.name === s.name), last(s));
      // A hole in the data is a hole in the line.
      const runs = [];
      s.line.forEach((point, i) => {
        if (!Number.isFinite(point[1])) return;
        if (i === 0 || runs.length === 0 || point[0] - s.line[i - 1][0] > 1.5 * step) runs.push([]);
        runs.at(-1).push(point);
      });
      for (const run of runs) {
        const top = run.map(([time, value]) => `${x(time).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
        if (own.fillOpacity > 0) {
          const under = run.toReversed().map(([time, , below]) => `${x(time).toFixed(1)},${y(below).toFixed(1)}`).join(" ");
          svg += `<polygon points="${top} ${under}" fill="${color}" fill-opacity="${own.fillOpacity / 100}"/>`;
        }
        const dash = own.lineStyle?.fill === "dash" ? ` stroke-dasharray="${own.lineStyle.dash.join(" ")}"` : "";
        svg += `<polyline points="${top}" fill="none" stroke="${color}" stroke-width="${Math.max(own.lineWidth, 1)}"${dash}/>`;
      }
    });
  });
  svg += timeAxis(left, left + plotWidth + 4, h, bottom);
  if (legendRight) {
    series.forEach((s, i) => {
      const y = 14 + i * 17;
      const color = colorOf(panel, s.name, i, last(s));
      const least = Math.min(...s.points.map(([, value]) => value).filter(Number.isFinite));
      svg += `<rect x="${w - legendWidth + 8}" y="${y - 4}" width="12" height="3" fill="${color}"/>`;
      svg += `<text x="${w - legendWidth + 25}" y="${y}" class="legend">${escaped(cut(s.name, 36))}</text>`;
      svg += `<text x="${w - 62}" y="${y}" class="legend" text-anchor="end">${text(last(s), panel.fieldConfig.defaults.unit, 1)}</text>`;
      svg += `<text x="${w - 6}" y="${y}" class="legend" text-anchor="end">${text(least, panel.fieldConfig.defaults.unit, 1)}</text>`;
    });
  } else {
    svg += legend(panel, series, w, h);
  }
  return svg;
}

const cut = (words, length) => (words.length > length ? `${words.slice(0, length - 1)}…` : words);

function legend(panel, series, w, h) {
  let [svg, at] = ["", 8];
  series.forEach((s, i) => {
    const long = 24 + s.name.length * 6.4;
    if (at + long > w) return;
    svg += `<rect x="${at}" y="${h - 8}" width="12" height="4" fill="${colorOf(panel, s.name, i, last(s))}"/>`;
    svg += `<text x="${at + 16}" y="${h - 3}" class="legend">${escaped(s.name)}</text>`;
    at += long;
  });
  return svg;
}

function stat(panel, series, w, h) {
  if (series.length === 0 || !Number.isFinite(last(series[0]))) return nothing(panel, w, h);
  const { thresholds, mappings, unit, decimals } = panel.fieldConfig.defaults;
  const value = last(series[0]);
  const mapped = mappings?.[0]?.options[value];
  const color = mapped?.color ?? byThreshold(thresholds, value);
  let svg = "";
  const points = series[0].points.filter(([, v]) => Number.isFinite(v));
  if (panel.options.graphMode === "area" && points.length > 1) {
    const high = Math.max(...points.map(([, v]) => v), 1e-12);
    const line = points.map(([time, v]) => `${((time - end + range) / range) * w},${h - (v / high) * (h * 0.4)}`).join(" ");
    svg += `<polyline points="0,${h} ${line} ${w},${h}" fill="${color}" fill-opacity="0.15" stroke="${color}" stroke-width="1"/>`;
  }
  return `${svg}<text x="${w / 2}" y="${h / 2 + 12}" class="stat" fill="${color}" text-anchor="middle">${escaped(mapped?.text ?? text(value, unit, decimals))}</text>`;
}

function bars(panel, series, w, h) {
  if (series.length === 0) return nothing(panel, w, h);
  const { thresholds, unit, decimals } = panel.fieldConfig.defaults;
  const [low, high] = [Math.min(0, ...series.map(last)), Math.max(...series.map(last))];
  const [left, right] = [250, 80];
  const each = Math.min(26, (h - 4) / series.length);
  const x = (value) => left + ((value - low) / (high - low || 1)) * (w - left - right);
  return series
    .map((s, i) => {
      const [y, value] = [i * each + 2, last(s)];
      const color = byThreshold(thresholds, value);
      return (
        `<text x="${left - 8}" y="${y + each / 2 + 4}" class="legend" text-anchor="end">${escaped(cut(s.name, 40))}</text>` +
        `<rect x="${left}" y="${y + 2}" width="${w - left - right}" height="${each - 5}" fill="#22252b"/>` +
        `<rect x="${low < 0 ? Math.min(x(0), x(value)) : left}" y="${y + 2}" width="${Math.max(1, low < 0 ? Math.abs(x(value) - x(0)) : x(value) - left)}" height="${each - 5}" fill="${color}"/>` +
        `<text x="${w - 6}" y="${y + each / 2 + 4}" class="legend" fill="${color}" text-anchor="end">${text(value, unit, decimals)}</text>`
      );
    })
    .join("");
}

function states(panel, series, w, h) {
  if (series.length === 0) return nothing(panel, w, h);
  const options = panel.fieldConfig.defaults.mappings[0].options;
  const [left, bottom] = [250, 34];
  const each = Math.min(40, (h - bottom) / series.length);
  const x = (time) => left + ((time - (end - range)) / range) * (w - left - 4);
  let svg = "";
  series.forEach((s, i) => {
    svg += `<text x="${left - 8}" y="${i * each + each / 2 + 4}" class="legend" text-anchor="end">${escaped(cut(s.name, 40))}</text>`;
    for (const [time, value] of s.points) {
      svg += `<rect x="${x(time).toFixed(1)}" y="${i * each + 3}" width="${((step / range) * (w - left) + 0.6).toFixed(1)}" height="${each - 6}" fill="${options[value]?.color ?? "#555"}"/>`;
    }
  });
  svg += timeAxis(left, w, h, bottom);
  Object.values(options).forEach((option, i) => {
    svg += `<rect x="${8 + i * 100}" y="${h - 8}" width="12" height="4" fill="${option.color}"/><text x="${24 + i * 100}" y="${h - 3}" class="legend">${option.text}</text>`;
  });
  return svg;
}

function table(panel, columns, w, h) {
  const [merge, organize, sort] = panel.transformations.map((one) => one.options);
  const names = Object.keys(organize.indexByName).sort((a, b) => organize.indexByName[a] - organize.indexByName[b]);
  const rows = new Map();
  panel.targets.forEach((target, i) => {
    for (const s of columns[i]) {
      const key = JSON.stringify(Object.entries(s.labels).sort());
      if (!rows.has(key)) rows.set(key, { ...s.labels });
      rows.get(key)[`Value #${target.refId}`] = last(s);
    }
  });
  const title = (name) => organize.renameByName[name] ?? name;
  const by = names.find((name) => title(name) === sort.sort[0].field);
  const sorted = [...rows.values()].sort((a, b) => (b[by] ?? -1) - (a[by] ?? -1));
  const cell = (name, value) => {
    if (typeof value === "string") return `<td class="name">${escaped(cut(value, 44))}</td>`;
    const own = settingsOf(panel, title(name));
    const color = own.cellOptions?.type === "color-text" && value !== undefined ? byThreshold(own.thresholds, value) : "";
    return `<td style="color:${color}">${value === undefined ? "" : text(value, own.unit, own.decimals)}</td>`;
  };
  const head = names.map((name) => `<th class="${name.startsWith("Value") ? "" : "name"}">${escaped(title(name))}</th>`).join("");
  const body = sorted.slice(0, Math.floor((h - 24) / 24)).map((one) => `<tr>${names.map((name) => cell(name, one[name])).join("")}</tr>`);
  return `<foreignObject width="${w}" height="${h}"><table xmlns="http://www.w3.org/1999/xhtml"><tr>${head}</tr>${body.join("")}</table></foreignObject>`;
}

function logs(panel, w, h) {
  if (set.log === undefined) return nothing(panel, w, h);
  const shown = readFileSync(set.log, "utf8").trimEnd().split("\n").slice(0, Math.floor(h / 15));
  return shown.map((line, i) => `<text x="6" y="${14 + i * 15}" class="log">${escaped(cut(line, 130))}</text>`).join("");
}

async function draw(panel) {
  const answers = panel.type === "logs" ? [] : await Promise.all(panel.targets.map(ask));
  const series = answers.flat();
  const { x, y, w, h } = panel.gridPos;
  const [inner, high] = [w * column - gap - 16, h * row - gap - 34];
  const kinds = { timeseries: lines, stat, bargauge: bars, "state-timeline": states };
  const content =
    panel.type === "table" ? table(panel, answers, inner, high) : panel.type === "logs" ? logs(panel, inner, high) : kinds[panel.type](panel, series, inner, high);
  if (panel.type !== "logs" && series.length === 0) console.log(`${file}: empty: ${panel.title}`);
  return (
    `<section style="left:${x * column + gap / 2}px;top:${y * row + 40}px;width:${w * column - gap}px;height:${h * row - gap}px">` +
    `<h2 title="${escaped(panel.description)}">${escaped(panel.title)}</h2><svg width="${inner}" height="${high}">${content}</svg></section>`
  );
}

const sections = [];
for (const panel of dashboard.panels) sections.push(await draw(panel));
writeFileSync(
  page,
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(dashboard.title)}</title><style>
body{margin:0;background:#111217;color:#ccccdc;font:12px "DejaVu Sans",sans-serif;width:${width}px}
h1{margin:0;padding:10px 12px;font-size:15px;font-weight:500}
section{position:absolute;background:#181b1f;border:1px solid #2c2f36;border-radius:2px;box-sizing:border-box;padding:6px 8px}
h2{margin:0 0 6px;font-size:12px;font-weight:500}
.grid{stroke:#2c2f36}.axis{fill:#9a9da5;font-size:10px}.legend{fill:#ccccdc;font-size:11px}.nothing{fill:#8e9099;font-size:13px}
.stat{font-size:30px;font-weight:500}.log{fill:#ccccdc;font:10.5px "DejaVu Sans Mono",monospace;white-space:pre}
table{border-collapse:collapse;width:100%}td,th{height:24px;padding:0 8px;text-align:right;border-bottom:1px solid #2c2f36;white-space:nowrap;font-size:12px;font-weight:400}
th{color:#6e9fff}.name{text-align:left}
</style><h1>${escaped(dashboard.title)}</h1>${sections.join("\n")}</html>\n`,
);
console.log(`${sections.length} panels, ${refused} queries refused`);
process.exit(refused > 0 ? 1 : 0);
