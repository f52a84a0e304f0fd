// The editor of the SQL page: Ctrl + Enter runs the query. Tab leaves the editor, as everywhere.
const editor = document.querySelector("#q");

if (editor) {
  document.querySelector("#hint").hidden = false;
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      editor.form.requestSubmit();
    }
  });
  // The place that an error names is where the next key should go.
  const place = /line (\d+), column (\d+)/.exec(document.querySelector("#error")?.textContent ?? "");
  if (place) {
    const lines = editor.value.split("\n").slice(0, Number(place[1]) - 1);
    const start = lines.reduce((sum, line) => sum + line.length + 1, 0) + Number(place[2]) - 1;
    editor.focus();
    editor.setSelectionRange(start, start + (/^\w+|^./.exec(editor.value.slice(start))?.[0].length ?? 0));
  }
}
