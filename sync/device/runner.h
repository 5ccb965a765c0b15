#pragma once

// The engine on a thread of its own, with the network in further threads, one a lane.

#include "shared/platform/watchdog.h"
#include "shared/ports/chance.h"
#include "shared/ports/clock.h"
#include "sync/device/engine.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace mado::device {

// What the town has set and worded for this kiosk, as the feed last told it.
struct TownWords {
    KioskSettings settings;
    TownTexts texts;

    bool operator==(const TownWords&) const = default;
};

class Runner {
  public:
    // `networks` holds one connection a lane. `wake` is called from the engine's thread whenever
    // answers or the status have changed; it must not block. `clock` outlives the runner.
    Runner(Engine engine, std::vector<std::unique_ptr<Network>> networks, Clock& clock,
           std::function<void()> wake);
    // Cuts what is under way and waits for the threads. Nothing is lost by it.
    ~Runner();

    void ask(DeskQuestion question);
    std::vector<DeskAnswer> take_answers();
    Status status() const;
    // The town's time as the engine has it; it goes on evenly however the machine's clock is set.
    Instant now() const;
    // The town's settings as the feed last told them; none before the first snapshot.
    std::optional<Town> town() const;
    TownWords words() const;
    // Beats whenever the engine's thread goes round, once a second at least: what is asked is
    // being answered, and what is decided comes into the journal.
    const Heart& heart() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mado::device
