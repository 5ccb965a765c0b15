#pragma once

// The kiosk's loop: what happens goes into step(), what step() asks for goes to the ports, and the
// screen is drawn when, and only when, something has changed.
//
// It belongs to the window's thread. It decides nothing: that is kiosk/flow's.

#include "kiosk/flow/kiosk_flow.h"
#include "kiosk/shell/camera_desk.h"
#include "kiosk/shell/outbox.h"
#include "kiosk/shell/print_desk.h"
#include "kiosk/shell/settings.h"
#include "kiosk/shell/speech_desk.h"
#include "kiosk/texts/speech.h"
#include "shared/platform/watchdog.h"
#include "shared/texts/texts.h"
#include "shared/ui/picture.h"
#include "shared/ui/window.h"
#include "sync/device/runner.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace mado::kiosk {

// What the loop speaks with. All of it outlives the loop.
struct Desks {
    ui::Window& window;
    device::Runner& device;
    CameraDesk& camera;
    PrintDesk& printer;
    SpeechDesk& voice;
    Outbox& outbox;
    // Whenever one of them has changed; of the voice as metrics_of() takes it.
    std::function<void(const device::Status&, std::optional<bool> spoken)> tell_status;
};

struct Words {
    std::map<Language, Texts> texts;
    ReadingsTable readings;
    MunicipalityTable municipalities;
};

class Front {
  public:
    // `settings` outlives it.
    Front(Desks desks, Words words, const ShellSettings& settings);

    // Draws the first frame.
    void begin();
    // Until the window is closed or `stopped` says so, or nothing of this device is needed any
    // more.
    void run(const std::function<bool()>& stopped);
    // Takes what the ports still have to say; nothing is shown any more.
    void settle();

    // Beats whenever no frame is owed any more, once a second at least.
    const Heart& frame_heart() const { return frame_heart_; }
    // Beats whenever touches have been asked for, once a second at least.
    const Heart& input_heart() const { return input_heart_; }

  private:
    void take_events();
    void take_service();
    void take_words();
    void word_anew();
    void take_picture();
    void note_speech(const Event& event);
    void happen(const Event& event);
    void draw();
    void note_focus(bool by_key);
    std::chrono::milliseconds until_next_tick();
    const Texts& texts() const;

    void carry_out(const LogIn& asked) { desks_.device.ask(asked); }
    void carry_out(const ListOffers& asked) { desks_.device.ask(asked); }
    void carry_out(const Book& asked) { desks_.device.ask(asked); }
    void carry_out(const Cancel& asked) { desks_.device.ask(asked); }
    void carry_out(const Apply& asked) { desks_.device.ask(asked); }
    void carry_out(const Withdraw& asked) { desks_.device.ask(asked); }
    void carry_out(const NoteSlip& noted) { desks_.device.ask(noted); }
    void carry_out(const CallStaff& asked) { desks_.device.ask(asked); }
    void carry_out(const EndCall& asked) { desks_.device.ask(asked); }
    void carry_out(const OpenCamera& order);
    void carry_out(const CloseCamera& order);
    void carry_out(const ForgetCapture& order);
    void carry_out(const PrintSlip& order);
    void carry_out(const PrintMemo& order);
    void carry_out(const PrintApplication& order);
    void carry_out(const Speak& order);
    void carry_out(const Hush&) { desks_.voice.hush(); }

    Desks desks_;
    Words catalogues_;
    const ShellSettings& settings_;
    Words words_;                   // the catalogues, as the town has worded them
    device::TownWords town_words_;  // what it last told
    TownTexts worded_;              // what stands in words_
    Kiosk kiosk_;
    ui::Picture picture_;
    device::Status status_;
    std::optional<bool> spoken_;  // whether what was to be said last came out
    std::optional<Town> town_;
    std::string drawn_screen_;
    bool changed_ = true;  // since the last frame
    Heart frame_heart_;
    Heart input_heart_;
};

}  // namespace mado::kiosk
