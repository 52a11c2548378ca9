// Two optional conveniences: Copy buttons, and opening the app without another click.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    say(button, "Copied");
    setTimeout(() => say(button, ""), 2000);
  });
}
for (const field of document.querySelectorAll("input[readonly]")) {
  field.addEventListener("focus", () => field.select());
}
function say(button, word) {
  button.firstElementChild.textContent = word || "Copy";
  document.getElementById("said").textContent = word;
}
const back = document.querySelector("a[data-go]");
if (back) location.assign(back.href);
