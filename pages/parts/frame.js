// What belongs to the window and not to one page: its language, Streamlit's own words, keys, copying.
const SAID = ["aria-label", "title", "placeholder"];
// Ours is written in the right language; what holds many marks and no words costs time.
const PASSED = ".vd-own, script, style, svg, textarea";

function visit(address) {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}

function wanted(text) {
  const plain = text.trim();
  if (!plain || plain.length > 120) return null;
  for (const [pattern, by] of window.vdWords)
    if (pattern.test(plain)) return text.replace(plain, plain.replace(pattern, by));
  return null;
}

function translateText(node) {
  const text = node.parentElement?.closest(PASSED) ? null : wanted(node.nodeValue);
  if (text !== null && text !== node.nodeValue) node.nodeValue = text;
}

function translateMarks(element) {
  if (element.closest(PASSED)) return;
  for (const name of SAID) {
    const old = element.getAttribute(name);
    const text = old === null ? null : wanted(old);
    if (text !== null && text !== old) element.setAttribute(name, text);
  }
}

function translate(root) {
  if (root.nodeType === Node.TEXT_NODE) return translateText(root);
  if (root.nodeType !== Node.ELEMENT_NODE || root.closest(PASSED)) return;
  translateMarks(root);
  for (const element of root.querySelectorAll(SAID.map((name) => `[${name}]`).join())) translateMarks(element);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) translateText(walker.currentNode);
}

function watch() {
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else if (change.type === "characterData") translateText(change.target);
      else translateMarks(change.target);
    }
    nameRegions();
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: SAID });
}

// Streamlit names its regions in English or not at all.
function nameRegions() {
  const main = document.querySelector("[data-testid=stMain]");
  if (main && main.getAttribute("role") !== "main") main.setAttribute("role", "main");
  // It takes the focus and has a name: it is no mere decoration.
  for (const zone of document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]"))
    zone.setAttribute("role", "group");
}

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable], [role=listbox], [role=combobox], [role=dialog]");
}

// A key that a link of ours names opens it: ← → and Esc of the presentation.
function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const open = document.querySelector(".vd-options[open]");
  if (event.key === "Escape" && open) {
    open.open = false;
    open.querySelector("summary").focus();
    return;
  }
  if (event.key === "Escape" && document.querySelector("details[open].vd-take, [role=dialog], [data-close]")) return;
  const link = document.querySelector(`a[data-key~="${CSS.escape(event.key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
}

function onClick(event) {
  const open = document.querySelector(".vd-options[open]");
  if (open && !open.contains(event.target)) open.open = false;
  if (event.target.closest?.(".vd-skip")) skip(event);
  const button = event.target.closest?.("[data-copy]");
  if (button) copy(button);
  const taker = event.target.closest?.("[data-copy-text]");
  if (taker) copyText(taker);
}

// The text of an element; where the browser keeps its clipboard to itself it is selected instead.
async function copyText(button) {
  const source = document.getElementById(button.dataset.copyText), said = button.nextElementSibling;
  try {
    await navigator.clipboard.writeText(source.textContent);
    said.textContent = button.dataset.done;
  } catch {
    getSelection().selectAllChildren(source);
    said.textContent = button.dataset.byHand;
  }
}

function skip(event) {
  event.preventDefault();
  const main = document.querySelector("[data-testid=stMain]");
  main.setAttribute("tabindex", "-1");
  main.focus();
}

async function copy(button) {
  const box = button.closest(".vd-options");
  const [field, said] = [box.querySelector("input[readonly]"), box.querySelector("[role=status]")];
  const address = new URL(button.dataset.copy || location.href, location).href;
  try {
    await navigator.clipboard.writeText(address);
    field.hidden = true;
    said.textContent = button.dataset.done;
  } catch {
    // Without https the browser keeps its clipboard to itself.
    Object.assign(field, { value: address, hidden: false });
    field.focus();
    field.select();
    said.textContent = button.dataset.byHand;
  }
}

// "12/10/2021" as "2021-10-12"; null for what is no day.
function isoDay(written) {
  const [, day, month, year] = written.match(/^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/) || [];
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCDate() === Number(day) && found.getUTCMonth() === month - 1 ? found.toISOString().slice(0, 10) : null;
}

function onSubmit(event) {
  const form = event.target.closest?.("form[data-known]");
  if (!form) return;
  event.preventDefault();
  const written = form.elements.known.value.trim();
  const day = isoDay(written);
  const isRight = !written || (day && day <= form.dataset.known);
  form.querySelector("[role=alert]").textContent = isRight ? "" : form.dataset.wrong;
  if (!isRight) return;
  const address = new URL(location);
  if (day) address.searchParams.set("known", day);
  else address.searchParams.delete("known");
  visit(address.pathname + address.search);
}

export default function ({ data }) {
  document.documentElement.lang = data.language;
  window.vdWords = data.words.map(([pattern, by]) => [new RegExp(pattern), by]);
  translate(document.body);
  nameRegions();
  if (window.vdFramed) return;
  window.vdFramed = true;
  watch();
  addEventListener("keydown", onKey);
  addEventListener("click", onClick);
  addEventListener("submit", onSubmit);
}
