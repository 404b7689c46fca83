// A lot's room made live: one stream of updates, a countdown by the server's clock, forms that are sent without leaving the
// page. The page works without any of it. Words come from the page; what the server sends has none.

const room = document.getElementById("room");
if (room) start(JSON.parse(room.dataset.room));
document.querySelectorAll("[data-hall]").forEach((box) => hall(box));

function start(config) {
  const words = config.words;
  const live = (name) => room.querySelectorAll(`[data-live="${name}"]`);
  const put = (name, text) => live(name).forEach((e) => { if (e.textContent !== text) e.textContent = text; });
  const fill = (pattern, args) => (pattern ?? "").replace(/\{([a-z]+)\}/g, (_, k) => args[k] ?? "");
  const time = serverClock(config.now, (ms) => put("ping", fill(words.ping, { n: Math.round(ms) })));
  let state = null;
  let shape = config.shape;
  let ends = config.ends;
  let typing = false;
  let changed = 0;

  // ---- figures in words
  const two = (n) => String(n).padStart(2, "0");
  const yuan = (fen) => {
    const whole = Math.floor(fen / 100).toString().replace(/\B(?=(\d{3})+$)/g, ",");
    return fen % 100 ? `${whole}.${two(fen % 100)}` : whole;
  };
  const wan = (fen) => (config.lang === "zh" && fen >= 1000000 ? `${Number((fen / 1000000).toFixed(2))} ${words.wan}` : "");
  const clockOf = (micros) => {
    const d = new Date(micros / 1000 + 8 * 3600 * 1000);
    return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
  };
  const dayOf = (micros) => new Date(micros / 1000 + 8 * 3600 * 1000).toISOString().slice(0, 10);
  const instant = (micros) => (dayOf(micros) === dayOf(time.now()) ? clockOf(micros) : `${dayOf(micros)} ${clockOf(micros)}`);
  const who = (paddle) => {
    const id = config.me === null ? "who-number" : config.me === paddle ? "who-you" : "who-other";
    return fill(words[id], { paddle: two(paddle) });
  };
  const left = (until) => {
    const secs = Math.ceil(Math.max(0, until - time.now()) / 1e6);
    const [d, h, m, s] = [Math.floor(secs / 86400), Math.floor(secs / 3600) % 24, Math.floor(secs / 60) % 60, secs % 60];
    const short = d || h ? `${two(h)}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
    return { secs, text: d ? fill(words["left-days"], { n: d, rest: short }) : short };
  };

  // ---- an update
  const BIDS = ["bid", "auto", "match", "accept", "led", "opened", "awarded"];
  function row(line) {
    const li = document.createElement("li");
    const bid = BIDS.includes(line.kind);
    li.className = line.paddle !== undefined && line.paddle === config.me ? "me new" : bid ? "new" : "sys new";
    li.dataset.seq = line.seq;
    const said = line.kind === "failed" ? words[`why-${line.text}`] : line.kind === "paused-self" ? words[`trouble-${line.text}`] : line.text;
    const amount = line.fen === undefined ? "" : yuan(line.fen);
    const args = { who: line.paddle === undefined ? "" : who(line.paddle), amount, until: line.until ? instant(line.until) : "", text: said ?? "" };
    for (const [tag, text] of [["time", dayOf(line.at) === dayOf(time.now()) ? clockOf(line.at) : dayOf(line.at).slice(5)], ["span", fill(words[`line-${line.kind}`], args)], ["b", bid ? amount : ""]]) {
      const e = document.createElement(tag);
      e.textContent = text;
      li.append(e);
    }
    return li;
  }
  function ladder(lines) {
    const list = document.getElementById("ladder");
    const top = Number(list.firstElementChild?.dataset.seq ?? 0);
    const fresh = lines.filter((line) => line.seq > top);
    list.prepend(...fresh.map(row));
    while (list.children.length > 60) list.lastElementChild.remove();
    if (fresh.length) document.getElementById("ladder-empty")?.remove();
    return fresh;
  }
  function show(update) {
    if (state && update.seq < state.seq) return;
    const before = state;
    state = update;
    const fresh = ladder(update.lines);
    put("head", update.head);
    put("seq", fill(words["step-n"], { n: update.seq }));
    if (update.price !== undefined) {
      put("price", `¥${yuan(update.price)}${update.price % 100 ? "" : ".00"}`);
      put("wan", wan(update.price));
      put("asked", `¥${yuan(update.price)}${update.price % 100 ? "" : ".00"}`);
      put("asked-upper", upper(update.price));
    }
    const mine = config.me !== null && update.lead === config.me;
    if (update.lead !== undefined) {
      put("lead", fill(words[mine ? "lead-you" : config.me === null ? "lead-number" : "lead-other"], { paddle: two(update.lead) }));
      if (["free", "timed"].includes(update.phase)) put("price-label", words["price-now"]);
    }
    live("lead").forEach((e) => e.classList.toggle("mine", mine));
    const n = update.lead === undefined && words.mode === "listed" ? ["count-takers", update.takers]
      : update.lead === undefined && ["sealed", "scoring"].includes(words.mode) ? ["count-offers", update.offers] : ["count-bids", update.bids];
    put("count", fill(words[n[0]], { n: n[1], who: update.bidders }));
    if (!update.still) ends = ["announced", "ready", "publicity"].includes(update.phase) ? ends : update.end;
    desk(update, mine, before);
    speak(fresh, mine);
    if (update.shape !== shape) { shape = update.shape; refresh(); }
  }
  function desk(update, mine, before) {
    live("leading").forEach((e) => { e.hidden = !mine; });
    live("bidding").forEach((e) => { e.hidden = mine; });
    live("fall").forEach((e) => { e.value = update.fall; });
    put("range", fill(words.range, { amount: yuan(update.next), until: yuan(update.most), n: yuan(update.step) }));
    room.querySelectorAll("[data-quick]").forEach((button) => {
      const fen = update.next + Number(button.dataset.quick) * update.step;
      if (button.value === String(fen)) return;
      button.value = fen;
      button.hidden = fen > update.most;
      button.querySelector("b").textContent = yuan(fen);
      button.querySelector("small").textContent = fill(words["step-on"], { amount: yuan(fen - update.base), n: Number(button.dataset.quick) + 1 });
      if (before) changed = performance.now();
    });
    if (before && before.fall !== update.fall) changed = performance.now();
    const field = document.getElementById("amount");
    if (field && !typing && field.dataset.always === undefined && document.activeElement !== field && !field.value) field.placeholder = yuan(update.next);
  }

  // ---- what a screen reader hears: the last thing, every few seconds at most
  let waiting = "";
  let spoken = 0;
  function speak(fresh, mine) {
    const bid = fresh.find((line) => BIDS.includes(line.kind));
    const other = fresh.find((line) => !BIDS.includes(line.kind));
    if (other) waiting = row(other).children[1].textContent;
    else if (bid && mine) waiting = fill(words["spoken-you"], { amount: yuan(bid.fen) });
    else if (bid) waiting = fill(words["spoken-price"], { who: who(bid.paddle), amount: yuan(bid.fen) });
  }
  window.setInterval(() => {
    if (!waiting || performance.now() - spoken < 4000) return;
    document.getElementById("speak").textContent = waiting;
    waiting = "";
    spoken = performance.now();
  }, 500);

  // ---- the countdown
  window.setInterval(() => {
    put("now", clockOf(time.now()));
    if (ends === null || (state?.still && state.still.resumes === undefined)) return;
    const l = left(state?.still?.resumes ?? ends);
    put("clock", l.text);
    live("clock").forEach((e) => e.classList.toggle("calm", l.secs > 60));
    live("left").forEach((e) => { e.value = Math.min(e.max, l.secs); });
  }, 200);

  // ---- parts of the page that depend on more than figures are asked for again
  let refreshing = false;
  async function refresh() {
    if (refreshing) return;
    refreshing = true;
    // Who only looks on waits a moment, so that not everybody asks at once.
    await new Promise((go) => window.setTimeout(go, config.me === null ? Math.random() * 1500 : 0));
    refreshing = false;
    try {
      const answer = await fetch(config.page, { headers: { accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("room");
      if (!next) return;
      const told = JSON.parse(next.dataset.room);
      const field = document.getElementById("amount")?.value ?? "";
      for (const id of ["desk", "facts", "said"]) document.getElementById(id)?.replaceWith(page.getElementById(id));
      for (const name of ["phase", "clock-label", "price-label", "price", "wan", "lead", "clock"]) {
        const fresh = next.querySelector(`[data-live="${name}"]`);
        live(name).forEach((e) => { if (fresh) { e.textContent = fresh.textContent; if (name === "phase") e.className = fresh.className; } });
      }
      const again = document.getElementById("amount");
      if (again && field) { again.value = field; typed(again); }
      ends = told.ends;
      shape = told.shape;
      config.me = told.me;
      time.hint(told.now);
      if (config.again && told.ends === null && !told.shape.startsWith("unsealing")) window.setTimeout(() => window.location.reload(), (config.again + 2) * 1000);
    } catch { /* the stream will say when the line is back */ }
  }

  // ---- the stream
  const lost = document.getElementById("line");
  let source = null;
  let heard = performance.now();
  function connect() {
    source?.close();
    source = new EventSource(config.events);
    source.onmessage = (event) => { alive(); show(JSON.parse(event.data)); };
    source.addEventListener("beat", alive);
    source.onopen = alive;
    source.onerror = () => { down(); if (source.readyState === EventSource.CLOSED) window.setTimeout(connect, 3000); };
  }
  function alive() {
    heard = performance.now();
    if (lost.hidden) return;
    lost.hidden = true;
    document.getElementById("speak").textContent = words["line-back"];
    refresh();
  }
  function down() { lost.hidden = false; put("ping", ""); }
  window.setInterval(() => { if (performance.now() - heard > 40000) { down(); heard = performance.now(); connect(); } }, 5000);
  window.addEventListener("online", connect);
  window.addEventListener("offline", down);
  connect();

  // ---- forms
  function typed(field) {
    typing = field.value !== "";
    const fen = readAmount(field.value);
    put("upper", fen ? [upper(fen), wan(fen)].filter(Boolean).join(" ") : field.value.trim() ? words.unread : "");
  }
  room.addEventListener("input", (event) => { if (event.target.id === "amount") typed(event.target); });
  // Before any other listener: a bid's form is not to be held back like a page's.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches?.("form[data-bid]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // The amounts moved under the finger: what was pressed is not what was seen.
    if (event.submitter?.dataset.quick !== undefined && performance.now() - changed < 350) return;
    send(form, event.submitter);
  }, true);
  async function send(form, submitter, more = {}) {
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    const data = new URLSearchParams(new FormData(form));
    if (submitter?.name) data.set(submitter.name, submitter.value);
    for (const [k, v] of Object.entries(more)) data.set(k, v);
    document.getElementById("desk").classList.add("busy");
    outcome({ class: "", title: words.sending, text: "" });
    let said = null;
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers: { accept: "application/json" }, signal: AbortSignal.timeout(15000) });
      if (answer.headers.get("content-type")?.includes("json")) said = await answer.json();
      else if (answer.redirected || answer.status === 401 || answer.status === 403) { window.location.reload(); return; }
    } catch { /* no answer: it may have been taken, or not */ }
    delete form.dataset.sending;
    document.getElementById("desk").classList.remove("busy");
    if (!said) { outcome({ class: "warn", title: "", text: words.unsure, retry: true, again: words["ask-again"] }, () => send(form, submitter, more)); return; }
    if (said.key) form.elements.key.value = said.key;
    if (said.state === "confirm") { outcome(null); ask(said, () => send(form, submitter, { ...more, confirmed: "1" })); return; }
    outcome(said, () => send(form, submitter, more));
    if (said.state === "placed") {
      const field = form.querySelector("#amount");
      if (field) { field.value = ""; typed(field); }
      if (form.elements.deed.value !== "bid") refresh();
    }
  }
  function outcome(said, retry) {
    const box = document.getElementById("outcome");
    box.replaceChildren();
    if (!said) return;
    const div = document.createElement("div");
    div.className = `say ${said.class}`;
    if (said.title) { const b = document.createElement("b"); b.textContent = said.title; div.append(b); }
    if (said.text) { const p = document.createElement("p"); p.textContent = said.text; div.append(p); }
    if (said.receipt) { const a = document.createElement("a"); a.href = said.receipt; a.download = ""; a.textContent = said.receipt_text; div.append(a); }
    if (said.retry) { const button = document.createElement("button"); button.type = "button"; button.className = "btn small"; button.textContent = said.again ?? "↻"; button.addEventListener("click", retry); div.append(button); }
    box.append(div);
  }
  function ask(said, yes) {
    const dialog = document.createElement("dialog");
    const h = document.createElement("h2"); h.textContent = said.title;
    const p = document.createElement("p"); p.textContent = said.text;
    const big = document.createElement("p"); big.className = "room-upper"; big.textContent = said.upper;
    const actions = document.createElement("p"); actions.className = "actions";
    const close = () => dialog.remove();
    for (const [text, main, then] of [[said.yes, true, yes], [said.no, false, () => {}]]) {
      const button = document.createElement("button");
      button.type = "button"; button.className = main ? "btn main" : "btn"; button.textContent = text;
      button.addEventListener("click", () => { dialog.close(); then(); });
      actions.append(button);
    }
    dialog.append(h, big, p, actions);
    dialog.addEventListener("close", close);
    document.body.append(dialog);
    dialog.showModal();
    // The hand that pressed the first button must move to press the second.
    actions.lastElementChild.focus();
  }
}

/** The server's time, measured against a clock of the browser that nobody sets: a browser an hour off changes nothing. */
function serverClock(hint, tell) {
  let offset = hint / 1000 - performance.now();
  let best = Infinity;
  async function measure() {
    try {
      const sent = performance.now();
      const answer = await fetch("/api/v1/clock", { cache: "no-store" });
      const text = await answer.json();
      const came = performance.now();
      tell(came - sent);
      // The quickest answer says it most exactly; an old one ages by a millisecond a second.
      if (came - sent <= best + 1) { best = came - sent; offset = text.now / 1000 + best / 2 - came; }
    } catch { /* the next one will */ }
  }
  measure();
  window.setTimeout(measure, 800);
  window.setTimeout(measure, 1600);
  window.setInterval(() => { best += 20; measure(); }, 20000);
  return { now: () => (performance.now() + offset) * 1000, hint: () => {} };
}

/** An amount as typed, in 分; nothing where it could be meant otherwise. The server reads it again. */
function readAmount(text) {
  let t = text.normalize("NFKC").replace(/[\s,，¥￥]/g, "").replace(/元$/, "");
  let scale = 100;
  if (t.endsWith("万")) { t = t.slice(0, -1); scale = 1000000; }
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(t)) return null;
  const [whole, part = ""] = t.split(".");
  const digits = Math.log10(scale);
  if (part.replace(/0+$/, "").length > digits) return null;
  const fen = Number(whole) * scale + Number(part.padEnd(digits, "0").slice(0, digits) || 0);
  return fen > 0 && fen <= 1e13 ? fen : null;
}

/** Capital numerals, as cheques and contracts have them; step for step as the server writes them. */
function upper(fen) {
  const D = "零壹贰叁肆伍陆柒捌玖";
  const split = (n, unit, name) => {
    const rest = n % unit;
    return whole(Math.floor(n / unit)) + name + (rest ? (rest < unit / 10 ? "零" : "") + whole(rest) : "");
  };
  const whole = (n) => {
    for (const [unit, name] of [[1e8, "亿"], [1e4, "万"], [1000, "仟"], [100, "佰"], [10, "拾"]]) if (n >= unit) return split(n, unit, name);
    return D[n];
  };
  const [yuan, jiao, cent] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  let out = yuan || !fen ? `${whole(yuan)}元` : "";
  if (jiao) out += `${D[jiao]}角`;
  else if (cent && yuan) out += "零";
  return out + (cent ? `${D[cent]}分` : "整");
}

/** The hall's list: prices and clocks of live lots, asked for every few seconds. */
function hall(box) {
  const time = serverClock(Number(box.dataset.now), () => {});
  let known = box.dataset.shape;
  const two = (n) => String(n).padStart(2, "0");
  window.setInterval(() => box.querySelectorAll("[data-ends]").forEach((e) => {
    const secs = Math.ceil(Math.max(0, Number(e.dataset.ends) - time.now()) / 1e6);
    const [d, h, m, s] = [Math.floor(secs / 86400), Math.floor(secs / 3600) % 24, Math.floor(secs / 60) % 60, secs % 60];
    const short = d || h ? `${two(h)}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
    e.textContent = d ? box.dataset.days.replace("{n}", d).replace("{rest}", short) : short;
  }), 250);
  window.setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(box.dataset.hall, { headers: { accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("[data-hall]");
      if (!next || next.dataset.shape === known) return;
      known = next.dataset.shape;
      box.replaceChildren(...next.children);
    } catch { /* asked again soon */ }
  }, 4000);
}
