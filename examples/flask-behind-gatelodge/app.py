"""The success page of the classic exercise, in Flask: Gatelodge has checked who asks before anything arrives here."""
import os
from urllib.parse import unquote

from flask import Flask, render_template_string, request

app = Flask(__name__)

PAGE = """<!doctype html><title>Success</title>
<h1>Hello, {{ name }}!</h1>
<p>Your id is <code>{{ request.headers['Remote-User'] }}</code>, your address {{ email }}.</p>
<a href="/account">Your account</a> <a href="/logout">Log out</a>"""


@app.get("/")
def success():
    name, email = (unquote(request.headers[part]) for part in ("Remote-Name", "Remote-Email"))
    return render_template_string(PAGE, name=name, email=email)


app.run(host="127.0.0.1", port=int(os.environ.get("APP_PORT", "5000")))
