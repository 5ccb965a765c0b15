#pragma once

// What a kiosk's place decides: which camera, which printer, how large the panel is, how patient
// the screen is. Read from kiosk.toml in the device's folder; the command line wins over it.

#include "kiosk/flow/kiosk_flow.h"
#include "shared/domain/kiosk_settings.h"
#include "shared/slip/slip_pdf.h"
#include "shared/ui/window.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mado::kiosk {

struct ShellSettings {
    std::string camera = "0";  // a device, a film or a folder of pictures
    std::string printer;       // "ipp://host/path"; empty: none, and slips fail with their number
    Paper paper = Paper::A5;
    std::optional<ui::PanelSize> panel;
    std::string metrics;                     // a file; empty: none is written
    std::string sound = "default";           // ALSA's name of what the voice comes out of
    std::string headset = "Headphone Jack";  // as headset_sense() takes it
    std::string sound_card = "default";      // that has the headset's jack
    std::string recordings;                  // a folder; empty: everything is synthesised
    // What the town may set too (kiosk_settings.h): what stands here wins.
    KioskSettings own;

    Settings flow(const KioskSettings& of_town) const;
};

// An example of the file with all its keys, for people.
constexpr const char* kSettingsExample =
    R"(camera = "0"               # a device, a film or a folder of pictures
printer = "ipp://127.0.0.1:8631/ipp/print"   # without one the screen shows numbers to copy
paper = "A5"               # or "A4"
panel_mm = [285, 508]      # the panel's width and height, where the monitor does not tell them
language = "ja"            # or ja_easy, en, zh, ko, vi, pt: before anybody chooses
idle_seconds = 60          # 15 to 600: until somebody is asked whether she is still there
warning_seconds = 20       # 20 to 120: until the visit ends then
staff_seconds = 180        # 30 to 1800: until a call for staff ends
call_seconds = 60          # 5 to 600: until the telephone is offered, where nobody answers a call
farewell_seconds = 6       # 2 to 60
voice = "headset"          # spoken with a headset, or once somebody asks; or "always", "off"
sound = "default"          # where to: ALSA's name of a device
headset = "Headphone Jack" # its control, as `amixer controls` shows it; "never" or "always" in it
sound_card = "default"     # that has this control: ALSA's name
recordings = "/srv/recordings"   # <language>/<key>.wav in the voice of somebody people know
metrics = "/run/madoguchi-kiosk/kiosk.prom"  # for node_exporter to read; without it none are written
)";

// TOML. An unknown key, a value of the wrong kind or out of its bounds refuses the whole file; the
// error says which, for a person.
Result<ShellSettings, std::string> parse_settings(std::string_view toml);

// "1080x1920".
struct WindowSize {
    int width = 0;
    int height = 0;

    bool operator==(const WindowSize&) const = default;
};
std::optional<WindowSize> parse_window_size(std::string_view text);

}  // namespace mado::kiosk
