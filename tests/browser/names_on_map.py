"""The names written on the map, which are drawn anew whenever areas are."""

MIDDLE_OF_NAME = """index => {
  const name = document.querySelectorAll(".area-name span")[index];
  const box = name?.getBoundingClientRect();
  return box?.width ? { text: name.innerText, x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
}"""


def name_on_map(page, index=0):
    """
    Return a name and the middle of it on the page: a point well inside its area.

    Looked up and measured in one go, else a name may go between the two.
    """
    found = page.wait_for_function(MIDDLE_OF_NAME, arg=index).json_value()
    return found["text"], found["x"], found["y"]
