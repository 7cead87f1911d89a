/// The page: a form that works without JavaScript, and with it shows how far the upload is.
let page = """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Upload</title>
    <style>
      body { font: 1rem/1.5 system-ui; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
      progress { width: 100% }
    </style>
    <h1>Upload</h1>
    <form action="/files" method="post" enctype="multipart/form-data">
      <input type="file" name="files" multiple required>
      <button>Send</button>
    </form>
    <p><progress value="0" max="1" hidden></progress> <output></output></p>
    <ul></ul>
    <script>
      const form = document.querySelector("form"), bar = document.querySelector("progress")
      const output = document.querySelector("output"), list = document.querySelector("ul")

      function show(file) {
        const link = document.createElement("a")
        link.href = "/files/" + encodeURIComponent(file.id)
        link.textContent = file.name + " (" + file.size.toLocaleString() + " bytes)"
        list.appendChild(document.createElement("li")).append(link)
      }

      form.addEventListener("submit", event => {
        event.preventDefault()
        const request = new XMLHttpRequest()
        request.upload.addEventListener("progress", event => {
          bar.hidden = false
          if (event.lengthComputable) bar.value = event.loaded / event.total
          output.textContent = Math.round(bar.value * 100) + " %"
        })
        request.addEventListener("load", () => {
          if (request.status !== 201) return output.textContent = request.responseText
          output.textContent = "Done"
          JSON.parse(request.responseText).forEach(show)
          form.reset()
        })
        request.addEventListener("error", () => output.textContent = "The connection broke")
        request.open("POST", form.action)
        request.send(new FormData(form))
      })

      fetch("/files").then(response => response.json()).then(files => files.forEach(show))
    </script>
    </html>
    """
