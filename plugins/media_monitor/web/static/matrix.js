// Arrow keys, Home and End move between the cells of a matrix; Tab visits each link as everywhere.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest("table.matrix :is(td, th)");
  if (!cell || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const next = event.key in STEPS ? nearest(cell, ...STEPS[event.key]) : ends(cell, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
});

function nearest(cell, down, right) {
  const rows = cell.closest("table").rows;
  let [row, column] = [cell.parentElement.rowIndex, cell.cellIndex];
  for (;;) {
    row += down;
    column += right;
    const reached = rows[row]?.cells[column];
    if (!reached) return null;
    const link = reached.querySelector("a");
    if (link) return link;
  }
}

function ends(cell, key) {
  const links = cell.parentElement.querySelectorAll("a");
  return key === "Home" ? links[0] : key === "End" ? links[links.length - 1] : null;
}
