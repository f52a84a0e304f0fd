// The card on Airflow's home page: what is new on the beat, and whether anything is wrong with the monitor.
const { React, ChakraUI } = globalThis;
const { Badge, Box, Heading, HStack, Link, Text } = ChakraUI;
const { createElement: make, useEffect, useState } = React;

const PAGE = new URL("media-monitor/", document.baseURI);
const MOST = 4;
const COLOURS = { well: "green", warn: "orange", bad: "red" };
const at = (path) => new URL(path.replace(/^\//, ""), PAGE).href;

function MediaMonitorCard() {
  const [now, setNow] = useState(null);
  const [failure, setFailure] = useState("");
  useEffect(() => {
    fetch(at("api/now"), { credentials: "same-origin" })
      .then(async (answer) => (answer.ok ? answer.json() : Promise.reject(new Error((await answer.json()).error))))
      .then(setNow)
      .catch((error) => setFailure(error.message || "the page does not answer"));
  }, []);
  return make(
    Box,
    { borderWidth: "1px", borderRadius: "md", padding: 4, marginY: 4, "data-testid": "media-monitor-card" },
    make(
      Heading,
      { size: "md", marginBottom: 2 },
      make(Link, { href: new URL("plugin/media-monitor", document.baseURI).href }, "Media monitor"),
    ),
    failure ? make(Text, { color: "fg.error" }, `Cannot be read: ${failure}`) : now ? content(now) : make(Text, null, "…"),
  );
}

function content(now) {
  if (!now.loaded) return make(Text, null, "Nothing is loaded yet: run the DAG media_monitor.");
  const recent = now.changes.length > 0;
  const shown = (recent ? now.changes : now.earlier).slice(0, MOST);
  return make(
    React.Fragment,
    null,
    make(Text, { color: "fg.muted" }, recent ? `New since ${now.since}:` : `Nothing new since ${now.since}. Before that:`),
    ...shown.map(change),
    make(HStack, { wrap: "wrap", marginTop: 3, gap: 2 }, ...now.health.map(line)),
  );
}

function change(one) {
  const where = at(`claims/${encodeURIComponent(one.claim)}/${encodeURIComponent(one.party)}`);
  const told = `${one.party_name} ${one.verb}: ${one.title}`;
  return make(
    Text,
    { key: `${one.claim} ${one.party} ${one.state} ${one.said_on}` },
    make(Link, { href: where, variant: "underline" }, told),
    make(Text, { as: "span", color: "fg.muted" }, ` ${one.said_on}, ${one.grade}`),
  );
}

function line(one) {
  const props = { key: one.name, colorPalette: COLOURS[one.state], title: one.told };
  return make(Link, { key: one.name, href: at(one.link) }, make(Badge, props, `${one.name}: ${one.state}`));
}

globalThis["Media monitor"] = MediaMonitorCard;
globalThis.AirflowPlugin = MediaMonitorCard;
