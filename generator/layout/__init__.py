"""From text to a page: templates, fonts, composition, rendering and the worker pool."""
