// The page works without scripts; with them charts are drawn.
const figures = [...document.querySelectorAll("figure.chart > .drawing")];

if (figures.length > 0) {
  const source = new URL("vega.js" + new URL(import.meta.url).search, import.meta.url);
  const script = document.createElement("script");
  script.src = source.href;
  script.addEventListener("load", () => {
    draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  });
  document.head.append(script);
}

const views = new Map();

function draw() {
  figures.forEach((drawing) => drawn(drawing).catch((error) => failed(drawing, error)));
}

async function drawn(drawing) {
  const { View, parse, loader, Warn, compile, expressionInterpreter } = globalThis.vegaCharts;
  views.get(drawing)?.finalize();
  const given = JSON.parse(drawing.nextElementSibling.textContent);
  const { spec } = compile(given, { config: look(), logger });
  const view = new View(parse(spec, null, { ast: true }), {
    container: drawing,
    expr: expressionInterpreter,
    loader: loader({ target: "_self" }),
    logLevel: Warn,
    renderer: "svg",
  });
  views.set(drawing, view);
  await view.runAsync();
  drawing.tabIndex = 0; // a chart wider than its place is scrolled with the keyboard too
  drawing.dataset.drawn = "yes";
  offer(drawing);
}

// Vega-Lite warns of charts as wide as the page and as high as they have rows, which is what is meant.
const logger = {
  level: () => logger,
  error: (...words) => (console.error(...words), logger),
  warn: (...words) => (/Dropping "fit-/.test(words[0]) || console.warn(...words), logger),
  info: () => logger,
  debug: () => logger,
};

function failed(drawing, error) {
  drawing.textContent = `The chart cannot be drawn: ${error.message}`;
  drawing.parentElement.querySelector("details").open = true;
}

// PNG and SVG are made in the browser, from what it shows.
function offer(drawing) {
  const exports = drawing.parentElement.querySelector(".exports");
  if (exports.querySelector("button")) return;
  for (const [name, type] of [["PNG", "png"], ["SVG", "svg"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", async () => {
      const link = document.createElement("a");
      link.href = await views.get(drawing).toImageURL(type, type === "png" ? 2 : 1);
      link.download = `${drawing.dataset.name}.${type}`;
      link.click();
    });
    exports.append(" ", button);
  }
}

// Charts wear the colours of the style sheet, in light and in dark.
function look() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const category = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => colour(`chart-${number}`));
  return {
    background: colour("page"),
    font: "system-ui, 'Noto Sans', sans-serif",
    view: { stroke: null },
    mark: { color: category[0] },
    range: { category },
    style: { cell: { fill: null }, "guide-label": { fill: colour("quiet") }, "guide-title": { fill: colour("quiet") } },
    axis: { gridColor: colour("line"), domainColor: colour("line"), tickColor: colour("line") },
    axisX: { grid: false },
    legend: { orient: "bottom", columns: 3, labelColor: colour("ink"), titleColor: colour("quiet") },
    title: { color: colour("ink") },
    text: { color: colour("ink") },
  };
}
