// Comfort for the hosted sign-in pages. Every page works without this file: nothing here is needed to sign in, and
// nothing here decides anything. Words come from the page's data attributes, in the page's language.
(function () {
  "use strict";

  const digitsOf = (text) => text.replace(/\D/g, "");

  /** Sends a form as a click on its main button would, so that the button's name goes with it. */
  function submitForm(form) {
    const button = form.querySelector(".submit .button");
    if (form.requestSubmit) form.requestSubmit(button || undefined);
    else if (button) button.click();
  }

  /** A second press does nothing while the first is on its way. Coming back by the back button frees the form again. */
  function preventDoubleSubmit(form) {
    let submitter = null;
    let sent = false;
    const label = (button) => button.textContent || button.value;
    const setLabel = (button, text) => {
      if (button.tagName === "INPUT") button.value = text;
      else button.textContent = text;
    };
    const free = () => {
      sent = false;
      if (!form.classList.contains("is-busy")) return;
      form.classList.remove("is-busy");
      form.removeAttribute("aria-busy");
      setLabel(form.querySelector(".submit .button"), form.dataset.label);
    };
    form.addEventListener("click", (event) => {
      submitter = event.target.closest("button, input[type=submit]");
    });
    form.addEventListener("submit", (event) => {
      if (sent) {
        event.preventDefault();
        return;
      }
      sent = true;
      setTimeout(free, 15000); // the network may have swallowed the first one
      const main = form.querySelector(".submit .button");
      if ((event.submitter || submitter || main) !== main || !main) return;
      // After the browser has gathered the form: a changed value must not be what is sent.
      setTimeout(() => {
        form.dataset.label = label(main);
        form.classList.add("is-busy");
        form.setAttribute("aria-busy", "true");
        setLabel(main, form.dataset.busy);
      });
    });
    window.addEventListener("pageshow", free);
  }

  function addRevealToggle(wrapper) {
    const input = wrapper.querySelector("input");
    const button = document.createElement("button");
    const show = (visible) => {
      input.type = visible ? "text" : "password";
      button.textContent = visible ? wrapper.dataset.hide : wrapper.dataset.show;
      button.setAttribute("aria-label", visible ? wrapper.dataset.hideLabel : wrapper.dataset.showLabel);
    };
    button.type = "button";
    button.className = "reveal-toggle";
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => show(input.type === "password"));
    // A password manager only keeps what it sees in a password field.
    input.form.addEventListener("submit", () => show(false));
    show(false);
    wrapper.classList.add("has-toggle");
    wrapper.append(button);
  }

  const rules = {
    length: (text, item) => Array.from(text).length >= Number(item.dataset.minimum),
    lowercase: (text) => /[a-z]/.test(text),
    uppercase: (text) => /[A-Z]/.test(text),
    number: (text) => /[0-9]/.test(text),
    symbol: (text) => /[\^$*.[\]{}()?"!@#%&\/\\,><':;|_~`=+\- ]/.test(text.trim()),
  };

  function checkPasswordWhileTyping(list) {
    const input = document.getElementById(list.dataset.rulesFor);
    const items = Array.from(list.querySelectorAll("[data-rule]")).map((item) => {
      const state = document.createElement("span");
      state.className = "visually-hidden";
      item.append(state);
      return { item, state };
    });
    const update = () => {
      for (const { item, state } of items) {
        const typed = input.value !== "";
        const met = typed && rules[item.dataset.rule](input.value, item);
        item.classList.toggle("passwordCheck-valid-customizable", met);
        item.classList.toggle("passwordCheck-notValid-customizable", typed && !met);
        state.textContent = typed ? ` (${met ? list.dataset.met : list.dataset.unmet})` : "";
      }
    };
    input.addEventListener("input", update);
    input.addEventListener("blur", () => list.classList.toggle("is-checked", input.value !== ""));
    update();
  }

  /** Holds the resend button back until the server would accept it. Only the end is announced, not every second. */
  function countDownToResend(resend) {
    const button = resend.querySelector("button");
    const wait = resend.querySelector(".resend-wait");
    const seconds = resend.querySelector(".resend-seconds");
    if (!button || !wait) return;
    const end = Date.now() + Number(resend.dataset.resendWait) * 1000;
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("aria-describedby", "resend-text");
    const hold = (event) => event.preventDefault();
    button.addEventListener("click", hold);
    const timer = setInterval(() => {
      const left = Math.ceil((end - Date.now()) / 1000);
      seconds.textContent = String(Math.max(left, 0));
      if (left > 0) return;
      clearInterval(timer);
      wait.remove();
      button.removeAttribute("aria-disabled");
      button.removeEventListener("click", hold);
      resend.querySelector("[data-resend-status]").textContent = resend.dataset.ready;
    }, 250);
  }

  /** Keeps only digits, and sends the form when the last one is there. */
  function completeCode(input) {
    const length = Number(input.dataset.codeLength);
    input.addEventListener("input", (event) => {
      const digits = digitsOf(input.value).slice(0, length);
      if (digits !== input.value) input.value = digits;
      const adding = !event.inputType || event.inputType.startsWith("insert");
      if (adding && digits.length === length && "autoSubmit" in input.dataset) submitForm(input.form);
    });
  }

  /** Lays the digits out as in the country's example number. Longer or international input stays as typed. */
  function formatLike(example, typed) {
    const digits = digitsOf(typed);
    if (!example || typed.trim().startsWith("+") || digits.length > digitsOf(example).length) return typed;
    let result = "";
    let used = 0;
    for (const character of example) {
      if (used === digits.length) break;
      result += /\d/.test(character) ? digits[used++] : character;
    }
    return result;
  }

  function assistPhone(phone) {
    const select = phone.querySelector("select");
    const input = phone.querySelector("input");
    const options = Array.from(select.options);
    const selected = () => select.options[select.selectedIndex];

    const showExample = () => {
      input.placeholder = (selected() && selected().dataset.example) || "";
    };
    // "+49…" typed, pasted or filled in by the browser says the country itself.
    const adoptDialingCode = () => {
      const text = input.value.trim().replace(/^00/, "+");
      if (!text.startsWith("+")) return;
      const digits = digitsOf(text);
      const fits = options.filter((option) => digits.startsWith(option.dataset.dial));
      const longest = Math.max(0, ...fits.map((option) => option.dataset.dial.length));
      const best = fits.filter((option) => option.dataset.dial.length === longest);
      if (best.length === 0 || best.includes(selected())) return;
      select.value = (best.find((option) => "main" in option.dataset) || best[0]).value;
      showExample();
    };
    input.addEventListener("input", (event) => {
      adoptDialingCode();
      const atEnd = input.selectionStart === input.value.length;
      const adding = !event.inputType || event.inputType.startsWith("insert");
      if (atEnd && adding && selected()) input.value = formatLike(selected().dataset.example, input.value);
    });
    input.addEventListener("change", adoptDialingCode);
    select.addEventListener("change", showExample);
    adoptDialingCode();
    showExample();
    addCountrySearch(phone, select, options, input);
  }

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  /** A search beside the native list, which stays as it is. */
  function addCountrySearch(phone, select, options, input) {
    const row = select.parentElement;
    const id = `${select.id}-search`;
    const toggle = document.createElement("button");
    toggle.type = "button";
    toggle.className = "country-search-toggle";
    toggle.setAttribute("aria-label", phone.dataset.search);
    toggle.setAttribute("aria-expanded", "false");
    toggle.setAttribute("aria-controls", id);
    toggle.append(magnifier());

    const panel = document.createElement("div");
    panel.className = "country-search";
    panel.id = id;
    panel.hidden = true;
    const search = document.createElement("input");
    const list = document.createElement("ul");
    search.type = "text";
    search.autocomplete = "off";
    search.placeholder = phone.dataset.search;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-label": phone.dataset.search,
      "aria-expanded": "true",
      "aria-autocomplete": "list",
      "aria-controls": `${id}-list`,
    })) {
      search.setAttribute(name, value);
    }
    list.id = `${id}-list`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", phone.dataset.search);
    panel.append(search, list);
    row.classList.add("has-search");
    row.append(toggle);
    row.after(panel);

    let current = -1;
    const mark = (index) => {
      const items = list.querySelectorAll("[role=option]");
      current = items.length === 0 ? -1 : (index + items.length) % items.length;
      items.forEach((item, position) => item.setAttribute("aria-selected", String(position === current)));
      if (current < 0) search.removeAttribute("aria-activedescendant");
      else {
        search.setAttribute("aria-activedescendant", items[current].id);
        items[current].scrollIntoView({ block: "nearest" });
      }
    };
    const open = (opened) => {
      panel.hidden = !opened;
      toggle.setAttribute("aria-expanded", String(opened));
      toggle.setAttribute("aria-label", opened ? phone.dataset.close : phone.dataset.search);
      if (!opened) return;
      search.value = "";
      fill();
      search.focus();
    };
    const choose = (code) => {
      select.value = code;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      open(false);
      input.focus();
    };
    const fill = () => {
      const wanted = plain(search.value.trim()).replace(/^\+/, "");
      const starts = (option) => plain(option.text).startsWith(wanted);
      const matches = options
        .filter((o) => plain(o.text).includes(wanted) || plain(o.value) === wanted || o.dataset.dial.startsWith(wanted))
        .sort((a, b) => Number(starts(b)) - Number(starts(a)));
      list.textContent = "";
      for (const option of matches) {
        const item = document.createElement("li");
        item.id = `${id}-${option.value}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const name = document.createElement("span");
        const dial = document.createElement("span");
        name.textContent = option.text.replace(/\s*\(\+\d+\)$/, "");
        dial.textContent = `+${option.dataset.dial}`;
        dial.dir = "ltr";
        item.append(name, dial);
        item.addEventListener("click", () => choose(option.value));
        list.append(item);
      }
      if (matches.length === 0) {
        const none = document.createElement("li");
        none.className = "none";
        none.textContent = phone.dataset.none;
        list.append(none);
      }
      mark(wanted === "" ? options.indexOf(select.options[select.selectedIndex]) : 0);
    };
    toggle.addEventListener("click", () => open(panel.hidden));
    search.addEventListener("input", fill);
    search.addEventListener("keydown", (event) => {
      const items = list.querySelectorAll("[role=option]");
      if (event.key === "ArrowDown") mark(current + 1);
      else if (event.key === "ArrowUp") mark(current - 1);
      else if (event.key === "Enter" && current >= 0) items[current].click();
      else if (event.key === "Escape") {
        open(false);
        toggle.focus();
      } else if (event.key !== "Enter") return;
      event.preventDefault();
    });
  }

  function magnifier() {
    const namespace = "http://www.w3.org/2000/svg";
    const icon = document.createElementNS(namespace, "svg");
    const path = document.createElementNS(namespace, "path");
    icon.setAttribute("class", "icon");
    icon.setAttribute("viewBox", "0 0 20 20");
    icon.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M8.75 14.5a5.75 5.75 0 1 0 0-11.5 5.75 5.75 0 0 0 0 11.5ZM13 13l4 4");
    icon.append(path);
    return icon;
  }

  /** The server knows no time zone but UTC; the browser knows its own, and how the page's language writes a moment. */
  function showInOwnTime(time) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) return;
    const style = { dateStyle: "medium", timeStyle: "short" };
    time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, style).format(moment);
  }

  document.querySelectorAll("form").forEach(preventDoubleSubmit);
  document.querySelectorAll("[data-reveal]").forEach(addRevealToggle);
  document.querySelectorAll("[data-rules-for]").forEach(checkPasswordWhileTyping);
  document.querySelectorAll("[data-resend-wait]").forEach(countDownToResend);
  document.querySelectorAll("[data-code-length]").forEach(completeCode);
  document.querySelectorAll("[data-phone]").forEach(assistPhone);
  document.querySelectorAll("time[datetime]").forEach(showInOwnTime);
})();
