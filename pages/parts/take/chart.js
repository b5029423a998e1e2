// The title of a chart with its menu, and the chart as a picture of its own: what plotly has drawn
// in the page, between a title and the lines that say whose it is. Nothing is asked of the server
// but the typeface.
const SVG = "http://www.w3.org/2000/svg";
const FACES = [[400, "Regular"], [600, "SemiBold"]];
const PAD = 20, TITLE = 22, LINE = 17, SCALE = 2;
const INK = "#16262e", MUTE = "#5c6f79", MARK = "#7a5a00";

function chart(key) {
  return document.querySelector(`.st-key-${CSS.escape(key)} .js-plotly-plot .svg-container`);
}

// Words in lines that fit into a width, measured as they will be drawn.
function wrap(text, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && pen.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function words(lines, top, height, look) {
  return lines.map((text, n) => element("text", { x: PAD, y: top + n * height, ...look }, text));
}

async function typeface() {
  const rules = await Promise.all(FACES.map(async ([weight, name]) => {
    const file = await (await fetch(`/fonts/BeVietnamPro-${name}.ttf`)).blob();
    const address = await new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.replace("application/octet-stream", "font/ttf"));
      reader.onerror = failed;
      reader.readAsDataURL(file);
    });
    return `@font-face{font-family:"Be Vietnam Pro";font-weight:${weight};src:url(${address})}`;
  }));
  return element("style", {}, rules.join(""));
}

// The layers of plotly, one on the other, without what only answers the mouse.
function layers(box, top) {
  return [...box.querySelectorAll(":scope > .main-svg")].map((layer) => {
    const copy = layer.cloneNode(true);
    copy.querySelectorAll(".draglayer, .hoverlayer, .zoomlayer, .modebar").forEach((e) => e.remove());
    copy.removeAttribute("class");
    copy.setAttribute("x", PAD);
    copy.setAttribute("y", top);
    copy.style.background = "none";
    copy.style.overflow = "visible";
    return copy;
  });
}

async function picture(data) {
  const box = chart(data.key);
  if (!box) return null;
  const [inside, tall] = [box.offsetWidth, box.offsetHeight];
  const title = wrap(data.title, inside, "600 16px 'Be Vietnam Pro'");
  const small = data.lines.flatMap((line) => wrap(line, inside, "400 11px 'Be Vietnam Pro'"));
  const mark = data.simulated ? [data.simulated] : [];
  const top = PAD + TITLE * title.length + LINE * mark.length;
  const below = top + tall + LINE;
  const [width, height] = [inside + 2 * PAD, below + LINE * small.length + PAD / 2];
  const made = element("svg", {
    xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "font-family": "'Be Vietnam Pro', 'Noto Sans', Arial, sans-serif",
  });
  made.append(
    element("title", {}, data.title),
    element("desc", {}, [...mark, ...data.lines].join(". ")),
    await typeface(),
    element("rect", { width, height, fill: "#fff" }),
    ...words(title, PAD + 14, TITLE, { "font-size": 16, "font-weight": 600, fill: INK }),
    ...words(mark, PAD + 14 + TITLE * title.length - 2, LINE,
      { "font-size": 12, "font-weight": 600, fill: MARK }),
    ...layers(box, top),
    ...words(small, below, LINE, { "font-size": 11, fill: MUTE }),
  );
  return { text: new XMLSerializer().serializeToString(made), width, height };
}

function blob(text) { return new Blob([text], { type: "image/svg+xml;charset=utf-8" }); }

async function bitmap(made) {
  const image = new Image();
  image.src = URL.createObjectURL(blob(made.text));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(made.width * SCALE);
  canvas.height = Math.round(made.height * SCALE);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function give(kind, data, status) {
  try {
    const made = await picture(data);
    const name = `${data.file}.${kind}`;
    save(kind === "svg" ? blob(made.text) : await bitmap(made), name);
    status.textContent = data.done.replace("{file}", name);
  } catch (error) {
    status.textContent = data.failed;
    console.warn(error);
  }
}

export default function ({ parentElement, data }) {
  const box = parentElement.querySelector(".vd-own");
  if (box.vdHtml !== data.html) { box.innerHTML = data.html; box.vdHtml = data.html; }
  box.onclick = (event) => {
    const button = event.target.closest("button[data-as]");
    if (button) give(button.dataset.as, data, box.querySelector("[role=status]"));
  };
}
