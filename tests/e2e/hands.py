"""People who touch nothing: a keypad, two switches. Each is a hand for Kiosk.hand."""

from programs import Failure

PRESSES_MAX = 100  # nobody presses as often to reach one thing
ANYWHERE = {"back": "Escape", "finish": "Escape", "return": "Escape", "staff": "F1",
            "erase": "BackSpace"}


def by_keypad(kiosk, target):
    """Digits, back and help have keys of their own; to all else one arrow leads, and OK takes it."""
    if target.startswith("digit/"):
        return kiosk.key("KP_" + target.removeprefix("digit/"))
    if target in ANYWHERE:
        return kiosk.key(ANYWHERE[target])
    if kiosk.focused() == [target] and kiosk.typed_away():
        kiosk.key("Return")  # the one that was meant to end the typing
    go_on(kiosk, "Right", lambda focused: focused == [target])
    return kiosk.key("Return")


def by_switches(kiosk, target):
    """One switch goes on, the other takes: first the row, where there are rows, then what is in it."""
    go_on(kiosk, "space", lambda focused: target in focused)
    if len(kiosk.focused()) > 1:
        kiosk.key("Return")
        go_on(kiosk, "space", lambda focused: focused == [target])
    return kiosk.key("Return")


def go_on(kiosk, key, there):
    for _ in range(PRESSES_MAX):
        if there(kiosk.focused()):
            return
        kiosk.key(key)
    raise Failure(f"{key} does not lead there; the kiosk shows {kiosk.probe()}")
