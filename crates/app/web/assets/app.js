// What script adds to pages that work without it: drafts kept while typing, counters, more indicator rows, select-all.
// No framework, no inline code, nothing from elsewhere.

const csrf = () => document.querySelector('input[name="_csrf"]')?.value ?? "";

/** Keeps a form's draft on the server, two seconds after the last key. */
function autosave(form) {
  const status = form.querySelector("[data-saved]");
  let timer = 0;
  let sending = false;
  let again = false;
  const save = async () => {
    if (sending) { again = true; return; }
    sending = true;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { "x-csrf": csrf(), accept: "application/json" },
      });
      const said = await answer.json().catch(() => ({}));
      if (status) status.textContent = said.message ?? said.error?.title ?? "";
      if (answer.ok && said.version) {
        const version = form.querySelector('input[name="version"]');
        if (version) version.value = said.version;
      }
      const score = form.querySelector("[data-score]");
      if (score && said.score !== undefined) { score.value = said.score; score.title = `${said.score}`; }
    } catch {
      if (status) status.textContent = status.dataset.offline ?? "";
      again = true;
    }
    sending = false;
    if (again) { again = false; timer = window.setTimeout(save, 5000); }
  };
  form.addEventListener("input", () => { window.clearTimeout(timer); timer = window.setTimeout(save, 2000); });
  form.addEventListener("submit", () => window.clearTimeout(timer));
}

/** Shows how many characters a text has of how many it may have. */
function counter(area) {
  const out = document.createElement("span");
  out.className = "counter";
  const show = () => { out.textContent = `${[...area.value].length} / ${area.maxLength}`; };
  area.addEventListener("input", show);
  area.insertAdjacentElement("afterend", out);
  show();
}

/** Adds a row of inputs like the last one, emptied. */
function moreRows(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn small";
  button.textContent = box.dataset.rows || "+";
  button.addEventListener("click", () => {
    const rows = box.querySelectorAll(".ind");
    const last = rows[rows.length - 1];
    if (!last || rows.length >= 30) return;
    const row = last.cloneNode(true);
    row.querySelectorAll("input").forEach((input) => { input.value = ""; input.removeAttribute("id"); });
    last.insertAdjacentElement("afterend", row);
    row.querySelector("input")?.focus();
  });
  box.append(button);
}

/** One box that ticks all of its kind. */
function tickAll(box) {
  box.addEventListener("change", () => {
    document.querySelectorAll(`input[type="checkbox"][name="${box.dataset.all}"]`).forEach((one) => { one.checked = box.checked; });
  });
}

document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("textarea[data-count][maxlength]").forEach(counter);
document.querySelectorAll("[data-rows]").forEach(moreRows);
document.querySelectorAll("input[data-all]").forEach(tickAll);
document.querySelectorAll("select[data-go]").forEach((select) => select.addEventListener("change", () => select.form?.requestSubmit()));
document.querySelectorAll("form[data-confirm]").forEach((form) => form.addEventListener("submit", (event) => {
  if (!window.confirm(form.dataset.confirm)) event.preventDefault();
}));
// A form sent twice by a double click is sent once.
document.querySelectorAll('form[method="post"]').forEach((form) => form.addEventListener("submit", () => {
  window.setTimeout(() => form.querySelectorAll("button:not([type=button])").forEach((b) => { b.disabled = true; }), 0);
  window.setTimeout(() => form.querySelectorAll("button").forEach((b) => { b.disabled = false; }), 4000);
}));
document.querySelector(".errors")?.setAttribute("tabindex", "-1");
document.querySelector(".errors")?.focus();
document.querySelectorAll("[data-print]").forEach((b) => b.addEventListener("click", () => window.print()));
