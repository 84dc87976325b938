// Speaking to a skill and hearing it, where the browser offers it. Both are asked for by the person, never begun by the page.
(function () {
  "use strict";

  const form = document.querySelector("[data-ask]");
  if (!form) return;
  const field = form.querySelector(".ask-input");
  const language = form.lang || "en-US";
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;

  function button(className, label) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.setAttribute("aria-pressed", "false");
    made.textContent = label;
    return made;
  }

  function addMicrophone(line) {
    const speak = button("button button-quiet ask-speak", "Speak");
    speak.title = "The browser listens. Some browsers send what they hear to their maker.";
    let listening = null;
    const stop = () => {
      listening = null;
      speak.setAttribute("aria-pressed", "false");
      speak.textContent = "Speak";
    };
    speak.addEventListener("click", () => {
      if (listening) {
        listening.stop();
        return;
      }
      listening = new Recognition();
      listening.lang = language;
      listening.interimResults = true;
      listening.addEventListener("result", (event) => {
        const results = [...event.results];
        field.value = results.map((result) => result[0].transcript).join(" ");
        if (results.every((result) => result.isFinal)) form.requestSubmit(form.querySelector(".ask-send"));
      });
      listening.addEventListener("end", stop);
      listening.addEventListener("error", stop);
      listening.start();
      speak.setAttribute("aria-pressed", "true");
      speak.textContent = "Listening…";
    });
    line.append(speak);
  }

  function readAloud(text) {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = language;
    window.speechSynthesis.cancel();
    window.speechSynthesis.speak(words);
  }

  /** An answer is read once: when the form that asked for it was sent from this tab. */
  function addReader(line) {
    const wanted = "assistant-aloud";
    const asked = "assistant-asked";
    const toggle = button("button button-quiet", "Read aloud");
    const show = () => toggle.setAttribute("aria-pressed", String(localStorage.getItem(wanted) === "yes"));
    toggle.addEventListener("click", () => {
      const on = localStorage.getItem(wanted) === "yes";
      localStorage.setItem(wanted, on ? "no" : "yes");
      if (on) window.speechSynthesis.cancel();
      show();
    });
    form.addEventListener("submit", () => sessionStorage.setItem(asked, "yes"));
    line.append(toggle);
    show();
    const answers = [...document.querySelectorAll("[data-speak]")].map((answer) => answer.lastChild.textContent.trim());
    const fresh = sessionStorage.getItem(asked) === "yes";
    sessionStorage.removeItem(asked);
    if (fresh && localStorage.getItem(wanted) === "yes" && answers.length > 0) readAloud(answers.join(" "));
  }

  const line = form.querySelector("[data-ask-more]");
  if (Recognition) addMicrophone(line);
  if (window.speechSynthesis) addReader(line);
})();
