// The session inside a page that was sent by e-mail: no server; the decisions are handed back as a file.
// The same log lines as the program writes: own answers outrank those for the file, later ones earlier ones.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const lines = data.log.slice();
  const others = new Set(data.others); // lines of another article that shares the log
  const sitting = data.log_name + " " + data.sha256; // the same words in two formats are two articles

  // What was answered is kept in a database of the browser, and shown as answered when it has been written: what
  // localStorage is given may be lost where the page is loaded anew or closed at once.
  let database = null;
  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  async function restore() {
    try {
      const request = indexedDB.open("ntm-repair", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("sittings");
      const opened = await asked(request);
      const kept = await asked(opened.transaction("sittings").objectStore("sittings").get(sitting));
      if (Array.isArray(kept) && kept.every((line, i) => line.number === data.log.length + i + 1)) lines.push(...kept);
      database = opened;
    } catch { /* a browser may refuse storage to files; the page still works for one sitting, and says so */ }
    window.backend.features.kept = database !== null;
  }
  // Writes the lines after `before`, which stand already. False where another window has answered meanwhile.
  async function keep(before) {
    if (database === null) return true;
    try {
      const writing = database.transaction("sittings", "readwrite", { durability: "strict" });
      const written = new Promise((done, failed) => {
        writing.oncomplete = () => done();
        writing.onabort = () => failed(writing.error);
      });
      const sittings = writing.objectStore("sittings");
      const kept = await asked(sittings.get(sitting));
      if (Array.isArray(kept) && JSON.stringify(kept) !== JSON.stringify(lines.slice(data.log.length, before))) {
        lines.length = before;
        return false;
      }
      sittings.put(lines.slice(data.log.length), sitting);
      await written;
    } catch {
      database = null;
      window.backend.features.kept = false;
    }
    return true;
  }

  const items = data.article.items;
  const template = new Map(data.templates.map((line, i) => [items[i].id, line]));
  const keyOf = (line) => JSON.stringify([line.rule, line.anchor.text.split(/\s+/u).filter(Boolean).join(" "), line.offered]);
  const standing = () => {
    const undone = new Set(lines.filter((l) => l.action === "undo").map((l) => l.undoes));
    return lines.filter((l) => l.action !== "undo" && !undone.has(l.number) && !others.has(l.number));
  };

  function settle() {
    const own = new Map(), file = new Map(), notes = new Map();
    for (const line of standing()) {
      if (line.action === "note") notes.set(line.fingerprint, line);
      else if (line.scope === "this") own.set(line.fingerprint, line);
      else file.set(keyOf(line), line);
    }
    for (const item of items) {
      const line = template.get(item.id);
      const answer = own.get(line.fingerprint) || file.get(keyOf(line)) || data.wide[keyOf(line)];
      item.answer = answer ? { action: answer.action, raw: answer.replacement, shown: safe(answer.replacement), scope: answer.scope, takes: answer.action === "delete" ? safe((answer.scope === "this" ? answer : line).takes || "") : "", text: say(answer) } : null;
      item.note = notes.has(line.fingerprint) ? safe(notes.get(line.fingerprint).note) : "";
    }
    for (const item of items) {
      const equal = items.filter((other) => other.group === item.group);
      const reached = equal.filter((other) => other === item || !other.answer || other.answer.scope !== "this");
      item.reach.file = { findings: reached.length, articles: 1 };
    }
    const left = items.filter((item) => !item.answer).length;
    data.overview.left = left;
    data.overview.articles[0].left = left;
    for (const group of data.overview.groups) {
      const members = items.filter((item) => item.group === group.id);
      group.left = members.filter((item) => !item.answer).length;
      group.answer = group.left || !members.length ? "" : members[0].answer.text;
    }
  }

  const safe = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "\ufffd");
  function say(line) {
    const along = line.takes && line.scope === "this" ? data.strings.with_mark.replace("{mark}", safe(line.takes.trim())) : "";
    const text = data.strings["answered_" + line.action].replace("{text}", along || safe(line.replacement || line.note || ""));
    return line.scope === "this" ? text : text + " (" + data.strings["scope_" + line.scope] + ")";
  }

  function record(item, action, replacement, source, scope, note) {
    const line = Object.assign({}, template.get(item.id), {
      number: lines.length + 1, at: new Date().toISOString(), by: data.by, action, replacement,
      suggested_by: source, scope, undoes: 0, note: note || "", takes: action === "delete" ? template.get(item.id).takes : "",
    });
    lines.push(line);
    return line;
  }

  function answer(item, command) {
    const scope = command.scope || "this";
    let action = "keep", replacement = "", source = "";
    if (command.do === "delete" || (command.do === "write" && command.text === "")) action = "delete";
    else if (command.do === "write" && command.text !== item.raw) [action, replacement] = ["edit", command.text];
    else if (command.do === "choose" && command.number > 0) {
      const option = item.options[command.number - 1];
      if (!option) return null;
      [action, replacement, source] = [option.raw ? "accept" : "delete", option.raw, option.from];
    }
    const own = standing().filter((l) => l.scope === "this" && l.action !== "note" && l.fingerprint === template.get(item.id).fingerprint).pop();
    if (scope !== "this" && own && (own.action !== action || own.replacement !== replacement)) record(item, action, replacement, source, "this");
    return record(item, action, replacement, source, scope);
  }

  function next(from) {
    const at = items.findIndex((item) => item.id === from);
    const order = items.slice(at + 1).concat(items.slice(0, at + 1));
    const open = order.find((item) => !item.answer);
    return open ? { article: 0, item: open.id } : null;
  }

  window.backend = {
    features: { everywhere: false, allow: false, download: true, kept: false },
    async start() {
      await restore();
      settle();
      const first = items.find((item) => !item.answer);
      return { strings: data.strings, overview: data.overview, article: data.article, next: first ? { article: 0, item: first.id } : null };
    },
    async load() { return { overview: data.overview, article: data.article }; },
    async act(command) {
      const before = lines.length;
      const elsewhere = () => {
        settle();
        return { overview: data.overview, items, next: null, notice: data.strings.elsewhere, stay: true };
      };
      let focus, notice = "";
      if (command.do === "undo") {
        const last = standing().pop();
        if (!last) return { overview: data.overview, items, next: null, notice: data.strings.nothing_to_undo, stay: true };
        const said = say(last);
        lines.push(Object.assign({}, last, { number: lines.length + 1, at: new Date().toISOString(), by: data.by, action: "undo", replacement: "", suggested_by: "", undoes: last.number, note: "", takes: "" }));
        if (!await keep(before)) return elsewhere();
        settle();
        const item = items.find((i) => template.get(i.id).fingerprint === last.fingerprint);
        return { overview: data.overview, items, next: item ? { article: 0, item: item.id } : null, notice: data.strings.undone.replace("{answer}", said) };
      }
      const grouped = command.group !== undefined;
      const members = grouped ? items.filter((i) => i.group === command.group) : [];
      const item = grouped ? members.find((i) => !i.answer) || members[0] : items.find((i) => i.id === command.item);
      if (command.do === "open") return { overview: data.overview, items, next: { article: 0, item: item.id }, notice };
      if (command.do === "note") {
        record(item, "note", "", "", "this", command.text);
        focus = { article: 0, item: item.id };
      } else {
        const line = answer(item, Object.assign({}, command, grouped ? { scope: "file" } : {}));
        settle();
        if (line && line.scope !== "this") {
          const reached = items.filter((i) => i.group === item.group && i.answer && (i === item || i.answer.scope === "file")).length;
          if (reached > 1) notice = data.strings.given_file.replace("{answer}", say(Object.assign({}, line, { scope: "this" }))).replace("{findings}", reached);
        }
        focus = next(item.id);
      }
      if (!await keep(before)) return elsewhere();
      settle();
      return { overview: data.overview, items, next: focus, notice };
    },
    async finish() {
      const text = lines.map((line) => JSON.stringify(line) + "\n").join("");
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
      link.download = data.log_name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      return { closed: false };
    },
    setName(name) { data.by = name; },
    name: () => data.by,
    text: () => lines.map((line) => JSON.stringify(line) + "\n").join(""),
  };
})();
