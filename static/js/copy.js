// Buttons that copy what stands in another element. Without a clipboard, which browsers give to secure pages alone, the
// text is selected instead.

for (const button of document.querySelectorAll("button[data-copies]")) {
  const source = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      said.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(source);
      source.focus();
      said.textContent = "Selected: copy it with your keyboard.";
    }
  });
}
