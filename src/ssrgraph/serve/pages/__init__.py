"""Pages for people: rendered by the server, whole without JavaScript, better with it."""
