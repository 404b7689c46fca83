// What script adds to matching and search, which work without it: files by dropping, suggestions while typing, a desk by keys.

/** Takes a file that is dropped on the text. */
function drop(box) {
  const input = box.querySelector('input[type="file"]');
  const over = (on) => (event) => { event.preventDefault(); box.classList.toggle("over", on); };
  box.addEventListener("dragover", over(true));
  box.addEventListener("dragleave", over(false));
  box.addEventListener("drop", (event) => {
    over(false)(event);
    if (input && event.dataTransfer?.files.length) input.files = event.dataTransfer.files;
  });
}

/** Fills the list under a search box with titles; one that is chosen is opened. */
function suggest(input) {
  const list = document.getElementById(input.getAttribute("list"));
  const hrefs = new Map();
  let timer = 0;
  let asked = "";
  const ask = async () => {
    const text = input.value.trim();
    if (!text || text === asked) return;
    asked = text;
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { headers: { accept: "application/json" } });
      if (!answer.ok || asked !== text) return;
      const found = await answer.json();
      hrefs.clear();
      list.replaceChildren(...found.map((one) => {
        hrefs.set(one.title, one.href);
        const option = document.createElement("option");
        option.value = one.title;
        option.label = one.kind;
        return option;
      }));
    } catch { /* Without suggestions the box searches as before. */ }
  };
  input.addEventListener("input", (event) => {
    const href = hrefs.get(input.value);
    // A whole title that came from the list and was not typed letter by letter.
    if (href && event.inputType !== "insertText") { window.location.assign(href); return; }
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, 150);
  });
}

/** j and k go through the matches, 1 to 4 judge, r goes to the reason, o opens a thread, n goes to the next need. */
function keys(list) {
  const items = [...list.children];
  const at = () => items.findIndex((item) => item.contains(document.activeElement));
  const go = (place) => {
    const item = items[Math.min(items.length - 1, Math.max(0, place))];
    item?.focus();
    item?.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    const tag = document.activeElement?.tagName;
    const typing = ["INPUT", "TEXTAREA"].includes(tag);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const item = items[at()] ?? items[0];
    const reason = item?.querySelector("select");
    const level = Number(event.key);
    if (tag === "SELECT" && !(level >= 1 && level <= 4) && event.key !== "Escape") return;
    if (event.key === "j") go(at() + 1);
    else if (event.key === "k") go(at() - 1);
    else if (event.key === "r") reason?.focus();
    else if (event.key === "Escape") item?.focus();
    else if (event.key === "o") item?.querySelector("[data-open]")?.click();
    else if (event.key === "n") document.querySelector("[data-next]")?.click();
    else if (level >= 1 && level <= 4) {
      // What does not fit says why.
      if (level < 3 && reason && !reason.value) reason.focus();
      else item?.querySelector(`button[name="level"][value="${level}"]`)?.click();
    } else return;
    event.preventDefault();
  });
  go(0);
}

document.querySelectorAll("[data-drop]").forEach(drop);
document.querySelectorAll("[data-suggest]").forEach(suggest);
document.querySelectorAll("[data-keys]").forEach(keys);
