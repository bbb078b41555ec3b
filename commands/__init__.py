"""The command line in parts, one file a group of commands. With `app.py`, the only code that may import everything.

Each command imports what it needs when it runs, so that the web page is up as soon as Gradio is.
"""
