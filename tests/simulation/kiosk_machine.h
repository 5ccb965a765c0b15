#pragma once

// A kiosk of a simulated town: the product's own flow and engine, with a timeline where the real
// one has threads, a visitor where it has a window, and a printer that does what it likes.

#include "kiosk/flow/kiosk_flow.h"
#include "sync/device/clock_watch.h"
#include "sync/device/engine.h"
#include "tests/simulation/books.h"
#include "tests/simulation/link.h"
#include "tests/simulation/timeline.h"
#include "tests/simulation/visitor.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace mado::simulation {

struct KioskCounts {
    int visits = 0;
    int booked = 0;
    int printed = 0;
    int starts = 0;
    int owed = 0;  // slips that were offered again after a crash or a jam
};

class KioskMachine {
  public:
    // What it stands on; all of it outlives the machine.
    struct World {
        Timeline& timeline;
        ServerMachine& server;
        tests::Dice& dice;
        Books& books;
    };

    // `key` is the digest by which the server knows the device.
    KioskMachine(World world, std::filesystem::path folder, device::Identity identity,
                 const Digest& key);
    ~KioskMachine();

    Result<void, IoError> start();
    // As kill -9, or the plug pulled: the visitor goes, and what the printer has may still come
    // out.
    void kill();
    bool runs() const { return engine_.has_value(); }
    // The same machine joins under a new id, as staff enrol it again.
    void enrol_again(device::Identity identity, const Digest& key);

    // Nobody stands there, and it shows nothing of anybody.
    bool free() const;
    void receive(Visitor visitor);

    // Looks at the clock, since it was set.
    void look_up();
    // How often its lanes go out, where the product's own pauses are too short for a month without
    // network; 0 leaves it to them.
    void try_every(Milliseconds pause);

    DeviceId id() const { return identity_.device; }
    std::string name() const { return "kiosk-" + id().text(); }
    const std::filesystem::path& folder() const { return folder_; }
    Link& link() { return link_; }
    MachineClock& clock() { return clock_; }
    const device::Engine* engine() const { return engine_ ? &*engine_ : nullptr; }
    const kiosk::Kiosk& kiosk() const { return kiosk_; }
    const KioskCounts& counts() const { return counts_; }

  private:
    bool occupied() const { return visitor_ && !visitor_->gone(); }
    // What the clock shows; the engine is told when it was set.
    Instant look();
    void go_on();
    void take_answers();
    void take_service();
    void send();
    void received(device::Lane lane, const HttpRequest& request,
                  Result<HttpResponse, IoError> answer);
    void sleep();
    void happen(const kiosk::Event& event);
    void let_visitor_act();
    void print(const kiosk::PrintSlip& order);

    void carry_out(const LogIn& asked) { engine_->ask(asked, look()); }
    void carry_out(const ListOffers& asked) { engine_->ask(asked, look()); }
    void carry_out(const Book& asked) { engine_->ask(asked, look()); }
    void carry_out(const Cancel& asked) { engine_->ask(asked, look()); }
    void carry_out(const Apply& asked) { engine_->ask(asked, look()); }
    void carry_out(const Withdraw& asked) { engine_->ask(asked, look()); }
    void carry_out(const NoteSlip& noted) { engine_->ask(noted, look()); }
    void carry_out(const CallStaff& asked) { engine_->ask(asked, look()); }
    void carry_out(const EndCall& asked) { engine_->ask(asked, look()); }
    void carry_out(const kiosk::PrintSlip& order) { print(order); }
    void carry_out(const kiosk::PrintMemo&) {}  // no promise
    void carry_out(const kiosk::PrintApplication&) {}
    void carry_out(const kiosk::Speak&) {}
    void carry_out(const kiosk::Hush&) {}
    void carry_out(const kiosk::OpenCamera&) {}
    void carry_out(const kiosk::CloseCamera&) {}
    void carry_out(const kiosk::ForgetCapture&) {}

    World world_;
    std::filesystem::path folder_;
    device::Identity identity_;
    MachineClock clock_;
    std::optional<device::ClockWatch> clock_watch_;
    Link link_;

    std::optional<device::Engine> engine_;
    kiosk::Kiosk kiosk_;
    std::optional<Visitor> visitor_;
    device::Status status_;
    std::optional<Town> town_;
    KioskCounts counts_;
    // Whatever was begun by an earlier run of the program finds another number here.
    int run_ = 0;
    // Of the sleeps that were begun, the last one counts.
    int sleep_ = 0;
    Milliseconds try_pause_{0};
    Instant try_at_{};
};

}  // namespace mado::simulation
