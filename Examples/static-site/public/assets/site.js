// Marks the link to the page that is shown.
for (const link of document.querySelectorAll("nav a")) {
  const isCurrent = new URL(link.href).pathname === location.pathname
  link.classList.toggle("current", isCurrent)
  if (isCurrent) {
    link.setAttribute("aria-current", "page")
  } else {
    link.removeAttribute("aria-current")
  }
}

// Counts the layers that were read.
let layers = 0
for (const item of document.querySelectorAll("main li")) {
  item.addEventListener("click", () => {
    item.classList.toggle("current")
    layers = document.querySelectorAll("main li.current").length
    document.title = layers > 0 ? `Guide (${layers})` : "Guide"
  })
}
