// What only the writer can decide, asked above the form: two windows that both saved, or words that were sent before.
// autosave.js tells of it by an event that carries what each answer does.

const form = document.querySelector("form[data-editing]");

function make(tag, properties, ...children) {
  const one = Object.assign(document.createElement(tag), properties);
  one.append(...children);
  return one;
}

function button(words, act, isFirst = false) {
  const one = make("button", { type: "button", className: isFirst ? "btn btn-act" : "btn", textContent: words });
  one.addEventListener("click", act);
  return one;
}

function show(look, title, words, ...more) {
  const panel = make("section", { className: `${look} stack section`, role: "alert", tabIndex: -1 });
  panel.append(make("h2", { textContent: title }), make("p", { textContent: words }), ...more);
  form.before(panel);
  panel.scrollIntoView({ block: "nearest" });
  return panel;
}

const LABELS = { title: "Title", kind: "Kind", aliases: "Also called", summary: "Plain summary", body: "Text", note: "For the reviewer", weight: "What it means for a patient", meaning: "What is different for them" };
const paragraphs = (text) => text.split(/\n\s*\n/).map((one) => one.trim()).filter(Boolean);

const chosen = (value) => form.querySelector(`option[value="${CSS.escape(value)}"]`) ?? form.querySelector(`[type="radio"][value="${CSS.escape(value)}"]`)?.labels[0];
const labelOf = (value) => chosen(value)?.textContent.trim() ?? value;
const wordsOf = (name, value = "") => paragraphs(name === "weight" && value ? labelOf(value) : value);
const inWords = (row) => row.filter(Boolean).map(labelOf).join(" · ");

function rowsOf(typed, kind) {
  const rows = {};
  for (const [name, value] of typed) {
    const [, number, field] = new RegExp(`^${kind}-(\\d+)-(\\w+)$`).exec(name) ?? [];
    if (field && field !== "offered" && value) (rows[number] ??= []).push(value);
  }
  // A row that only offers its relation says nothing yet.
  return Object.values(rows).filter((row) => row.length > 1).map(inWords);
}

function comparison(typed, theirs) {
  const here = Object.fromEntries(typed);
  const cited = theirs.statements.map((row, place) => [...Object.values(row), ...theirs.cited[place]]);
  const compared = [
    ...Object.keys(LABELS).map((name) => [LABELS[name], wordsOf(name, here[name]), wordsOf(name, theirs.head[name])]),
    ["Codes", rowsOf(typed, "codes"), theirs.codes.map((row) => inWords(Object.values(row)))],
    ["Statements", rowsOf(typed, "statements"), cited.map(inWords)],
  ];
  const column = (title, words) => make("div", { className: "field" }, make("h4", { className: "label", textContent: title }), ...(words.length ? words : ["(nothing else)"]).map((one) => make("p", { textContent: one })));
  const box = make("div", { className: "stack" });
  for (const [label, ours, others] of compared) {
    const only = ours.filter((one) => !others.includes(one));
    const there = others.filter((one) => !ours.includes(one));
    if (only.length || there.length) box.append(make("h3", { textContent: label }), make("div", { className: "work work-even" }, column("Only here", only), column("Only in the other window", there)));
  }
  if (!box.childElementCount) box.append(make("p", { textContent: "Both say the same paragraphs, in another order or more than once." }));
  return box;
}

form?.addEventListener("clash", ({ detail }) => {
  const { typed, answer, put, take } = detail;
  show(
    "errors",
    "This draft was saved in another window",
    `The other window saved${answer.at && ` at ${answer.at}`}. Nothing is lost: both texts are kept until you choose.`,
    make("details", { className: "box" }, make("summary", { textContent: "Compare the two" }), comparison(typed, answer.theirs)),
    make("p", { className: "row" }, button("Keep the text of this window", put, true), button("Take the text of the other window", take)),
  );
});

form?.addEventListener("sent", ({ detail }) => {
  const { kept, put, forget } = detail;
  const panel = show(
    "notice",
    "You sent something from here before",
    `This browser still keeps what you sent on ${new Date(kept.when).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })}. If it arrived, it is among your drafts or waits for review, and you need this copy no more.`,
  );
  const close = (act) => () => {
    panel.remove();
    act();
  };
  panel.append(
    make("p", { className: "row" }, make("a", { className: "btn", href: "/drafts/", textContent: "See my drafts" }), button("It arrived: forget the copy", close(forget)), button("Begin again with those words", close(put))),
  );
});
