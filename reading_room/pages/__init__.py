"""The pages, one module a family. Each is a function from what was asked to what is shown."""
