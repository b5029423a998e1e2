// What every page does by itself, once a visit: open menus close, and paper gets what fits on it.
const PAPER = 1180; // pixels across A4 on its side, at the scale of styles/print.css
const LEAST = 92; // pixels of a column of the heat table, as in styles/heat.css

function settlePage() {
  if (window.vdSettled) return;
  window.vdSettled = true;
  addEventListener("click", (event) => {
    const at = event.target.closest?.(".vd-take"), png = event.target.closest?.("a[data-png]");
    if (png) { event.preventDefault(); toBitmap(png.href); }
    closeMenus(event.target.closest?.("a, button") ? null : at);
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector(".vd-take[open] > summary")?.focus();
    closeMenus(null);
  });
  setTimeout(fetchLater, 4000);
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", toScreen);
}

// What the next page will want, once this one has been read; not for who pays by the byte.
function fetchLater() {
  if (navigator.connection?.saveData) return;
  for (const link of document.querySelectorAll('link[rel="vd-later"]')) link.rel = "prefetch";
}

function closeMenus(but) {
  for (const menu of document.querySelectorAll(".vd-take[open]")) if (menu !== but) menu.open = false;
}

// A picture that the server has drawn, as a bitmap of twice its size.
async function toBitmap(address) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const image = new Image();
  image.src = URL.createObjectURL(await answer.blob());
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await new Promise((done) => canvas.toBlob(done, "image/png")));
  const name = /filename\*=UTF-8''(.*)\.svg/.exec(answer.headers.get("Content-Disposition"));
  link.download = `${name?.[1] ?? "van-dan"}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function toPaper() {
  splitTables();
  // Plotly's drawing keeps the size of the screen: it gets a frame in which it can be scaled.
  for (const box of document.querySelectorAll(".js-plotly-plot .svg-container")) {
    const [width, height] = [box.offsetWidth, box.offsetHeight];
    box.style.setProperty("--vd-ratio", `${width} / ${height}`);
    box.style.setProperty("--vd-width", `${width}px`);
    for (const layer of box.querySelectorAll(":scope > .main-svg"))
      layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
  // A table that scrolls sideways on the screen is made smaller until its last column is there.
  const page = document.querySelector("[data-testid=stMainBlockContainer]")?.clientWidth || PAPER;
  for (const box of document.querySelectorAll(".vd-own *")) {
    if (!/auto|scroll/.test(getComputedStyle(box).overflow) || box.matches(".vd-sheets")) continue;
    const room = (PAPER * box.clientWidth) / page;
    box.classList.add("vd-opened");
    box.style.setProperty("--vd-fit", Math.min(1, room / box.scrollWidth));
  }
}

// The heat table stands on as many sheets as its columns need, each with the first columns again.
function splitTables() {
  for (const table of document.querySelectorAll(".vd-heat-box > table.vd-heat")) {
    const widths = [...table.tHead.rows[0].cells].map((cell) => Math.max(cell.offsetWidth, LEAST));
    const stays = [...table.tHead.rows[0].cells].findIndex((cell) => cell.querySelector("a"));
    const all = widths.slice(stays).reduce((sum, width) => sum + width, 0);
    const room = PAPER - widths.slice(0, stays).reduce((sum, width) => sum + width, 0);
    const sheets = Math.ceil(all / room), each = Math.ceil((widths.length - stays) / sheets);
    if (stays < 0 || sheets < 2) continue;
    for (let from = stays; from < widths.length; from += each) {
      const part = table.cloneNode(true);
      for (const row of part.rows)
        [...row.cells].forEach((cell, n) => {
          if (n >= stays && (n < from || n >= from + each)) cell.remove();
        });
      part.classList.add("vd-part");
      table.parentElement.append(part);
    }
    table.parentElement.classList.add("vd-sheets");
  }
}

function toScreen() {
  for (const part of document.querySelectorAll(".vd-heat.vd-part")) part.remove();
  for (const box of document.querySelectorAll(".vd-sheets")) box.classList.remove("vd-sheets");
  for (const layer of document.querySelectorAll(".svg-container > .main-svg"))
    layer.removeAttribute("viewBox");
}
