// The page: shows what the session says, and hands it keys and clicks. Text goes in with textContent, never as markup.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const S = { strings: {}, overview: null, article: null, current: null, highlight: 0, groups: false, group: 0, editing: null, busy: false };
  const t = (key, values) => {
    let text = S.strings[key] || key;
    for (const [name, value] of Object.entries(values || {})) {
      // "{count} {count:place|places}": words that agree with a number.
      const agreeing = new RegExp("\\{" + name + ":([^|}]*)\\|([^}]*)\\}", "g");
      text = text.split("{" + name + "}").join(value).replace(agreeing, String(value) === "1" ? "$1" : "$2");
    }
    return text;
  };
  const el = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "onclick") node.addEventListener("click", value);
      else if (name === "class") node.className = value;
      else node.setAttribute(name, value);
    }
    for (const child of children) if (child !== null) node.append(child);
    return node;
  };
  const item = (id) => S.article.items.find((i) => i.id === id) || null;
  const current = () => (S.current === null ? null : item(S.current));

  // What is shown

  // What right before the words would go with them (`takes`) is the article's own until they are deleted.
  const lead = (i) => (i.answer && i.answer.takes ? "" : i.takes);
  function change(i) {
    const answer = i.answer;
    if (!answer || answer.action === "keep" || answer.action === "allow") return [document.createTextNode(i.text)];
    const parts = [el("del", {}, answer.takes + i.text)];
    if (answer.shown) parts.push(el("ins", {}, answer.shown));
    return parts;
  }
  function paintPlace(node, i) {
    if (i.takes) node.previousSibling.textContent = lead(i);
    node.replaceChildren(...change(i));
    node.className = "place" + (i.answer ? " done" : "") + (i.id === S.current ? " current" : "");
    node.title = i.answer ? i.answer.text : i.message;
  }
  function paintText() {
    // A block for each paragraph: an answer lays out its own paragraph again, however long the article is.
    const lines = [el("div", { class: "line" })];
    const put = (node) => lines[lines.length - 1].append(node);
    for (const piece of S.article.pieces) {
      if (typeof piece === "number") {
        const node = el("span", { "data-item": piece, role: "button", tabindex: "0", onclick: () => S.editing === null && show(piece) });
        if (item(piece).takes) put(el("span", {}));
        put(node);
        paintPlace(node, item(piece));
        continue;
      }
      piece.split("\n").forEach((text, n) => {
        if (n) lines.push(el("div", { class: "line" }));
        if (text) put(document.createTextNode(text));
      });
    }
    $("text").replaceChildren(...lines);
  }
  function repaint() {
    for (const i of S.article.items) if (S.editing !== i.id) paintPlace(place(i.id), i);
    paintHeader();
    paintList();
    paintCard();
    if (S.groups) paintGroups();
  }
  // An answer that is none of the lines to choose, an edit or a deletion, has a line of its own after them.
  const ownAnswer = (i) => (i.answer && ["edit", "delete"].includes(i.answer.action) && !i.options.some((o) => o.raw === i.answer.raw) ? i.answer : null);
  function commandOf(i, n) {
    const own = n > i.options.length ? ownAnswer(i) : null;
    if (own === null) return { do: "choose", item: i.id, number: n <= i.options.length ? n : 0 };
    return own.action === "edit" ? { do: "write", item: i.id, text: own.raw } : { do: "delete", item: i.id };
  }
  const place = (id) => document.querySelector('#text [data-item="' + id + '"]');

  function paintHeader() {
    const o = S.overview;
    $("name").textContent = o.articles[S.article.number].name;
    const where = window.backend.features;
    $("saved").textContent = t(!where.download ? "progress" : where.kept ? "progress_kept" : "progress_file", { done: o.total - o.left, left: o.left });
    $("bar").max = Math.max(1, o.total);
    $("bar").value = o.total - o.left;
    $("to-groups").textContent = t(S.groups ? "to_text" : "to_groups");
    $("articles").hidden = o.articles.length < 2;
    $("articles").replaceChildren(...o.articles.map((a, n) => {
      const option = el("option", { value: n }, (a.left ? a.left + " · " : "✓ ") + a.name);
      option.selected = n === S.article.number;
      return option;
    }));
  }

  function paintList() {
    $("list").replaceChildren(...S.article.items.map((i) =>
      el("li", {}, el("button", { type: "button", class: i.id === S.current ? "current" : "", onclick: () => show(i.id) },
        el("span", { "aria-hidden": "true" }, i.answer ? "✓" : "○"),
        el("span", { class: "words" }, i.label),
        el("small", {}, i.answer ? i.answer.text : i.rule + " · " + i.place)))));
    const changed = S.article.items.filter((i) => i.answer && i.answer.action !== "keep" && i.answer.action !== "allow");
    $("changes").replaceChildren(...(changed.length ? changed : [null]).map((i) => i === null
      ? el("li", {}, t("no_changes"))
      : el("li", {}, el("small", {}, i.place + " · " + i.rule), el("br"), i.before, lead(i), ...change(i), i.after)));
    $("tab-changes").textContent = t("changes", { count: changed.length });
    const row = document.querySelector("#list .current");
    if (row) row.scrollIntoView({ block: "nearest" });
  }

  function paintCard() {
    const i = current(), card = $("card");
    card.hidden = S.groups;
    if (i === null) {
      const left = S.overview.left;
      card.replaceChildren(el("h2", {}, left ? t("end_of_article") : t("all_done")), el("p", { class: "message" }, left ? t("left", { left }) : t("all_done_hint")),
        el("div", { class: "row" }, left ? button("next", () => go(+1)) : null, button("finish", finish, "main")));
      return;
    }
    const choose = (n, key, words, small) => el("li", {}, el("button",
      { type: "button", class: S.highlight === n ? "chosen" : "", "data-option": n, onclick: () => act(commandOf(i, n)) },
      el("kbd", {}, key), el("span", { class: "words" }, words), small ? el("small", {}, small) : null));
    const parts = [
      el("h2", {}, i.rule + " · " + i.kind + " · " + i.confidence),
      el("p", { class: "where-is" }, [t("number_of", { number: S.article.items.indexOf(i) + 1, count: S.article.items.length }), i.place, i.answer ? i.answer.text : t("no_answer")].join(" · ")),
      el("p", { class: "message" }, i.message),
    ];
    for (const notice of i.notices) parts.push(el("p", { class: "notice" }, notice));
    if (i.note) parts.push(el("p", { class: "note" }, t("note_shown", { text: i.note })));
    parts.push(el("ul", { class: "options" }, choose(0, "0", t("keep"), i.label),
      ...i.options.map((o, n) => choose(n + 1, String(n + 1), o.text, o.score + " · " + o.source + " · " + o.why)),
      ownAnswer(i) ? choose(i.options.length + 1, "✓", ownAnswer(i).text) : null));
    parts.push(el("div", { class: "row" }, button("edit", edit), button("delete", () => act({ do: "delete", item: i.id })),
      button("later", () => go(+1)), button("all_alike", askScope), window.backend.features.allow ? button("allow", askAllow) : null, button("note", askNote)));
    if (i.evidence.length) parts.push(el("details", {}, el("summary", {}, t("evidence")), el("ul", {}, ...i.evidence.map((line) => el("li", {}, line)))));
    card.replaceChildren(...parts);
  }
  const button = (name, onclick, style) => el("button", { type: "button", "data-act": name, class: style || "", onclick }, t(name));

  function paintGroups() {
    const head = el("div", { class: "head" }, el("h2", {}, t("groups_title", { count: S.overview.groups.length })), el("p", {}, S.overview.groupScope));
    $("groups").replaceChildren(head, ...S.overview.groups.map((g, n) => {
      const give = (command) => () => act(Object.assign({ group: g.id }, command));
      return el("div", { class: "group" + (n === S.group ? " current" : ""), "data-group": g.id },
        el("div", { class: "count" }, (g.left ? g.left + "/" + g.count : "✓ " + g.count) + " " + t("places"), el("small", {}, t("in_articles", { count: g.articles }) + " · " + g.rule)),
        el("div", { class: "words" }, "[" + g.text + "] ", el("small", {}, g.answer), el("small", { class: "why" }, g.message)),
        el("div", { class: "row" },
          ...g.options.map((o, k) => el("button", { type: "button", onclick: give({ do: "choose", number: k + 1 }), title: o.score + " · " + o.source + " · " + o.why }, el("kbd", {}, String(k + 1)), " → " + o.text)),
          el("button", { type: "button", onclick: give({ do: "choose", number: 0 }) }, el("kbd", {}, "0"), " " + t("keep_all")),
          el("button", { type: "button", onclick: () => { S.group = n; editGroup(); } }, t("edit")),
          el("button", { type: "button", onclick: give({ do: "delete" }) }, t("delete")),
          el("button", { type: "button", onclick: () => { S.group = n; openGroup(); } }, t("open_group"))));
    }));
  }

  function showGroups(on) {
    S.groups = on;
    for (const node of [$("text"), document.querySelector("aside")]) node.hidden = on;
    $("groups").hidden = !on;
    paintHeader();
    if (on) paintGroups();
    else show(S.current);  // its answer may have changed meanwhile
  }

  function say(text) {
    $("notice").textContent = text || "";
    $("notice").hidden = !text;
  }

  // Moving about

  function show(id) {
    S.current = id;
    if (S.groups) return showGroups(false);
    const i = current();
    S.highlight = i && i.safe ? 1 : 0;
    if (i && i.answer) {
      const changed = ["accept", "edit", "delete"].includes(i.answer.action);
      S.highlight = ownAnswer(i) ? i.options.length + 1 : changed ? i.options.findIndex((o) => o.raw === i.answer.raw) + 1 : 0;
    }
    repaint();
    if (i) place(id).scrollIntoView({ block: "center" });
  }
  function go(step) {
    const at = S.article.items.findIndex((i) => i.id === S.current);
    const to = S.article.items[(at < 0 && step < 0 ? S.article.items.length : at) + step];
    if (to) show(to.id);
    else if (step > 0 && S.article.number + 1 < S.overview.articles.length) open(S.article.number + 1);
    else if (step > 0) show(null);
    else if (S.article.number > 0) open(S.article.number - 1, true);
  }
  async function open(number, last) {
    const answer = await call(() => window.backend.load(number));
    if (!answer) return;
    S.overview = answer.overview;
    S.article = answer.article;
    paintText();
    const items = S.article.items;
    const first = last ? items[items.length - 1] : items.find((i) => !i.answer) || items[0];
    show(first ? first.id : null);
  }
  async function follow(next) {
    if (next === null) return show(null);
    if (next.article !== S.article.number) {
      const answer = await call(() => window.backend.load(next.article));
      if (!answer) return;
      S.article = answer.article;
      S.overview = answer.overview;
      paintText();
    }
    show(next.item);
  }

  // Answers

  async function call(what) {
    if (S.busy) return null;
    S.busy = true;
    try {
      return await what();
    } catch (error) {
      say(t("lost"));
      return null;
    } finally {
      S.busy = false;
    }
  }
  async function act(command) {
    const answer = await call(() => window.backend.act(Object.assign({ article: S.article.number }, command)));
    if (!answer) return;
    S.overview = answer.overview;
    S.article.items = answer.items;
    S.editing = null;
    if (S.groups) {
      if (command.do !== "undo") {
        const after = S.overview.groups.findIndex((g, n) => n > S.group && g.left);
        S.group = after >= 0 ? after : S.group;
      }
      repaint();
    } else if (answer.stay) repaint();
    else await follow(answer.next);
    say(answer.notice);
  }
  function edit() {
    const i = current();
    if (!i || S.editing !== null) return;
    const own = ownAnswer(i);
    const chosen = S.highlight > i.options.length ? (own ? own.raw : "") : S.highlight ? i.options[S.highlight - 1].raw : "";
    const field = el("input", { type: "text", "aria-label": t("edit"), autocomplete: "off", spellcheck: "false", lang: "vi" });
    field.value = (chosen || i.raw).normalize("NFC");
    S.editing = i.id;
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Enter") {
        event.preventDefault();
        act({ do: "write", item: i.id, text: field.value.normalize("NFC") });
      } else if (event.key === "Escape") {
        S.editing = null;
        repaint();
      }
    });
    place(i.id).replaceChildren(field);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    say(t("edit_keys"));
  }

  // Questions

  function ask(title, ...parts) {
    const dialog = $("dialog");
    dialog.replaceChildren(el("h2", {}, title), ...parts);
    dialog.showModal();
    dialog.focus();  // no choice has the focus: Enter by itself answers nothing
  }
  const choices = (...entries) => el("div", { class: "choices" }, ...entries.filter(Boolean).map(([text, run, style], n) =>
    el("button", { type: "button", class: style || "", "data-choice": n + 1, onclick: () => { $("dialog").close(); run(); } }, text)));
  function fieldOf(label, value) {
    const field = el("input", { type: "text", autocomplete: "off", lang: "vi" });
    field.value = value || "";
    return [el("label", {}, label, field), field];
  }
  function answerAtHand(i) {
    const own = S.highlight > i.options.length ? ownAnswer(i) : null;
    const said = own ? own.text : S.highlight && S.highlight <= i.options.length ? i.options[S.highlight - 1].text : t("keep");
    return Object.assign(commandOf(i, S.highlight), { said });
  }
  function askScope() {
    const i = current();
    if (!i) return;
    const { said, ...command } = answerAtHand(i);
    const scope = (name) => [t("scope_question_" + name, Object.assign({ folder: S.overview.folder }, i.reach[name])), () => act(Object.assign({ item: i.id, scope: name }, command))];
    ask(t("scope_title", { answer: said.charAt(0).toUpperCase() + said.slice(1) }), choices(scope("this"), scope("file"), window.backend.features.everywhere ? scope("everywhere") : null));
  }
  function askAllow() {
    const i = current();
    if (!i) return;
    const [termLabel, term] = fieldOf(t("allow_term"), i.raw), [contextLabel, context] = fieldOf(t("allow_context")), [reasonLabel, reason] = fieldOf(t("allow_reason"));
    const give = (inFile) => () => act({ do: "allow", item: i.id, term: term.value, file: inFile, context: context.value, reason: reason.value });
    ask(t("allow_title"), termLabel, contextLabel, reasonLabel,
      choices([t("allow_file", { path: S.overview.articles[S.article.number].name }), give(true)], [t("allow_everywhere", { folder: S.overview.folder }), give(false)]));
  }
  function askNote() {
    const i = current();
    if (!i) return;
    const [label, field] = fieldOf(t("note_label"), i.note);
    ask(t("note"), label, choices([t("save"), () => act({ do: "note", item: i.id, text: field.value.normalize("NFC") }), "main"]));
    field.focus();
  }
  function editGroup() {
    const g = S.overview.groups[S.group];
    const [label, field] = fieldOf(t("edit_group", { count: g.count }), g.options.length ? g.options[0].raw : g.text);
    ask(t("edit"), label, choices([t("save"), () => act({ do: "write", group: g.id, text: field.value.normalize("NFC") }), "main"]));
    field.focus();
  }
  async function openGroup() {
    const g = S.overview.groups[S.group];
    const answer = await call(() => window.backend.act({ do: "open", group: g.id, article: S.article.number }).catch(() => null));
    if (answer) await follow(answer.next);
    else show(g.item);
  }
  function help() {
    const rows = t("help_keys").split("\n").map((line) => { const [keys, ...what] = line.split("\t"); return el("tr", {}, el("td", {}, el("kbd", {}, keys)), el("td", {}, what.join(" "))); });
    ask(t("help"), el("table", {}, el("tbody", {}, ...rows)), choices([t("back"), () => {}]));
  }
  function finish() {
    const o = S.overview, done = o.total - o.left;
    const parts = [el("p", {}, t("summary", { done, left: o.left }))];
    if (o.left) parts.push(el("p", {}, t("left_as_is")));
    if (o.stale.length) parts.push(el("p", {}, t("stale", { count: o.stale.length })), el("ul", {}, ...o.stale.map((s) => el("li", {}, s))));
    if (window.backend.features.download) {
      const [label, field] = fieldOf(t("your_name"), window.backend.name());
      field.addEventListener("input", () => window.backend.setName(field.value.normalize("NFC")));
      ask(t("finish"), ...parts, label, choices([t("download"), () => window.backend.finish(), "main"], [t("back"), () => {}]));
      return;
    }
    const leave = (write) => async () => {
      const answer = await call(() => window.backend.finish(write));
      if (answer) document.body.replaceChildren(el("main", {}, el("article", { id: "text" }, t(write ? "closed_written" : "closed", { target: o.target }))));
    };
    ask(t("finish"), ...parts, choices([t("write", { target: o.target }), leave(true), "main"], [t("leave"), leave(false)], [t("back"), () => {}]));
  }

  // Keys: the same as in the terminal

  const keys = {
    Enter: () => { const i = current(); if (i) act(commandOf(i, S.highlight)); else finish(); },
    ArrowDown: () => move(+1), ArrowUp: () => move(-1), ArrowRight: () => go(+1), " ": () => go(+1), ArrowLeft: () => go(-1),
    Home: () => S.article.items.length && show(S.article.items[0].id), End: () => show(null),
    e: edit, "-": () => { const i = current(); if (i) act({ do: "delete", item: i.id }); },
    "*": askScope, "!": () => window.backend.features.allow && askAllow(), n: askNote, "?": help, Escape: finish, Tab: () => showGroups(!S.groups),
  };
  const groupKeys = {
    ArrowDown: () => moveGroup(+1), ArrowUp: () => moveGroup(-1), Enter: openGroup, ArrowRight: openGroup, e: editGroup,
    "-": () => act({ do: "delete", group: S.overview.groups[S.group].id }), "?": help, Escape: finish, Tab: () => showGroups(false),
  };
  function move(step) {
    const i = current();
    if (!i) return;
    const lines = i.options.length + 1 + (ownAnswer(i) ? 1 : 0);
    S.highlight = (S.highlight + step + lines) % lines;
    paintCard();
  }
  function moveGroup(step) {
    S.group = Math.max(0, Math.min(S.group + step, S.overview.groups.length - 1));
    paintGroups();
    document.querySelector(".group.current").scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.key === "Process") return;  // an input method is at work
    if ($("dialog").open) {
      const choice = /^[1-9]$/.test(event.key) && event.target.tagName !== "INPUT" && document.querySelector('#dialog [data-choice="' + event.key + '"]');
      if (choice) choice.click();
      return;
    }
    if (["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName)) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === "z" && !event.altKey && !event.shiftKey) { event.preventDefault(); act({ do: "undo" }); }
      return;
    }
    if (event.altKey || (event.key === "Tab" && event.shiftKey)) return;
    const focused = event.target !== document.body && event.target !== $("text");
    if (focused && ["Enter", " ", "Tab"].includes(event.key)) return;  // the focused button's own key, or a walk by Tab
    let run = (S.groups ? groupKeys : keys)[event.key];
    if (/^[0-9]$/.test(event.key)) run = () => digit(Number(event.key));
    if (!run) {
      if (event.key.length === 1 && event.key > "\u007f") say(t("input_method"));
      return;
    }
    event.preventDefault();
    if (event.repeat && !event.key.startsWith("Arrow")) return;  // a key held down answers once
    say("");
    run();
  });
  function digit(number) {
    const options = S.groups ? S.overview.groups[S.group].options : current() ? current().options : null;
    if (options === null) return;
    if (number > options.length) return say(t("no_such_option", { number }));
    act(Object.assign({ do: "choose", number }, S.groups ? { group: S.overview.groups[S.group].id } : { item: S.current }));
  }

  async function start() {
    const first = await window.backend.start();
    S.strings = first.strings;
    S.overview = first.overview;
    S.article = first.article;
    document.documentElement.lang = S.strings.language;
    document.title = S.overview.articles[S.article.number].name + " · ntm-repair";
    for (const [id, key] of [["undo", "undo"], ["help", "help"], ["finish", "finish"], ["tab-list", "list"]]) $(id).textContent = t(key);
    $("undo").addEventListener("click", () => act({ do: "undo" }));
    $("help").addEventListener("click", help);
    $("finish").addEventListener("click", finish);
    $("to-groups").addEventListener("click", () => showGroups(!S.groups));
    $("articles").addEventListener("change", (event) => open(Number(event.target.value)));
    $("articles").setAttribute("aria-label", t("articles"));
    const tab = (changes) => () => {
      $("list").hidden = changes;
      $("changes").hidden = !changes;
      $("tab-list").setAttribute("aria-selected", String(!changes));
      $("tab-changes").setAttribute("aria-selected", String(changes));
    };
    $("tab-list").addEventListener("click", tab(false));
    $("tab-changes").addEventListener("click", tab(true));
    paintText();
    show(first.next ? first.next.item : null);
    if (S.overview.articles.length > 1 && S.overview.left) showGroups(true);
  }
  start();
})();
