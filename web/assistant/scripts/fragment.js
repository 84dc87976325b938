// The implicit grant puts its answer behind '#', where only the browser sees it: hand it to the assistant in a form.
(() => {
  const form = document.getElementById('answer');
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  history.replaceState(null, '', location.pathname);
  form.submit();
})();
