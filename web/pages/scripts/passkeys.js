// A passkey on the hosted pages: hands the page's options to the browser and its answer to the form. The JSON on both
// sides is that of WebAuthn Level 3 §5.1, put together here since many browsers cannot do so yet. Nothing is decided
// here; words come from the page's data attributes.
(function () {
  "use strict";

  function toBytes(text) {
    const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  }

  function toText(buffer) {
    const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  const withBytes = (descriptors) => (descriptors || []).map((one) => ({ ...one, id: toBytes(one.id) }));

  function toRequest(options) {
    return { ...options, challenge: toBytes(options.challenge), allowCredentials: withBytes(options.allowCredentials) };
  }

  function toCreation(options) {
    return {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
    };
  }

  function describe(credential, response) {
    return JSON.stringify({
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment || undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  }

  function describeAssertion(credential) {
    const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response;
    return describe(credential, {
      clientDataJSON: toText(clientDataJSON),
      authenticatorData: toText(authenticatorData),
      signature: toText(signature),
      userHandle: userHandle ? toText(userHandle) : undefined,
    });
  }

  function describeRegistration(credential) {
    const { response } = credential;
    return describe(credential, {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
      transports: response.getTransports ? response.getTransports() : [],
    });
  }

  const ceremonies = {
    get: async (options) =>
      describeAssertion(await navigator.credentials.get({ publicKey: toRequest(options) })),
    create: async (options) =>
      describeRegistration(await navigator.credentials.create({ publicKey: toCreation(options) })),
  };

  function assist(form) {
    const start = form.querySelector("[data-passkey-start]");
    const status = form.querySelector("[data-passkey-status]");
    const say = (text) => {
      status.hidden = text === "";
      status.querySelector("p").textContent = text;
    };
    if (!window.PublicKeyCredential) {
      say(form.dataset.unsupported);
      return;
    }
    const run = async () => {
      say("");
      try {
        form.elements.credential.value = await ceremonies[form.dataset.passkey](JSON.parse(form.dataset.options));
      } catch {
        say(form.dataset.failed);
        return;
      }
      if (form.requestSubmit) form.requestSubmit();
      else form.submit();
    };
    start.hidden = false;
    start.querySelector("button").addEventListener("click", run);
    // Whoever came here chose the passkey already; making one is asked for by a click.
    if (form.dataset.passkey === "get") run();
  }

  // Nobody has said yet who they are: the browser shows the passkeys that it has among what it would fill in for the
  // name. Whoever types instead, or has none, notices nothing.
  async function offer(form) {
    const { PublicKeyCredential } = window;
    if (!PublicKeyCredential || !PublicKeyCredential.isConditionalMediationAvailable) return;
    if (!(await PublicKeyCredential.isConditionalMediationAvailable())) return;
    const left = new AbortController();
    form.addEventListener("submit", () => left.abort());
    try {
      const publicKey = toRequest(JSON.parse(form.dataset.options));
      const credential = await navigator.credentials.get({ publicKey, mediation: "conditional", signal: left.signal });
      form.elements.credential.value = describeAssertion(credential);
    } catch {
      return;
    }
    form.submit(); // The name stays empty, which requestSubmit() would not let pass.
  }

  document.querySelectorAll("form[data-options]").forEach((form) => {
    if (form.dataset.passkey === "offer") offer(form);
    else assist(form);
  });
})();
