// Comfort for the assistant's pages: copying, colours in JSON, texts that arrive by themselves. All pages work without.
(function () {
  "use strict";

  function copyButton(text, label, copiedLabel) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = label;
    button.addEventListener("click", async () => {
      await copy(text());
      button.textContent = copiedLabel;
      setTimeout(() => {
        button.textContent = label;
      }, 1500);
    });
    return button;
  }

  /** The clipboard's interface exists only on secure origins; a laptop's address in the network is none. */
  async function copy(text) {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(text);
        return;
      } catch {
        // Refused by the browser: the older way below still may.
      }
    }
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  function addCopyButton(row) {
    const code = row.querySelector("code");
    const button = copyButton(() => code.textContent, "Copy", "Copied");
    button.setAttribute("aria-label", `Copy ${code.textContent}`);
    row.classList.add("has-button");
    row.append(button);
  }

  const jsonPart = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

  function colourJson(pre) {
    const code = pre.querySelector("code");
    const text = code.textContent;
    const coloured = document.createDocumentFragment();
    let end = 0;
    for (const match of text.matchAll(jsonPart)) {
      const part = document.createElement("span");
      part.className = match[2] ? "json-key" : match[1] ? "json-text" : "json-other";
      part.textContent = match[1] || match[0];
      coloured.append(text.slice(end, match.index), part, match[2] || "");
      end = match.index + match[0].length;
    }
    coloured.append(text.slice(end));
    code.replaceChildren(coloured);

    const frame = document.createElement("div");
    frame.className = "json-frame";
    pre.replaceWith(frame);
    frame.append(pre, copyButton(() => text, "Copy", "Copied"));
  }

  function showBusy(form) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
      form.classList.add("is-busy");
    });
    window.addEventListener("pageshow", () => {
      sent = false;
      form.classList.remove("is-busy");
    });
  }

  function showClock(clock) {
    const show = () => {
      const now = new Date();
      clock.textContent = `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
    };
    show();
    setInterval(show, 1000);
  }

  function addCodeButton(list, item) {
    const body = item.querySelector(".text-body");
    const code = body.textContent.match(/(?<!\d)\d{4,8}(?!\d)/);
    if (code) item.append(copyButton(() => code[0], `${list.dataset.copyLabel} ${code[0]}`, list.dataset.copiedLabel));
  }

  function textItem(list, message) {
    const item = document.getElementById("text-template").content.firstElementChild.cloneNode(true);
    item.classList.add("is-new");
    item.querySelector(".text-time").textContent = message.time;
    item.querySelector("bdi").textContent = message.to;
    item.querySelector(".text-body").textContent = message.text;
    addCodeButton(list, item);
    return item;
  }

  /** Asks for the texts every other second and shows what is new on top. The answer lists the newest first. */
  function followTexts(list) {
    const empty = document.querySelector("[data-texts-empty]");
    list.querySelectorAll(".text").forEach((item) => addCodeButton(list, item));
    const update = async () => {
      try {
        const response = await fetch(list.dataset.texts, { headers: { accept: "application/json" } });
        if (response.ok) show((await response.json()).messages);
      } catch {
        // The demo has been stopped or is starting: the next round will tell.
      }
      setTimeout(update, 1500);
    };
    const key = (message) => [message.time, message.to, message.text].join("\n");
    const read = (item) => ({
      time: item.querySelector(".text-time").textContent,
      to: item.querySelector("bdi").textContent,
      text: item.querySelector(".text-body").textContent,
    });
    const show = (messages) => {
      const newest = list.firstElementChild && key(read(list.firstElementChild));
      const known = messages.findIndex((message) => key(message) === newest);
      if (known < 0) list.replaceChildren();
      const fresh = known < 0 ? messages : messages.slice(0, known);
      list.prepend(...fresh.map((message) => textItem(list, message)));
      empty.hidden = messages.length > 0;
    };
    update();
  }

  /** The screen of the drawn phone is short: what the skill has just sent must not be cut off. Where a turn is longer
   *  than the screen, its beginning counts. */
  function showWhole(part) {
    part.scrollIntoView({ block: "nearest" });
  }

  /** A phone is narrower than the tabs: the one of this page must be among those that are seen. */
  function showTab(tab) {
    const list = tab.closest("ul");
    list.scrollLeft = tab.offsetLeft - list.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
  }

  document.querySelectorAll("[data-copy]").forEach(addCopyButton);
  document.querySelectorAll("[data-json]").forEach(colourJson);
  document.querySelectorAll("form").forEach(showBusy);
  document.querySelectorAll(".app-section .skill-card").forEach(showWhole);
  [...document.querySelectorAll(".app-section .said")].slice(-1).forEach(showWhole);
  document.querySelectorAll(".tabs [aria-current]").forEach(showTab);
  document.querySelectorAll("[data-clock]").forEach(showClock);
  document.querySelectorAll("[data-texts]").forEach(followTexts);
})();
